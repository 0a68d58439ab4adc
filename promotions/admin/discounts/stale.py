"""Two who edit the same discount: the second is told before overwriting what the first saved."""

from typing import Any

from django.core.signing import Signer
from django.db.models import Model

from promotions.composition import Aims, Composition, Goods
from promotions.models import Discount

STATE = "state"
"""Sent along by the form; no field, as nobody fills it in."""


EVERYBODY = Aims()


def state_of(composition: Composition) -> str:
    """Stands for what is saved of the discount and its parts; empty for a new one.

    Signed, so that nobody can find out by trying what they may not see of it.
    """
    if not composition.discount.pk:
        return ""
    told = (
        _row(composition.discount),
        _named(composition.goods, composition.aims),
        [(_row(part.product_set), _named(part.goods)) for part in composition.sets],
        [(_row(part.condition), _named(part.goods, part.aims)) for part in composition.conditions],
    )
    return Signer(salt="discount-state").signature(repr(told))


def _row(row: Model) -> list[str]:
    return [str(getattr(row, field.attname)) for field in row._meta.concrete_fields]


def _named(goods: Goods, aims: Aims = EVERYBODY) -> list[list[Any]]:
    kinds = (
        *(goods.products, goods.categories, goods.groups),
        *(aims.points_of_sale, aims.groups, aims.audiences),
    )
    return [sorted(thing.pk for thing in things) for things in kinds]


def wait_for_others(object_id: str | None) -> None:
    """Until whoever saves the discount right now is through; within a transaction.

    Purchases that use it go on.
    """
    if object_id and object_id.isdecimal() and len(object_id) < 10:
        rows = Discount.objects.select_for_update(no_key=True).filter(pk=object_id)
        rows.order_by().values_list("pk").first()
