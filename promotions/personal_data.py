import datetime as dt
from typing import Any

from customers.models import Customer
from customers.personal_data import holds
from promotions.models import Choice, ListedProduct, Use


@holds("personalized_promotions")
def lists_and_choices(customer: Customer, at: dt.datetime) -> dict[str, list[dict[str, Any]]]:
    """Two queries."""
    listed = ListedProduct.objects.filter(customer_id=customer.pk)
    chosen = Choice.objects.filter(customer_id=customer.pk)
    products = {
        "promotion__backend_id": "promotion",
        "product__external_id": "product",
        "product__name": "name",
        "is_chosen": "chosen",
    }
    choices = {
        "promotion__backend_id": "promotion",
        "first_at": "first_saved",
        "last_at": "last_saved",
    }
    return {
        "products": _named(listed.order_by("promotion_id", "product_id"), products),
        "choices": _named(chosen.order_by("promotion_id"), choices),
    }


@holds("uses_of_discounts")
def uses_of_discounts(customer: Customer, at: dt.datetime) -> list[dict[str, Any]]:
    """One query."""
    columns = {
        "discount__name": "discount",
        "purchase": "purchase",
        "at": "at",
        "amount": "amount",
        "returned": "returned",
        "is_given_back": "given_back",
    }
    used = Use.objects.filter(customer_id=customer.pk).order_by("at", "discount_id", "purchase")
    return _named(used, columns)


def _named(rows: Any, names: dict[str, str]) -> list[dict[str, Any]]:
    return [dict(zip(names.values(), row, strict=True)) for row in rows.values_list(*names)]
