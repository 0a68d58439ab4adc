"""Who an offer is for, where, when, and on what."""

import datetime as dt

from promotions.engine import Reason
from tests.promotions.engine.builders import NOON, amount_off, basket, goods, line, percent, product
from tests.promotions.engine.cases import Case, check, each_case, off
from tests.promotions.engine.ten_percent import MEMBER, applies, fails, ten_percent


@each_case(
    applies("an offer begins at its start", "P7", ten_percent(start=NOON)),
    fails(
        "an offer that begins a second later",
        "P7",
        ten_percent(start=NOON + dt.timedelta(seconds=1)),
        (Reason.NOT_YET, {"start": NOON + dt.timedelta(seconds=1)}),
    ),
    fails("an offer is over at its end", "P7", ten_percent(end=NOON), (Reason.OVER, {"end": NOON})),
    applies("one of its own points of sale", "P7", ten_percent(points_of_sale=frozenset({1, 2}))),
    fails(
        "none of its own points of sale",
        "P7",
        ten_percent(points_of_sale=frozenset({2})),
        Reason.NOT_HERE,
    ),
    fails(
        "another currency",
        "P7",
        (amount_off("1", currency="SEK"),),
        (Reason.CURRENCY, {"currency": "SEK"}),
    ),
    applies(
        "an offer for a group is for its members",
        "P6",
        ten_percent(groups=frozenset({6})),
        shopper=MEMBER,
    ),
    applies(
        "an offer for an audience and a group is for either",
        "P6",
        ten_percent(groups=frozenset({1}), audiences=frozenset({4, 9})),
        shopper=MEMBER,
    ),
    fails(
        "an offer for others",
        "P6 P7",
        ten_percent(groups=frozenset({1}), audiences=frozenset({1})),
        Reason.NOT_FOR_YOU,
        shopper=MEMBER,
    ),
    fails(
        "somebody unknown gets only what is open to everybody",
        "P6 P7",
        ten_percent(audiences=frozenset({4})),
        Reason.NOT_FOR_YOU,
    ),
    Case(
        "goods are products, whole categories and product groups",
        "P7",
        basket(
            line("1.00", of=product(1)),
            line("1.00", of=product(2, categories=[20, 10])),
            line("1.00", of=product(3, groups=[30])),
            line("1.00", of=product(4, categories=[30], groups=[10])),
        ),
        (percent("50", goods=goods(1, categories=frozenset({10}), groups=frozenset({30, 31}))),),
        pays="2.50",
        effects=(off(1, "1", "0.50"), off(1, "2", "0.50"), off(1, "3", "0.50")),
    ),
    fails(
        "nothing of its goods is in the basket",
        "P7",
        ten_percent(goods=goods(2)),
        Reason.NO_PRODUCTS,
    ),
)
def test_who_and_when(case: Case) -> None:
    check(case)
