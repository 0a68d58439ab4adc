"""Rules on the receipt that give by what it comes to after line discounts: L20, L21, P11."""

from dataclasses import replace
from decimal import Decimal

import pytest

from promotions.engine import Kind, Reason, Tier
from promotions.engine.compiling import RuleError, compile_rules
from tests.promotions.engine.builders import (
    ALONE,
    COMBINES,
    LINES,
    RECEIPT,
    amount_off,
    basket,
    fixed_price,
    goods,
    line,
    percent,
    points,
    quote,
    reason,
)
from tests.promotions.engine.cases import Case, check, each_case, earns, off, outdone


def tiers(**values: str) -> dict[str, object]:
    """On the receipt in euros, `at_1000="10"` and so on."""
    found = [Tier(Decimal(name[3:]), Decimal(value)) for name, value in values.items()]
    return {**RECEIPT, "currency": "EUR", "tiers": tuple(found)}


POINTS = points("0", **tiers(at_1000="10", at_3000="20"))
"""10% points over 1000 and 20% over 3000 (L21)."""
MONEY = amount_off("0", **tiers(at_1800="500", at_3600="1000"))
"""500 off from 1800 and 1000 off from 3600 (L21)."""


def below(threshold: str, found: str) -> tuple[Reason, dict[str, str]]:
    return Reason.BELOW_THRESHOLD, {"threshold": threshold, "found": found}


@each_case(
    Case(
        "10% points over 1000 and 20% over 3000: below the first there are none",
        "L21",
        basket("999.99"),
        (POINTS,),
        "999.99",
        skips={1: below("1000", "999.99")},
    ),
    Case(
        "10% points over 1000 and 20% over 3000: 1000 is enough",
        "L20, L21",
        basket("1000.00"),
        (POINTS,),
        "1000.00",
        (earns(1, "1", "100.00"),),
    ),
    Case(
        "10% points over 1000 and 20% over 3000: the highest that is reached, of everything",
        "L20, L21",
        basket("2999.00", "1.00"),
        (POINTS,),
        "3000.00",
        (earns(1, "1", "599.80"), earns(1, "2", "0.20")),
    ),
    Case(
        "500 off from 1800 and 1000 off from 3600: 500 a cent below the second",
        "L20, L21",
        basket("3599.99"),
        (MONEY,),
        "3099.99",
        (off(1, "1", "500.00"),),
    ),
    Case(
        "500 off from 1800 and 1000 off from 3600: not both",
        "L20, L21",
        basket("3600.00"),
        (MONEY,),
        "2600.00",
        (off(1, "1", "1000.00"),),
    ),
    Case(
        "500 off from 1800 and 1000 off from 3600: nothing below",
        "L20, L21",
        basket("1799.99"),
        (MONEY,),
        "1799.99",
        skips={1: below("1800", "1799.99")},
    ),
    Case(
        "A threshold is looked at after line discounts that combine",
        "P11",
        basket("1800.00"),
        (MONEY, amount_off("0.01", 2, **COMBINES)),
        "1799.99",
        (off(2, "1", "0.01"),),
        skips={1: below("1800", "1799.99")},
    ),
    Case(
        "A threshold is looked at before discounts on the receipt",
        "P2, P11",
        basket("1800.00"),
        (
            replace(MONEY, **COMBINES),
            amount_off("100.00", 2, priority=1, **RECEIPT, **COMBINES),
        ),
        "1200.00",
        (off(2, "1", "100.00"), off(1, "1", "500.00")),
    ),
    Case(
        "For points the receipt after line discounts counts, though they are of what is paid",
        "P11, P15",
        basket("3000.00"),
        (POINTS, amount_off("1000.00", 2, **RECEIPT)),
        "2000.00",
        (off(2, "1", "1000.00"), earns(1, "1", "400.00")),
    ),
    Case(
        "A line discount that would cost more than it saves is not taken",
        "P4, L20",
        basket("1000.00", "900.00"),
        (MONEY, amount_off("200.00", 2, goods=goods(1))),
        "1400.00",
        (off(1, "1", "263.16"), off(1, "2", "236.84")),
        skips={2: outdone(1)},
    ),
    Case(
        "A line goes to a rule that saves less on it if that reaches a threshold",
        "P4, L20",
        basket("1000.00", "900.00"),
        (
            MONEY,
            amount_off("200.00", 2, goods=goods(1)),
            amount_off("100.00", 3, goods=goods(1)),
        ),
        "1300.00",
        (off(3, "1", "100.00"), off(1, "2", "500.00")),
        skips={2: outdone(3)},
    ),
    Case(
        "Fewer units of a limited rule, so that a threshold is reached",
        "P4, L20",
        basket(line("600.00", "3"), line("60.00", of=2)),
        (MONEY, amount_off("60.00", 2, units=3, goods=goods(1))),
        "1300.00",
        (off(2, "1", "60.00"), off(1, "1", "476.19", "2"), off(1, "2", "23.81")),
    ),
    Case(
        "A combining rule has no say in what is chosen: its threshold is missed",
        "L20",
        basket("1000.00", "900.00"),
        (replace(MONEY, **COMBINES), amount_off("200.00", 2, goods=goods(1))),
        "1700.00",
        (off(2, "1", "200.00"),),
        skips={1: below("1800", "1700.00")},
    ),
    Case(
        "Alone it looks at the receipt as if there were no other rule",
        "P4, L20",
        basket("1800.00"),
        (replace(MONEY, **ALONE), amount_off("400.00", 2, **COMBINES)),
        "1300.00",
        (off(1, "1", "500.00"),),
        skips={2: (Reason.ALONE, {"offer": ("discount", 1)})},
    ),
    Case(
        "Alone, too, it waits for its threshold",
        "P4, L20",
        basket("1799.00"),
        (replace(MONEY, **ALONE), amount_off("400.00", 2, **COMBINES)),
        "1399.00",
        (off(2, "1", "400.00"),),
        skips={1: below("1800", "1799.00")},
    ),
    Case(
        "A higher threshold may give less, and then counts all the same",
        "L20",
        basket("100.00"),
        (percent("0", **tiers(at_50="20", at_100="10")),),
        "90.00",
        (off(1, "1", "10.00"),),
    ),
    Case(
        "Thresholds of a fixed price of the receipt",
        "L20",
        basket("100.00"),
        (fixed_price("0", **tiers(at_50="40", at_100="70")),),
        "70.00",
        (off(1, "1", "30.00"),),
    ),
    Case(
        "Parts of a cent of a threshold must be reached, too",
        "L20, P3",
        basket("10.00"),
        (percent("0", **{**tiers(at_5="10"), "tiers": (Tier(Decimal("10.001"), Decimal(50)),)}),),
        "10.00",
        skips={1: below("10.001", "10.00")},
    ),
    Case(
        "A number of points by what the receipt comes to",
        "L20, P15",
        basket("1200.00"),
        (points("0", kind=Kind.AMOUNT, **tiers(at_1000="50", at_3000="150")),),
        "1200.00",
        (earns(1, "1", "50.00"),),
    ),
    Case(
        "One of two rules of points with thresholds, the better one",
        "P5, L20",
        basket("3000.00"),
        (POINTS, points("0", 2, **tiers(at_2500="15"))),
        "3000.00",
        (earns(1, "1", "600.00"),),
        skips={2: outdone(1)},
    ),
    Case(
        "Points with thresholds that combine come on top",
        "P10, L20",
        basket("1000.00"),
        (replace(POINTS, **COMBINES), points("1", 2)),
        "1000.00",
        (earns(2, "1", "10.00"), earns(1, "1", "100.00")),
    ),
)
def test_thresholds(case: Case) -> None:
    check(case)


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"scope": LINES["scope"]}, "tiers_not_on_receipt"),
        ({"currency": None}, "no_currency"),
        (
            {"tiers": (Tier(Decimal(2), Decimal(1)), Tier(Decimal(2), Decimal(5)))},
            "tiers_out_of_order",
        ),
        ({"tiers": (Tier(Decimal(2), Decimal(101)),)}, "percentage_over_100"),
        ({"tiers": (Tier(Decimal(2), Decimal(-1)),)}, "value_negative"),
    ],
)
def test_thresholds_that_have_no_meaning_are_refused(more: dict[str, object], fault: str) -> None:
    """L20."""
    with pytest.raises(RuleError, match=f"discount 1: {fault}$"):
        compile_rules([replace(percent("0", **tiers(at_1="5")), **more)])


def test_points_may_be_more_than_a_hundred_per_cent() -> None:
    """L20: as without thresholds."""
    rule = points("0", **tiers(at_1="150"))
    assert quote(basket("10.00"), rule).points_earned == 15


def test_of_many_lines_so_many_go_without_a_discount_that_a_threshold_is_reached() -> None:
    """L20: of ten lines the second and the third, so that the earliest rule saves something."""
    rules = [amount_off(str(number), number, goods=goods(number)) for number in range(1, 11)]
    answer = quote(basket(*["10.00"] * 10), *rules, amount_off("0", 99, **tiers(at_50="20")))
    assert (answer.payable, answer.is_exact) == (Decimal("30.00"), True)
    assert {each.line for each in answer.effects if each.id == 99} == {"2", "3"}


def test_what_cannot_be_searched_to_the_end_says_so() -> None:
    """L20: forty lines of unlike cents, of which any could go without their discount."""
    prices = [Decimal("10.00") + Decimal(37 * n % 101) / 100 for n in range(40)]
    rules = [
        amount_off(str(Decimal(1) + Decimal(53 * n % 97) / 100), n + 1, goods=goods(n + 1))
        for n in range(40)
    ]
    total = sum(prices) - 41
    rule = amount_off("0", 99, **{**tiers(at_1="0"), "tiers": (Tier(total, Decimal(20)),)})
    answer = quote(basket(*[str(price) for price in prices]), *rules, rule)
    without = quote(basket(*[str(price) for price in prices]), *rules)
    assert not answer.is_exact
    assert answer.payable < without.payable


def test_the_lowest_threshold_is_what_is_told() -> None:
    """P7."""
    answer = quote(basket("1000.00"), MONEY)
    assert reason(answer).figures == {"threshold": Decimal(1800), "found": Decimal("1000.00")}
