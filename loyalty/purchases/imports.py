"""The import of receipts of the past, and the export of all receipts, line by line."""

import datetime as dt
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from customers.addresses import hold_prospects
from customers.mentions import MENTION_REASONS
from imports.registry import register
from imports.resources import BulkResource, Column, Row, Text
from imports.runs import Run
from loyalty.models import Purchase, PurchaseLine
from loyalty.purchases import filing
from loyalty.purchases.orders import plain
from loyalty.purchases.receipt_cells import CELL_REASONS
from loyalty.purchases.receipt_lines import match_lines
from promotions.models import PointOfSale

TYPE = "receipts"


@register
class Receipts(BulkResource):
    slug = TYPE
    title = _("Receipts")
    description = _(
        "Says what was bought before tills told it here: for analysis, and so that it can be"
        " returned. No offers apply and no points are earned: what was to pay is the total."
    )
    identity = _(
        "The receipt: one that is there with the same lines stays as it is, one with others is"
        " refused. A receipt is taken whole or refused whole."
    )
    permission = "loyalty.import_receipts"
    export_permission = "loyalty.export_receipts"
    undo_text = _(
        "The receipts that this import brought are deleted. Those that were cancelled since, or of"
        " which something was returned, stay."
    )
    example = (
        (
            *("R-1001", "2026-09-01 08:26:00", "email:ann@example.com", "P1", "SKU-1"),
            *("2", "10.00"),
        ),
        (
            *("R-1001", "2026-09-01 08:26:00", "email:ann@example.com", "P1", "5901234123457"),
            *("0.455", "19.90"),
        ),
        ("R-1002", "2026-09-01 08:31:00", "", "P1", "SKU-1", "1", "10.00"),
    )
    reasons: ClassVar[dict[str, Text]] = {
        **MENTION_REASONS,
        **CELL_REASONS,
        "unknown_point_of_sale": _("No point of sale has this key."),
        "future": _("That is still to come."),
        "differs": _("An earlier line of this receipt names another date, customer or place."),
        "with_others": _("Another line of this receipt is refused."),
        "too_many_lines": _("A receipt has at most 500 lines."),
        "amount": _("A receipt is about 1000000000000 at most: part it."),
        "receipt_used": _("This receipt is there already, and says something else."),
    }

    receipt = Column("Receipt", required=True, help=_("Its number; its lines have the same."))
    date = Column(
        "Date",
        required=True,
        help=_("Like 2026-09-01 08:26:00, on the clock of the point of sale, or with an offset."),
    )
    customer = Column(
        "Customer",
        help=_(
            "id:42, email:…, phone:…, external:…, or simply an e-mail or a phone number; empty"
            " for somebody unknown."
        ),
    )
    point_of_sale = Column("Point of sale", required=True, help=_("Its key, such as P1."))
    product = Column(
        "Product",
        required=True,
        help=_("An ID or a barcode; what the catalogue doesn't know is kept as it is."),
    )
    quantity = Column("Quantity", required=True, help=_("Above 0, like 2 or 0.455."))
    unit_price = Column("Unit price", required=True, help=_("Of one, like 10.00."))

    def check(self, run: Run) -> None:
        run.tell(str(_("Looking up customers, products and points of sale")), 0.4)
        # Whoever takes back an import of customers waits: it would delete whom we name.
        hold_prospects(run)
        if not run.dry:
            filing.hold_imports(run)
        match_lines(run)
        run.tell(str(_("Adding up receipts")), 0.6)
        filing.make_receipts(run)

    def preview(self, run: Run) -> None:
        run.counts["created"] = filing.count_new(run)

    def apply(self, run: Run) -> None:
        run.counts["created"] = filing.write(run, _("Filing receipts"), 0.7)

    def undo(self, run: Run) -> None:
        run.counts["deleted"] = filing.take_back(run)

    def export_rows(self, options: dict[str, Any]) -> QuerySet[Any, Row]:
        """By customer and receipt, as the primary key has them; without what was cancelled."""
        key = {"customer_id": OuterRef("customer_id"), "id": OuterRef("purchase_id")}
        of = Purchase.objects.filter(**key, cancelled_at=None)
        head = JSONObject(receipt="receipt", at="at", place="point_of_sale_id")
        lines = PurchaseLine.objects.annotate(head=Subquery(of.values_list(head)))
        return (
            lines.filter(Exists(of))
            .order_by("customer_id", "purchase_id", "number")
            .values_list("head", "customer_id", "code", "quantity", "unit_price")
        )

    def export_cells(self, options: dict[str, Any]) -> Any:
        places = PointOfSale.objects.in_bulk()

        def cells(row: Row) -> tuple[str, ...]:
            head, customer, code, quantity, price = row
            place = places[head["place"]]
            at = dt.datetime.fromisoformat(head["at"]).astimezone(place.zone)
            whom = f"id:{customer}" if customer else ""
            return (
                *(head["receipt"], at.isoformat(timespec="seconds"), whom, place.key, code),
                *(plain(quantity), plain(price)),
            )

        return cells
