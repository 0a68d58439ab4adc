"""The import and export of product groups: which products are in them."""

from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from customers.identity import TRIMMED
from imports.narrowing import NarrowedResource
from imports.registry import register
from imports.resources import Column, Row, Text
from imports.runs import Run
from promotions.catalogue.lines import NAME_IS_BAD, NO_PRODUCT, cell, product_column
from promotions.catalogue.references import hold, unused
from promotions.models import ProductGroup, ProductGroupMember


@register
class ProductGroups(NarrowedResource):
    slug = "product-groups"
    title = _("Products of product groups")
    description = _("Adds products to product groups. A group that is not there yet is made.")
    identity = _("Group and product together: a repeated line changes nothing.")
    permission = "promotions.import_productgroups"
    export_permission = "promotions.export_productgroups"
    option_names = ("group",)
    model = ProductGroup
    name_field = "name"
    gone = _("There is no such product group.")
    unknown = "unknown_group"
    left_out = _("May be left out: the group is chosen.")
    only = _("Only this group")
    only_help = _("The name of a product group; empty for all of them.")
    undo_text = _(
        "The products that this import added leave their groups, and groups that it made and that"
        " are empty then and used nowhere are deleted. What later imports added again stays."
    )
    example = (("All for school", "SKU-1"), ("All for school", "5901234123457"))
    reasons: ClassVar[dict[str, Text]] = {
        "no_group": _("The line names no group."),
        "name": _("Write a name of at most 200 characters, in one line."),
        "unknown_group": _("No product group has this name."),
        "other_group": _("The line names another group than the one you import to."),
        **NO_PRODUCT,
    }

    group = Column("Group", required=True, help=_("The name; capitals don't matter."))
    product = product_column()

    def choices(self) -> QuerySet[ProductGroup]:
        return ProductGroup.objects.all()

    def export_rows(self, options: dict[str, Any]) -> QuerySet[Any, Row]:
        """In the order of the primary key, so that the first rows come at once."""
        members = ProductGroupMember.objects.order_by("product_id", "group_id")
        if options:
            members = members.filter(group_id=options["group"])
        return members.values_list(F("group__name"), F("product__external_id"))

    def check(self, run: Run) -> None:
        run.tell(str(_("Looking up groups and products")), 0.4)
        name = str(self.describe(run.options))
        if not run.dry:
            run.execute(HOLD_MEMBERS)
            run.execute(HOLD_PRODUCTS)
            run.execute(HOLD_GROUPS)
        run.make("cells", CELLS, trimmed=TRIMMED, chosen_name=name or None)
        run.make("named", NAMED, chosen=run.options.get("group"))
        run.make("goods", GOODS)
        run.make("found", FOUND)
        run.reject("SELECT line, code FROM {found} WHERE code IS NOT NULL")

    def preview(self, run: Run) -> None:
        run.tell(str(_("Comparing")), 0.7)
        (run.counts["created"],) = run.one(f"SELECT count(*) FROM ({NEW_PAIRS}) AS pair")

    def apply(self, run: Run) -> None:
        run.tell(str(_("Adding product groups")), 0.6)
        made = "SELECT jsonb_agg(id) FROM made HAVING count(*) > 0"
        run.remember("groups", made, columns="rows", with_=MAKE_GROUPS)
        run.execute(KNOW_MADE_GROUPS)
        run.tell(str(_("Comparing")), 0.65)
        pairs = f"SELECT product_id, group_id FROM ({NEW_PAIRS}) AS pair ORDER BY 1, 2"
        run.counts["created"] = run.make("pairs", pairs, to_join=False)
        run.pour(
            "pairs",
            "promotions_productgroupmember (product_id, group_id)",
            _("Adding products to groups"),
            0.7,
        )
        run.remember(
            "joined",
            "SELECT group_id, jsonb_agg(product_id) FROM {pairs} GROUP BY group_id",
            columns="key, rows",
        )

    def undo(self, run: Run) -> None:
        run.execute(HOLD_MEMBERS)
        hold(run, ProductGroup)
        run.execute(HOLD_GROUPS)
        run.make("made", f"{JOINED} WHERE job_id = %(job)s AND part = 'joined'", job=run.job.pk)
        run.make("later", f"{JOINED} {BY_LATER_IMPORTS}", job=run.job.pk)
        run.execute(TAKE_BACK)
        run.execute(DELETE_GROUPS, job=run.job.pk)


# In the order of promotions/catalogue/product_imports.py.
HOLD_MEMBERS = "LOCK TABLE promotions_productgroupmember IN SHARE ROW EXCLUSIVE MODE"
HOLD_PRODUCTS = "LOCK TABLE promotions_product IN SHARE MODE"
HOLD_GROUPS = "LOCK TABLE promotions_productgroup IN SHARE ROW EXCLUSIVE MODE"

# Of a line that names no group, the one that was chosen.
GROUP = cell('"group"')
CELLS = (
    f"SELECT line, coalesce({GROUP}, %(chosen_name)s) AS name,"
    f" coalesce({cell('product')}, '') AS product FROM {{rows}} AS rows"
)

NAMED = (
    "SELECT name, stored.id AS group_id, CASE WHEN name IS NULL THEN 'no_group'"
    f" WHEN {NAME_IS_BAD} THEN 'name' WHEN stored.id IS NULL AND %(chosen)s::int IS NOT NULL"
    " THEN 'other_group' WHEN stored.id <> %(chosen)s::int THEN 'other_group' END AS code"
    " FROM (SELECT DISTINCT name FROM {cells}) AS names"
    # In lower case as the unique index has it: other rules would part what it holds equal.
    " LEFT JOIN (SELECT id, lower(name) AS lowered FROM promotions_productgroup) AS stored"
    " ON stored.lowered = lower(name)"
)

GOODS = (
    "SELECT written, coalesce(own.id, barcode.product_id) AS product_id"
    " FROM (SELECT DISTINCT product AS written FROM {cells}) AS goods"
    " LEFT JOIN promotions_product AS own ON own.external_id = written"
    " LEFT JOIN promotions_barcode AS barcode ON barcode.code = written"
)

FOUND = (
    "SELECT line, cells.name, goods.product_id, coalesce(named.code,"
    " CASE WHEN goods.product_id IS NULL THEN 'unknown_product' END) AS code"
    " FROM {cells} AS cells JOIN {named} AS named ON named.name IS NOT DISTINCT FROM cells.name"
    " JOIN {goods} AS goods ON goods.written = cells.product"
)

# A group that is yet to be made is known by its name in lower case.
NEW_PAIRS = (
    "SELECT DISTINCT product_id, group_id, CASE WHEN group_id IS NULL THEN lower(name) END AS name"
    " FROM {found} AS found JOIN (SELECT name, group_id FROM {named}) AS named USING (name)"
    " WHERE code IS NULL AND NOT EXISTS (SELECT FROM promotions_productgroupmember AS member"
    " WHERE member.product_id = found.product_id AND member.group_id = named.group_id)"
)

MAKE_GROUPS = (
    "made AS (INSERT INTO promotions_productgroup (name)"
    " SELECT DISTINCT ON (lower(name)) name FROM {found} AS found"
    " JOIN (SELECT name, group_id FROM {named}) AS named USING (name)"
    " WHERE code IS NULL AND group_id IS NULL ORDER BY lower(name), line RETURNING id)"
)

KNOW_MADE_GROUPS = (
    "UPDATE {named} AS named SET group_id = stored.id FROM promotions_productgroup AS stored"
    " WHERE named.group_id IS NULL AND named.code IS NULL"
    " AND lower(stored.name) = lower(named.name)"
)

JOINED = (
    "SELECT key::int AS group_id, product::int AS product_id"
    " FROM imports_undorecord, jsonb_array_elements(rows) AS product"
)

BY_LATER_IMPORTS = (
    "WHERE part = 'joined' AND id > (SELECT max(id) FROM imports_undorecord"
    " WHERE job_id = %(job)s) AND job_id IN (SELECT id FROM imports_job"
    " WHERE type = 'product-groups') AND key IN (SELECT group_id FROM {made})"
)

# What left and was added anew by a later import is that import's.
TAKE_BACK = (
    "DELETE FROM promotions_productgroupmember AS member USING {made} AS made"
    " WHERE member.product_id = made.product_id AND member.group_id = made.group_id"
    " AND NOT EXISTS (SELECT FROM {later} AS later"
    " WHERE later.group_id = made.group_id AND later.product_id = made.product_id)"
)

DELETE_GROUPS = (
    "DELETE FROM promotions_productgroup AS stored"
    " USING imports_undorecord AS record, jsonb_array_elements(record.rows) AS made"
    " WHERE record.job_id = %(job)s AND record.part = 'groups' AND stored.id = made::int"
    f" AND {unused('stored', ProductGroup)}"
)
