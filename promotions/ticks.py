"""What customers ticked and have not saved yet: kept in their session while they turn pages."""

from collections.abc import Collection

from django.contrib.sessions.backends.base import SessionBase

from customers.models import Customer
from promotions.personal.lists import still_listed

KEY = "promotions_ticked"


def ticks_in(session: SessionBase) -> dict[int, set[int]]:
    """Products by promotion, where they may differ from what is saved."""
    return {int(promotion): set(ticked) for promotion, ticked in session.get(KEY, {}).items()}


def keep(session: SessionBase, promotion_id: int, products: Collection[int]) -> None:
    session[KEY] = {**session.get(KEY, {}), str(promotion_id): sorted(products)}


def drop(session: SessionBase, promotion_id: int) -> None:
    kept = dict(session.get(KEY, {}))
    if kept.pop(str(promotion_id), None) is not None:
        session[KEY] = kept


def prune(session: SessionBase, customer: Customer) -> dict[int, set[int]]:
    """The ticks that are left when those are dropped of what left the lists. One query, if any."""
    before = ticks_in(session)
    after = still_listed(customer, before)
    for promotion, ticked in after.items():
        if ticked != before[promotion]:
            keep(session, promotion, ticked)
    return after
