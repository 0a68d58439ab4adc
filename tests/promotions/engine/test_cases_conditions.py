"""Conditions on the order, the products, the place and the customer; hours: test_cases_times.py."""

from decimal import Decimal

from promotions.engine import InAudiences, InGroups, OrderAmount, PointsOfSale, Products
from tests.promotions.engine.builders import COMBINES, amount_off, basket, goods, line, percent
from tests.promotions.engine.cases import Case, check, each_case, off
from tests.promotions.engine.ten_percent import MEMBER, applies, failed, fails, ten_percent


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
