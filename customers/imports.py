"""The import and export of customers: who they are, by up to three identities."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from customers import group_members  # noqa: F401 registers its type
from customers.addresses import REASONS, hold_prospects
from customers.attributes import removal  # noqa: F401 registers its type
from customers.attributes.columns import (
    attribute_columns,
    cells_of,
    example_cell,
    stored_columns,
)
from customers.attributes.fields import defined
from customers.audiences import imports as of_audiences  # noqa: F401 registers its type
from customers.cells import clean
from customers.changes import (
    change,
    create,
    gather_search_entries,
    sort_in_search_entries,
    take_back,
    take_over_prospects,
)
from customers.matching import lock_customers, match
from customers.models import Customer
from imports.registry import register
from imports.resources import BulkResource, Column, Row, Text
from imports.runs import Run


@register
class Customers(BulkResource):
    slug = "customers"
    title = _("Customers")
    description = _(
        "Adds customers and changes those that exist. An empty cell or a missing column leaves"
        " what is stored as it is."
    )
    identity = _(
        "External ID; where no customer has it, e-mail; where no customer has that, phone. A file"
        " needs at least one of these columns and a line a value in one of them. An external ID"
        " is never changed, an e-mail only through the external ID. A second line for the same"
        " customer is refused unless it says the same."
    )
    permission = "customers.import_customers"
    export_permission = "customers.export_customers"
    one_of = ("external_id", "email", "phone")
    example = (
        ("C-1001", "ann@example.com", "+48 600 100 200", "Ann", "Nowak", "1990-02-14"),
        ("C-1002", "jan@example.com", "", "Jan", "", ""),
    )
    reasons: ClassVar[dict[str, Text]] = {
        **REASONS,
        "no_identity": _("The line has no external ID, no e-mail and no phone."),
        "external_id_long": _("The external ID is longer than 64 characters."),
        "phone": _("This is not a phone number: 8 to 15 digits with the country code."),
        "phone_impossible": _("No country has such a phone number."),
        "name_long": _("The first or last name is longer than 150 characters."),
        "birth_date": _("This is not a date. Write the birth date like 1990-02-14."),
        "birth_date_early": _("The birth date is before 1900."),
        "birth_date_future": _("The birth date is in the future."),
        "different_customers": _("The external ID, e-mail and phone are of different customers."),
        "other_customer": _(
            "The customer with this e-mail or phone has another external ID or e-mail."
        ),
        "repeated": _("An earlier line is for the same customer and says something else."),
    }

    external_id = Column("External ID", help=_("The customer's number in your other systems."))
    email = Column(
        "Email",
        help=_("Who has signed in before goes on signing in with the address of that time."),
    )
    phone = Column("Phone", help=_("With the country code. Spaces, dashes and + don't matter."))
    first_name = Column("First name", help=_("Up to 150 characters."))
    last_name = Column("Last name", help=_("Up to 150 characters."))
    birth_date = Column("Birth date", help=_("Year, month and day: 1990-02-14."))

    def columns(self, options: dict[str, Any]) -> dict[str, Column]:
        """With one for each attribute that staff defined. One query."""
        return {**super().columns(options), **attribute_columns(defined().values())}

    def example_rows(self, options: dict[str, Any]) -> Sequence[Sequence[str]]:
        ann, jan = self.example
        fields = defined().values()
        return ((*ann, *map(example_cell, fields)), (*jan, *("" for _ in fields)))

    def export_rows(self, options: dict[str, Any]) -> QuerySet[Any, Row]:
        """In the order of the primary key, so that the first rows come at once."""
        names = (*self.fields, *stored_columns(defined().values()))
        return Customer.objects.listed().order_by("pk").values_list(*names)

    def export_cells(self, options: dict[str, Any]) -> Callable[[Row], Sequence[Any]]:
        known, attributes = len(self.fields), cells_of(list(defined().values()))
        return lambda row: (*row[:known], *attributes(row[known:]))

    def check(self, run: Run) -> None:
        run.tell(str(_("Checking the cells")), 0.4)
        clean(run)
        if not run.dry:
            # Before any other lock, as whoever takes prospects over does.
            hold_prospects(run, to_forget=True)
            lock_customers(run)
        run.tell(str(_("Looking up customers")), 0.55)
        match(run)

    def preview(self, run: Run) -> None:
        run.counts["created"], run.counts["updated"] = run.one(
            "SELECT (SELECT count(*) FROM {new}) + count(*) FILTER (WHERE promoted),"
            " count(*) FILTER (WHERE NOT promoted) FROM {changed}"
        )

    def apply(self, run: Run) -> None:
        self.preview(run)
        gather_search_entries(run)
        take_over_prospects(run)
        change(run, _("Changing customers"), 0.6, 0.75)
        create(run, _("Adding customers"), 0.75, 0.95)
        run.tell(str(_("Sorting in for searches")), 0.95)
        sort_in_search_entries(run)

    def undo(self, run: Run) -> None:
        take_back(run)
