"""Receipts as rows of a list: who, where, how much, and what became of them, with a sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from imports.resources import Text
from loyalty.admin.purchases.asked import SEES_CUSTOMERS
from loyalty.models import Purchase
from loyalty.purchases.records import returns_of
from loyalty.purchases.wording import Summary
from promotions.pricing.wording import number


class Sign(NamedTuple):
    icon: str
    tone: str
    words: Text


SIGNS = {
    "": Sign("check", "kept", gettext_lazy("Bought")),
    "cancelled": Sign("cancel", "cancelled", gettext_lazy("Cancelled")),
    "returned": Sign("undo", "returned", gettext_lazy("Returned")),
    "partly_returned": Sign("undo", "partly", gettext_lazy("Partly returned")),
}
"""By the state of a receipt."""


@dataclass(frozen=True)
class Row(Summary):
    customer: Customer | None
    """None also where the user may not see them."""

    @property
    def sign(self) -> Sign:
        return SIGNS[self.state]

    @property
    def url(self) -> str:
        return address(self.purchase)

    @property
    def when(self) -> str:
        return f"{self.purchase.at.astimezone(self.purchase.point_of_sale.zone):%Y-%m-%d %H:%M}"

    @property
    def whom(self) -> str:
        return whom(self.purchase, self.customer)

    @property
    def points(self) -> str:
        """Earned, and spent."""
        earned, spent = self.purchase.points_earned, self.purchase.points_spent
        parts = [f"+{number(earned)}"] if earned else []
        parts += [f"−{number(spent)}"] if spent else []
        return " ".join(parts)


def address(purchase: Purchase) -> str:
    return reverse("receipt", args=[purchase.public_id])


def whom(purchase: Purchase, customer: Customer | None) -> str:
    if not purchase.customer_id:
        return _("Somebody unknown")
    return str(customer or _("Customer %d") % purchase.customer_id)


def rows_of(purchases: Sequence[Purchase], user: Any) -> list[Row]:
    """Two queries, one for who may not see customers."""
    ids = {each.customer_id for each in purchases} if user.has_perm(SEES_CUSTOMERS) else set()
    customers = Customer.objects.listed().in_bulk(ids - {0})
    returned = returns_of(purchases)
    return [Row(each, returned[each.id], customers.get(each.customer_id)) for each in purchases]
