"""Use discounts as purchases do, and see what is counted."""

from decimal import Decimal

import pytest

from customers.verification import stated, verify
from promotions.limits import DISCOUNTS, Given, LimitReachedError
from promotions.models import UseCounter
from tests.factories import NOON

ANN, BEN = 1, 2

OURS = [each for each in stated() if each.name.startswith("promotions.use")]


def use(discount, purchase, *, customer=ANN, amount="1.00", at=NOON):
    DISCOUNTS.claim(
        purchase=purchase,
        customer_id=customer,
        given=[Given(discount.pk, Decimal(amount))],
        at=at,
    )


def refused(discount, purchase, **how):
    with pytest.raises(LimitReachedError) as caught:
        use(discount, purchase, **how)
    assert (caught.value.limited, caught.value.offer_id) == (DISCOUNTS, discount.pk)
    return caught.value.limit


def counters(discount):
    """Customer, period, first day: how often and how much."""
    found = UseCounter.objects.filter(discount=discount).order_by("customer_id", "period")
    return [
        (each.customer_id, each.period, f"{each.since:%Y-%m-%d}", each.used, each.spent)
        for each in found
    ]


def assert_counters_are_uses():
    (finding,) = verify(OURS, at=NOON)
    assert (finding.broken, finding.evidence) == (0, [])
