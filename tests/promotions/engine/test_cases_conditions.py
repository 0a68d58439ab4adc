"""Conditions, who an offer is for, and when."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from promotions.engine import (
    Condition,
    InAudiences,
    InGroups,
    OrderAmount,
    PointsOfSale,
    Products,
    Reason,
    Shopper,
    Times,
)
from tests.promotions.engine.builders import (
    COMBINES,
    DAY,
    NOON,
    amount_off,
    basket,
    goods,
    line,
    percent,
    product,
)
from tests.promotions.engine.cases import Case, Why, check, each_case, off

TEN = (off(1, "1", "1.00"),)
MEMBER = Shopper(audiences=frozenset({4, 5}), groups=frozenset({6}))
WEDNESDAY = frozenset({2})
NIGHT = Times(WEDNESDAY, dt.time(22), dt.time(2))


def failed(*conditions: tuple[str, Mapping[str, Any]]) -> Why:
    return Reason.CONDITION, {
        "failed": tuple({"condition": name, **figures} for name, figures in conditions)
    }


def ten_percent(*asked: Condition, **more: Any) -> tuple:
    return (percent("10", currency="EUR", conditions=asked, **more),)


def applies(sentence: str, proves: str, rules: tuple, **more: Any) -> Case:
    """To the only line, of 10.00."""
    return Case(sentence, proves, basket("10.00"), rules, pays="9.00", effects=TEN, **more)


def fails(sentence: str, proves: str, rules: tuple, why: Why, **more: Any) -> Case:
    return Case(sentence, proves, basket("10.00"), rules, pays="10.00", skips={1: why}, **more)


def moment(day: int, *clock: int) -> dt.datetime:
    """In June 2026; the 3rd is a Wednesday."""
    return dt.datetime(2026, 6, day, *clock, tzinfo=dt.UTC)


def amount(minimum: str, maximum: str | None = None) -> OrderAmount:
    return OrderAmount(Decimal(minimum), None if maximum is None else Decimal(maximum))


@each_case(
    applies("an order of exactly the minimum is enough", "E22", ten_percent(amount("10.00"))),
    fails(
        "an order of a cent less than the minimum isn't",
        "E22 P7",
        ten_percent(amount("10.01")),
        failed(("order_amount", {"minimum": "10.01", "maximum": None, "found": "10.00"})),
    ),
    applies(
        "an order of exactly the maximum is not too much",
        "E22",
        ten_percent(amount("1", "10.00")),
    ),
    fails(
        "an order of a cent more than the maximum is",
        "E22 P7",
        ten_percent(amount("1", "9.99")),
        failed(("order_amount", {"minimum": "1", "maximum": "9.99", "found": "10.00"})),
    ),
    Case(
        "the order amount is that before any discount",
        "P11",
        basket("10.00"),
        (
            amount_off("5", 1, priority=1, **COMBINES),
            percent("10", 2, currency="EUR", conditions=(amount("10"),), **COMBINES),
        ),
        pays="4.50",
        effects=(off(1, "1", "5.00"), off(2, "1", "0.50")),
    ),
    Case(
        "two units of the products that are asked for are enough, on two lines",
        "E22 P11",
        basket(line("1.00", of=1), line("1.00", of=2), line("8.00", of=3)),
        ten_percent(Products(goods(1, 2), 2), goods=goods(3)),
        pays="9.20",
        effects=(off(1, "3", "0.80"),),
    ),
    fails(
        "one unit of two that are asked for isn't enough",
        "E22 P7",
        ten_percent(Products(goods(1), 2)),
        failed(("products", {"quantity": 2, "found": 1})),
    ),
    applies(
        "one of the conditions is enough where it says so",
        "E22",
        ten_percent(amount("99"), Products(goods(1)), any_condition=True),
    ),
    fails(
        "where all are asked for the ones that failed are named",
        "E22 P7",
        ten_percent(amount("99"), amount("1"), Products(goods(2))),
        failed(
            ("order_amount", {"minimum": "99", "maximum": None, "found": "10.00"}),
            ("products", {"quantity": 1, "found": 0}),
        ),
    ),
    fails(
        "where one is enough and none holds all are named",
        "E22 P7",
        ten_percent(amount("99"), Products(goods(2)), any_condition=True),
        failed(
            ("order_amount", {"minimum": "99", "maximum": None, "found": "10.00"}),
            ("products", {"quantity": 1, "found": 0}),
        ),
    ),
    applies("one of its points of sale", "E22", ten_percent(PointsOfSale(frozenset({1, 2})))),
    fails(
        "none of the points of sale of a condition",
        "E22 P7",
        ten_percent(PointsOfSale(frozenset({2}))),
        failed(("points_of_sale", {"point_of_sale": 1})),
    ),
    applies(
        "a member of one of the groups of a condition",
        "E22",
        ten_percent(InGroups(frozenset({6, 9}))),
        shopper=MEMBER,
    ),
    fails(
        "somebody unknown is in no group",
        "E22 P6 P7",
        ten_percent(InGroups(frozenset({6}))),
        failed(("in_groups", {})),
    ),
    applies(
        "one of the audiences of a condition",
        "E22",
        ten_percent(InAudiences(frozenset({5}))),
        shopper=MEMBER,
    ),
    fails(
        "somebody unknown is in no audience",
        "E22 P6 P7",
        ten_percent(InAudiences(frozenset({5}))),
        failed(("in_audiences", {})),
    ),
)
def test_the_conditions(case: Case) -> None:
    check(case)


@each_case(
    applies(
        "hours begin on the minute",
        "E22",
        ten_percent(Times(begin=dt.time(12), end=dt.time(13))),
    ),
    fails(
        "hours end before the minute",
        "E22 P7",
        ten_percent(Times(begin=dt.time(11), end=dt.time(12))),
        failed(("times", {"at": NOON})),
    ),
    applies("a day without hours is the whole day", "E22", ten_percent(Times(WEDNESDAY))),
    fails(
        "another day",
        "E22 P7",
        ten_percent(Times(frozenset({1, 3}))),
        failed(("times", {"at": NOON})),
    ),
    applies(
        "hours without an end are until midnight", "E22", ten_percent(Times(begin=NOON.time()))
    ),
    applies(
        "hours without a beginning are from midnight",
        "E22",
        ten_percent(Times(end=dt.time(2))),
        at=moment(3, 0),
    ),
    applies(
        "hours that pass midnight begin on their own day",
        "E22",
        ten_percent(NIGHT),
        at=moment(3, 22),
    ),
    fails(
        "hours that pass midnight don't begin on another day's evening",
        "E22 P7",
        ten_percent(NIGHT),
        failed(("times", {"at": moment(2, 23)})),
        at=moment(2, 23),
    ),
    applies(
        "hours that pass midnight belong to the evening before",
        "E22",
        ten_percent(NIGHT),
        at=moment(4, 1, 59),
    ),
    fails(
        "hours that pass midnight are over at their end",
        "E22 P7",
        ten_percent(NIGHT),
        failed(("times", {"at": moment(4, 2)})),
        at=moment(4, 2),
    ),
    fails(
        "the small hours of the day itself belong to the day before",
        "E22 P7",
        ten_percent(NIGHT),
        failed(("times", {"at": moment(3, 1)})),
        at=moment(3, 1),
    ),
    applies(
        "hours past midnight of a Sunday reach into Monday",
        "E22",
        (
            percent(
                "10",
                end=NOON + 9 * DAY,
                conditions=(Times(frozenset({6}), dt.time(22), dt.time(2)),),
            ),
        ),
        at=moment(8, 1),
    ),
    applies(
        "hours that end when they begin are a day from then on",
        "E22",
        ten_percent(Times(WEDNESDAY, dt.time(8), dt.time(8))),
        at=moment(4, 7, 59),
    ),
)
def test_the_hours(case: Case) -> None:
    check(case)


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
