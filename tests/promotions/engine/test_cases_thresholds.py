"""Rules on the receipt with several thresholds: which counts, and what it gives (L20, L21)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from promotions.engine import Kind, Tier
from promotions.engine.compiling import RuleError, compile_rules
from tests.promotions.engine.builders import (
    LINES,
    basket,
    fixed_price,
    percent,
    points,
    quote,
    reason,
)
from tests.promotions.engine.cases import Case, check, each_case, earns, off, outdone
from tests.promotions.engine.tiers import MONEY, POINTS, below, tiers


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


def test_the_lowest_threshold_is_what_is_told() -> None:
    """P7."""
    answer = quote(basket("1000.00"), MONEY)
    assert reason(answer).figures == {"threshold": Decimal(1800), "found": Decimal("1000.00")}
