"""Two who edit the same offer: the second is told before overwriting what the first saved."""

from typing import Any

from django.core.signing import Signer
from django.db.models import Model

from promotions.composition import Aims, Goods

STATE = "state"
"""Sent along by the form; no field, as nobody fills it in."""
EVERYBODY = Aims()


def signed(told: Any) -> str:
    return Signer(salt="offer-state").signature(repr(told))


def cells(row: Model) -> list[str]:
    return [str(getattr(row, field.attname)) for field in row._meta.concrete_fields]


def named(goods: Goods, aims: Aims = EVERYBODY) -> list[list[Any]]:
    kinds = (
        *(goods.products, goods.categories, goods.groups),
        *(aims.points_of_sale, aims.groups, aims.audiences),
    )
    return [sorted(thing.pk for thing in things) for things in kinds]


def wait_for_others(object_id: str | None, model: type[Model]) -> None:
    """Until whoever saves the offer right now is through; within a transaction.

    Purchases that use it go on.
    """
    if object_id and object_id.isdecimal() and len(object_id) < 10:
        rows = model._default_manager.select_for_update(no_key=True).filter(pk=object_id)
        rows.order_by().values_list("pk").first()
