"""What is left of an offer's limits, as its counters say it (P14)."""

import zoneinfo
from decimal import Decimal

from promotions.engine import Standing
from promotions.models import EVERYBODY
from promotions.periods import Limits
from promotions.pricing.standings import used
from tests.factories import NOON

KEY = ("discount", 1)


def test_of_a_budget_that_was_lowered_below_what_was_spent_nothing_is_left():
    """P14: not less than nothing, which nobody could be told."""
    limits = Limits(zoneinfo.ZoneInfo("UTC"), total=None, budget=Decimal(5), a_customer={})
    counted = {"discount": [(EVERYBODY, 1, "ever", "1970-01-01", 2, "7.50")]}
    assert used({KEY: limits}, counted, None, NOON) == {KEY: Standing(budget=Decimal(0))}
