"""What an offer names, one thing a row: goods, a place where it holds, or whom it is for."""

from django.db import models
from django.db.models import Q

THINGS = (
    *("product", "category", "product_group"),
    *("point_of_sale", "customer_group", "audience"),
)
"""Keys to others, exactly one of which each row has."""


def exactly_one() -> Q:
    """Of THINGS."""
    one = Q()
    for name in THINGS:
        others = {f"{other}__isnull": True for other in THINGS if other != name}
        one |= Q(**{f"{name}__isnull": False}, **others)
    return one


def thing_of(row: models.Model) -> str:
    """Which of THINGS it has."""
    return next(name for name in THINGS if getattr(row, f"{name}_id") is not None)
