"""The import and export of categories: what they are called, and which is above which."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from imports.registry import register
from imports.resources import BulkResource, Column, Row, Text
from imports.runs import Run
from promotions.catalogue import tree
from promotions.catalogue.changes import (
    Kind,
    change,
    create,
    delete,
    find_made,
    note_kept,
    number,
    quicken_triggers,
    restore,
)
from promotions.catalogue.lines import LINE_CODE, ONCE, REASONS, cell, tell_apart
from promotions.catalogue.references import hold
from promotions.catalogue.replanting import keep_what_holds_others, plan, plan_to_go_back
from promotions.models import Category

KIND = Kind(Category, ("name", "parent_id"), together=True)


@register
class Categories(BulkResource):
    slug = "categories"
    title = _("Categories")
    description = _(
        "Adds categories, renames and moves them. The category above may come later in the file."
    )
    identity = _("ID. A second line for the same ID is refused unless it says the same.")
    permission = "promotions.import_categories"
    export_permission = "promotions.export_categories"
    example = (("FOOD", "Food", ""), ("CAKES", "Cakes", "FOOD"))
    reasons: ClassVar[dict[str, Text]] = {
        **REASONS,
        "no_name": _("There is no such category yet, and a new one needs a name."),
        "unknown_parent": _("There is no category with the ID of the parent, nor will there be."),
        "cycle": _("The category, or one above it, would be below itself."),
    }

    external_id = Column("ID", required=True, help=_("The ID in your other systems."))
    name = Column("Name", help=_("A new category needs one; an empty cell leaves what is stored."))
    parent = Column(
        "Parent",
        help=_(
            "The ID of the category above. An empty cell puts the category at the top; a file"
            " without the column leaves categories where they are."
        ),
    )

    def export_rows(self, options: dict[str, Any]) -> QuerySet[Any, Row]:
        """In the order of the primary key, so that the first rows come at once."""
        return Category.objects.order_by("pk").values_list(
            "external_id", "name", "parent__external_id"
        )

    def check(self, run: Run) -> None:
        run.tell(str(_("Looking up categories")), 0.4)
        if not run.dry:
            tree.hold()
        tell_apart(run, CELLS, says=("name", "parent"))
        plan(run, moves="parent" in run.columns)

    def preview(self, run: Run) -> None:
        (run.counts["created"],) = run.one("SELECT count(*) FROM {new}")
        (run.counts["updated"],) = run.one("SELECT count(*) FROM {changed}")

    def apply(self, run: Run) -> None:
        self.preview(run)
        quicken_triggers(run)
        number(run, KIND)
        create(run, KIND, NEW, _("Adding categories"), 0.6, 0.8)
        change(run, KIND, CHANGED, _("Changing categories"), 0.8, 1)

    def undo(self, run: Run) -> None:
        hold(run, Category)
        tree.hold()
        quicken_triggers(run)
        find_made(run, KIND)
        plan_to_go_back(run)
        done = restore(run, KIND, "was.id IN (SELECT node FROM {reached})")
        keep_what_holds_others(run)
        done += delete(run, KIND, but=KIND.table)
        note_kept(run, done)


CELLS = (
    f"SELECT *, {LINE_CODE} AS code FROM (SELECT line, {cell('external_id')} AS external_id,"
    f" {cell('name')} AS name, {cell('parent')} AS parent FROM {{rows}} AS rows"
    f" {ONCE}) AS cells"
)

# The numbers below 0 stand for categories of this file.
PARENT = "CASE WHEN x.parent < 0 THEN above.id ELSE x.parent END AS parent_id"
ABOVE = "LEFT JOIN {numbered} AS above ON above.line = -x.parent"

NEW = (
    f"SELECT numbered.id, x.external_id, x.name, {PARENT} FROM {{new}} AS x"
    f" JOIN {{numbered}} AS numbered USING (line) {ABOVE}"
)
CHANGED = f"SELECT x.id, x.name, {PARENT} FROM {{changed}} AS x {ABOVE}"
