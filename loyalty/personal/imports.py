"""The import and export of customers' items of personal offers (L9, L10), by the million lines."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from customers.addresses import hold_prospects
from customers.mentions import customer_column
from customers.references import declare
from imports.narrowing import NarrowedResource
from imports.registry import register
from imports.resources import Column, Row, Text
from imports.runs import Run
from loyalty.models import PersonalOffer
from loyalty.personal import exporting
from loyalty.personal.clashes import make_attributes
from loyalty.personal.counting import NOTE_NEW
from loyalty.personal.matching import match_lines
from loyalty.personal.reasons import REASONS
from loyalty.personal.records import TYPE, remember_written, take_back
from loyalty.personal.storing import hold_offers, make_changed, store

declare("loyalty_offeritems", "customer_id")
declare("loyalty_offeranswer", "customer_id")
declare("loyalty_purchase", "customer_id")

THRESHOLD = 3  # its place in a row of the example


@register
class PersonalOfferItems(NarrowedResource):
    slug = TYPE
    title = _("Items of personal offers")
    description = _(
        "Says what customers have of personal offers. What the file says of a customer and an"
        " offer takes the place of what the customer had of it; whoever the file leaves out keeps"
        " what they have."
    )
    identity = _(
        "Offer, customer and target (or threshold) together, with the start where there are"
        " several: a repeated line changes nothing."
    )
    permission = "loyalty.import_items"
    export_permission = "loyalty.export_items"
    option_names = ("offer",)
    model = PersonalOffer
    name_field = "name"
    gone = _("This personal offer does not exist any more.")
    unknown = "unknown_offer"
    left_out = _("May be left out: the offer is chosen.")
    only = _("Only this offer")
    only_help = _("The name of a personal offer; empty for all of them.")
    undo_text = _(
        "Customers get back the items that they had before this import; who had none has none"
        " again. What was changed since stays as it is, and so do answers that were dropped with"
        " items that the file left out."
    )
    example = (
        (
            *(
                "september-bags",
                "email:ann@example.com",
                "HANDBAG",
                "",
                "discount",
                "percent",
                "50",
            ),
            *("2026-09-01", "2026-09-15"),
        ),
        (
            *("september-bags", "email:ann@example.com", "PURSE", "", "discount", "percent", "30"),
            *("2026-09-16", "2026-09-30"),
        ),
        ("big-baskets", "external:C-1001", "", "1000", "points", "percent", "10", "", ""),
        ("big-baskets", "external:C-1001", "", "3000", "points", "percent", "20", "", ""),
    )
    reasons: ClassVar[dict[str, Text]] = REASONS

    offer = Column("Offer", required=True, help=_("The name of the personal offer."))
    customer = customer_column()
    target = Column(
        "Target",
        help=_(
            "The product, category or product group, by ID or internal ID as the offer says; empty"
            " for receipt amounts."
        ),
    )
    threshold = Column("Threshold", help=_("Of receipt amounts: from how much on, like 1000."))
    preference = Column("Preference", help=_("discount or points; empty as the offer says."))
    method = Column("Method", help=_("percent or amount; empty as the offer says."))
    value = Column("Value", help=_("How much, like 30 or 12.50; empty as the offer says."))
    start_date = Column(
        "Start date",
        help=_("Like 2026-09-01, or 2026-09-01 08:00, in the offer's zone; empty as it says."),
    )
    end_date = Column(
        "End date",
        help=_("The last day, like 2026-09-15, or the end, like 2026-09-15 20:00; or empty."),
    )

    def example_rows(self, options: dict[str, Any]) -> Sequence[Sequence[str]]:
        """For a chosen offer, only lines of its kind: with targets, or with thresholds."""
        if "offer" not in options:
            return self.example
        mechanic = PersonalOffer.objects.values_list("mechanic", flat=True).get(pk=options["offer"])
        with_thresholds = mechanic == PersonalOffer.Mechanic.RECEIPT_AMOUNT
        return [row for row in self.example if bool(row[THRESHOLD]) == with_thresholds]

    def choices(self) -> QuerySet[PersonalOffer]:
        return PersonalOffer.objects.exclude(mechanic=PersonalOffer.Mechanic.AUDIENCE)

    def refuse(self, one: PersonalOffer) -> None:
        if not one.has_items:
            raise ValidationError(str(self.reasons["no_items"]), code="no_items")

    def check(self, run: Run) -> None:
        run.tell(str(_("Looking up offers, customers and targets")), 0.4)
        # Whoever takes back an import of customers waits: it would delete whom we add to.
        hold_prospects(run)
        match_lines(run, offer=run.options.get("offer"), name=str(self.describe(run.options)))
        run.tell(str(_("Comparing")), 0.65)
        make_attributes(run)
        make_changed(run)

    def preview(self, run: Run) -> None:
        created, updated = run.one(
            "SELECT coalesce(sum(lines) FILTER (WHERE was IS NULL), 0),"
            " coalesce(sum(lines) FILTER (WHERE was IS NOT NULL), 0) FROM {changed}"
        )
        run.counts["created"], run.counts["updated"] = int(created), int(updated)

    def apply(self, run: Run) -> None:
        self.preview(run)
        store(run, _("Filling in items"), 0.75)
        remember_written(run)
        run.execute(NOTE_NEW.format(new="{changed} AS new WHERE was IS NULL"))

    def export_rows(self, options: dict[str, Any]) -> QuerySet[Any, Row]:
        return exporting.rows(offer=options.get("offer"))

    def export_cells(self, options: dict[str, Any]) -> Callable[[Row], Sequence[str]]:
        return exporting.cells()

    def undo(self, run: Run) -> None:
        hold_prospects(run)
        hold_offers(run, WRITTEN_DOWN, job=run.job.pk)
        take_back(run)


WRITTEN_DOWN = "id IN (SELECT key FROM imports_undorecord WHERE job_id = %(job)s)"
