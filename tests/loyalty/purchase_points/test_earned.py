"""What a purchase earns is pending, and then open (P1, P8)."""

from decimal import Decimal

import pytest

from loyalty.expiry import expire_due
from loyalty.ledger import NotEnough, next_expiry, pending_of
from loyalty.preview import preview
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.ledgers import adjusted, customers_with, entries, group_of, lots, posted, undone
from tests.loyalty.points import earned, not_taken, spent
from tests.loyalty.purchase_points.deeds import FIRST, OPENS, SECOND, balance

pytestmark = pytest.mark.django_db

FAR = NOON + 36_500 * DAY  # jobs look at the clock


def test_what_was_earned_is_pending_and_then_open_P1_P8(django_assert_num_queries):
    (ann,) = customers_with(3)
    assert pending_of(ann.pk, at=NOON) is None
    earned(ann, FIRST, 10, opens_at=OPENS, expires_at=OPENS + DAY)
    earned(ann, SECOND, "2.40", opens_at=OPENS + DAY / 2)
    earned(make_customer(), 3, 50, opens_at=OPENS)
    assert (balance(ann), next_expiry(ann.pk, at=NOON)) == (3, None)
    with django_assert_num_queries(1):
        assert pending_of(ann.pk, at=NOON) == (Decimal("12.40"), OPENS, 10)
    assert balance(ann, OPENS) == 13
    assert next_expiry(ann.pk, at=OPENS) == (OPENS + DAY, 10)
    assert pending_of(ann.pk, at=OPENS) == (Decimal("2.40"), OPENS + DAY / 2, Decimal("2.40"))
    assert pending_of(ann.pk, at=OPENS + DAY) is None
    assert balance(ann, OPENS + DAY) == Decimal("5.40")
    assert entries(ann)[1:] == [("issued", 10), ("issued", Decimal("2.40"))]


def test_what_is_pending_can_t_be_spent_P1():
    (ann,) = customers_with(3)
    earned(ann, FIRST, 10, opens_at=OPENS)
    with pytest.raises(NotEnough) as refused:
        spent(ann, SECOND, "3.01")
    assert refused.value.balance == 3
    spent(ann, SECOND, 3)
    assert lots(ann) == [(3, 0), (10, 10)]
    spent(ann, 3, 10, at=OPENS)
    assert lots(ann) == [(3, 0), (10, 0)]


def test_staff_set_and_deduct_what_can_be_spent_and_leave_the_pending_D12_D13():
    ann, bob = customers_with(3, 3)
    for each in (ann, bob):
        earned(each, each.pk, 10, opens_at=FAR)
    group = group_of(ann, bob)
    foreseen = preview(group=group, mode="relative", amount=Decimal(-5), at=NOON)
    assert (foreseen.before, foreseen.total, foreseen.cut) == (6, -6, 2)
    taken = posted(group, -5)
    assert (taken.total, taken.shortfall) == (-6, 4)
    assert [balance(each) for each in (ann, bob)] == [0, 0]
    undone(taken)
    adjusted(ann, 0, "absolute")
    adjusted(bob, 8, "absolute")
    assert [balance(each) for each in (ann, bob)] == [0, 8]
    assert {pending_of(each.pk, at=NOON).amount for each in (ann, bob)} == {10}


def test_points_of_a_late_receipt_may_be_over_at_once_P1():
    ann = make_customer()
    earned(ann, FIRST, 5, opens_at=NOON - 9 * DAY, expires_at=NOON - 2 * DAY)
    assert (balance(ann), pending_of(ann.pk, at=NOON)) == (0, None)
    assert not_taken(ann, FIRST, 2) == (2, 0)
    expire_due(NOON)
    assert entries(ann) == [("issued", 5), ("expired", -5)]
