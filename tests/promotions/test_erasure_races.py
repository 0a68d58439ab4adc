"""A customer is erased while a purchase of theirs is claimed or given back: never in a circle."""

from decimal import Decimal

import pytest

from imports.models import State
from promotions.limits import DISCOUNTS, Given
from promotions.models import EVERYBODY, Use, UseCounter
from tests.factories import NOON, make_customer
from tests.imports.runs import applied, started
from tests.promotions.factories import make_discount
from tests.promotions.uses import assert_counters_are_uses, use
from tests.races import stopped_at

pytestmark = pytest.mark.django_db(transaction=True)

LIMITS = {"most_uses": 9, "most_a_customer": 9}


def erased_after(deed, customer, *, held):
    """The deed begins and waits for the counter of all uses of the discount; so the erasure."""
    erasure = started("customer-erasure", options={"customer": customer.pk})
    counter = (
        f"SELECT FROM promotions_usecounter WHERE discount_id = {held.pk}"
        f" AND customer_id = {EVERYBODY} FOR UPDATE"
    )
    stopped_at(counter, deed, lambda: applied(erasure))
    erasure.refresh_from_db()
    assert erasure.state == State.DONE, erasure.message
    assert not Use.objects.filter(customer_id=customer.pk).exists()


def test_a_purchase_given_back_while_its_customer_is_erased_counts_for_nobody():
    ann, discount = make_customer(), make_discount(**LIMITS)
    use(discount, "R1", customer=ann.pk)
    erased_after(lambda: DISCOUNTS.give_back(purchase="R1"), ann, held=discount)
    assert Use.objects.get().is_given_back
    assert [(each.customer_id, each.used) for each in UseCounter.objects.all()] == [(EVERYBODY, 0)]
    assert_counters_are_uses()


def test_a_purchase_claimed_while_its_customer_is_erased_is_counted():
    """The counters of the second discount come first in the table."""
    ann, first, second = make_customer(), make_discount(**LIMITS), make_discount(**LIMITS)
    use(second, "R1", customer=ann.pk)
    use(first, "R2", customer=ann.pk)
    given = [Given(each.pk, Decimal("1.00")) for each in (first, second)]

    def claim_both():
        DISCOUNTS.claim(purchase="R3", customer_id=ann.pk, given=given, at=NOON)

    erased_after(claim_both, ann, held=second)
