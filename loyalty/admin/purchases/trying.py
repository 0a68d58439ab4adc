"""The way from a receipt to Try a basket with the same lines."""

from typing import Any

from django.urls import reverse

from loyalty.purchases.orders import plain
from loyalty.purchases.records import Record
from promotions.admin.try_basket.asked import Asked, Row
from promotions.admin.try_basket.page import LONGEST_ADDRESS, PERMISSION


def try_url(record: Record, user: Any) -> str:
    """Empty for who may not try baskets, and where the lines take too long an address."""
    if not user.has_perm(PERMISSION):
        return ""
    bought = record.purchase
    fields = {
        "point_of_sale": bought.point_of_sale.key,
        "at": bought.at.astimezone(bought.point_of_sale.zone).isoformat(),
        "customer": str(bought.customer_id or ""),
    }
    rows = tuple(
        Row(each.code, plain(each.quantity), plain(each.unit_price)) for each in record.lines
    )
    address = Asked(fields, rows).address()
    return f"{reverse('try_basket')}?{address}" if len(address) <= LONGEST_ADDRESS else ""
