"""Which part of an amount belongs to some of the units it is for.

What came back so far is rounded, not each step, so that the steps of a line add up to exactly what
the line had, however it is returned.
"""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from promotions.engine.money import half_up


class Step(NamedTuple):
    """Units that came back before, those that come back now, and all that there were."""

    before: Decimal
    now: Decimal
    all: Decimal

    @property
    def left(self) -> Decimal:
        """What is left after it."""
        return self.all - self.before - self.now


def share(amount: Decimal, step: Step, digits: int) -> Decimal:
    """What the step is worth of an amount that is not negative, in so many decimals."""
    upto = _upto(amount, step.before + step.now, step.all, digits)
    return upto - _upto(amount, step.before, step.all, digits)


def _upto(amount: Decimal, units: Decimal, of: Decimal, digits: int) -> Decimal:
    if units == of:  # whatever its decimals
        return amount
    cents = Fraction(amount) * Fraction(units) / Fraction(of) * 10**digits
    return min(Decimal(half_up(cents, 1)).scaleb(-digits), amount)
