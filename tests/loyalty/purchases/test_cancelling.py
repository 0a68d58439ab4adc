"""A cancelled purchase is as if it had never been (P1, P8, P14)."""

from decimal import Decimal

import pytest

from loyalty.ledger import balance_of, debit
from loyalty.models import Event, Programme
from loyalty.purchases import answers
from loyalty.purchases.refusals import Refusal
from promotions.models import Use, UseCounter
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.purchases.factories import (
    cancelled,
    confirmed,
    give_points,
    make_order,
    make_purchase,
    returned,
)
from tests.loyalty.purchases.verified import broken
from tests.promotions.factories import make_discount, make_point_of_sale

pytestmark = pytest.mark.django_db


def test_everything_comes_back_P1_P8_P14():
    ann, place = make_customer(), make_point_of_sale()
    give_points(ann, 5)
    make_discount(everything=True, most_a_customer=1, budget=10, currency="EUR")
    make_personal_offer(preference="points", value=10)
    order = make_order(customer=ann, place=place, points=3)
    confirmed("R1", order)
    record = cancelled("R1", at=NOON + DAY)
    assert (record.purchase.cancelled_at, record.points_missing) == (NOON + DAY, 0)
    assert balance_of(ann.pk, at=NOON + 20 * DAY) == 5
    assert (Use.objects.get().is_given_back, UseCounter.objects.get(customer_id=0).used) == (
        True,
        0,
    )
    assert confirmed("R2", order).purchase.discount == 10
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["purchase.confirmed", "purchase.cancelled", "purchase.confirmed"]
    assert broken(NOON + DAY) == {}


def test_again_nothing_happens_and_the_answer_is_the_same_P1():
    Programme.objects.create(delay_days=0)
    ann = make_customer()
    make_personal_offer(preference="points", value=10)
    make_purchase(receipt="R1", customer=ann)
    debit(customer_id=ann.pk, amount=Decimal("1.50"), at=NOON)
    first, second = cancelled("R1"), cancelled("R1", at=NOON + DAY)
    assert first.points_missing == Decimal("1.50")
    assert answers.of_purchase(second) == answers.of_purchase(first)
    assert Event.objects.count() == 2
    assert broken() == {}


def test_of_what_was_returned_in_part_nothing_is_cancelled():
    make_purchase(receipt="R1")
    returned("R1", line1=1)
    with pytest.raises(Refusal) as caught:
        cancelled("R1")
    assert caught.value.code == "has_returns"


def test_what_nobody_bought_is_not_cancelled():
    with pytest.raises(Refusal) as caught:
        cancelled("R1")
    assert caught.value.code == "unknown_purchase"


def test_a_purchase_of_somebody_who_was_erased_can_still_be_cancelled():
    ann = make_customer()
    give_points(ann, 5)
    make_personal_offer(preference="points", value=10)
    make_purchase(receipt="R1", customer=ann, points=3)
    type(ann).objects.filter(pk=ann.pk).delete()
    assert cancelled("R1").points_missing == Decimal("1.70")
    assert broken() == {}
