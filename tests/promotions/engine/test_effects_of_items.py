"""What items of one offer did to a line is told as what the offer did to it: once (L9, P7)."""

import pytest

from promotions.engine import Goods
from tests.promotions.engine.builders import (
    COMBINES,
    amount_off,
    basket,
    goods,
    line,
    percent,
    points,
    product,
    quote,
)
from tests.promotions.engine.personal_offers import own

CAKE = product(1, [2, 3])
CAKES, SWEETS = ({"goods": Goods(categories=frozenset({pk}))} for pk in (2, 3))


def told(items, bought, *rules):
    answer = quote(bought, *rules, shopper=own(*items))
    return [
        (each.id, each.line, str(each.units), str(each.amount), str(each.points))
        for each in answer.effects
    ]


@pytest.mark.parametrize(
    ("items", "bought", "effects"),
    [
        (
            (percent("10", **CAKES, **COMBINES), percent("10", **SWEETS, **COMBINES)),
            line("5.00", "2", of=CAKE),
            [(5, "1", "2", "1.90", "0")],
        ),
        (
            (percent("10", **CAKES, **COMBINES), percent("10", **SWEETS, **COMBINES)),
            line("10.00", "0.335", of=CAKE),
            [(5, "1", "0.335", "0.64", "0")],
        ),
        (
            (percent("50", **CAKES, units=1), percent("10", **SWEETS, units=1)),
            line("5.00", "3", of=CAKE),
            [(5, "1", "2", "3.00", "0")],
        ),
        (
            (points("10", **CAKES, **COMBINES), points("20", **SWEETS, **COMBINES)),
            line("5.00", "2", of=CAKE),
            [(5, "1", "2", "0", "3.00")],
        ),
        (
            (amount_off("1.00", **CAKES, **COMBINES), points("20", **SWEETS, **COMBINES)),
            line("5.00", "2", of=CAKE),
            [(5, "1", "2", "2.00", "0"), (5, "1", "2", "0", "1.60")],
        ),
    ],
    ids=["of two that combine", "by weight", "of different units", "points", "money and points"],
)
def test_items_do_one_thing_to_a_line(items, bought, effects):
    assert told(items, basket(bought)) == effects


def test_on_other_lines_and_beside_other_offers_each_stands_by_itself():
    items = percent("10", **CAKES, **COMBINES), percent("10", goods=goods(9), **COMBINES)
    bought = basket(line("5.00", of=CAKE), line("10.00", of=product(9, [4])))
    assert told(items, bought, percent("50", 5, **COMBINES, priority=200)) == [
        (5, "1", "1", "0.50", "0"),
        (5, "2", "1", "1.00", "0"),
        (5, "1", "1", "2.25", "0"),
        (5, "2", "1", "4.50", "0"),
    ]
