"""Members, audiences and own rules that the cases of personal offers share."""

import datetime as dt
from dataclasses import replace

from promotions.engine import (
    Goods,
    Rule,
    Shopper,
)
from tests.promotions.engine.builders import (
    basket,
    goods,
    percent,
    points,
    product,
)

MEMBER = Shopper(is_known=True)
PERSONAL = {"origin": "personal_offer"}
KEY = ("personal_offer", 5)
CAKES, CHILDREN, CARS, SCHOOL = 31, 32, 33, 34
FEBRUARY, PARENTS, SOVETSKY, DRIVERS = 1, 2, 3, 4
BORN_IN_FEBRUARY = Shopper(is_known=True, audiences=frozenset({FEBRUARY}))
EVERYBODY = replace(MEMBER, audiences=frozenset({FEBRUARY, PARENTS, SOVETSKY, DRIVERS}))


def for_audience(number: int) -> dict[str, object]:
    return {"audiences": frozenset({number})}


def in_category(number: int) -> dict[str, object]:
    return {"goods": Goods(categories=frozenset({number}))}


AUDIENCE_OFFERS = (
    percent("30", 1, **for_audience(FEBRUARY), **in_category(CAKES)),
    percent("10", 2, **for_audience(PARENTS), **in_category(CHILDREN)),
    points("5", 3, **for_audience(SOVETSKY), points_of_sale=frozenset({1})),
    points("20", 4, **for_audience(DRIVERS), **in_category(CARS)),
)


def own(*rules: Rule, **more: object) -> Shopper:
    """A member with rules of their own, each as item 0, 1 and so on of one offer."""
    items = tuple(replace(rule, id=5, item=item, **PERSONAL) for item, rule in enumerate(rules))
    return Shopper(is_known=True, rules=items, **more)


def september(day: int) -> dt.datetime:
    return dt.datetime(2026, 9, day, tzinfo=dt.UTC)


def august(day: int) -> dt.datetime:
    return dt.datetime(2026, 8, day, tzinfo=dt.UTC)


HANDBAG, PURSE = 1, 2
BAGS = own(
    percent("50", goods=goods(HANDBAG), start=september(1), end=september(16)),
    percent(
        "30", goods=goods(PURSE), start=september(16), end=dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    ),
)
"""50% on a handbag 1–15 Sept, 30% on a purse 16–30 Sept (L17)."""
BOTH_BAGS = basket("200.00", "100.00")
COSMETICS = Goods(categories=frozenset({40}))
LIPSTICK = product(7, [41, 40])
