"""Points that expired are gone already: who returns lacks only what was spent of them (P1, P8)."""

import datetime as dt
from decimal import Decimal

import pytest

from loyalty.expiry import expire_due
from loyalty.ledger import balance_of, debit
from loyalty.models import Event, Programme
from loyalty.purchases import answers
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.ledgers import entries
from tests.loyalty.purchases.factories import cancelled, give_points, make_purchase, returned
from tests.loyalty.purchases.verified import broken

pytestmark = pytest.mark.django_db

LATER = NOON + 30 * DAY


@pytest.fixture
def ann():
    """With 20 points that never end; what she earns opens at once and ends after ten days."""
    Programme.objects.create(delay_days=0, lifetime_days=10)
    make_personal_offer(preference="points", value=50)
    customer = make_customer()
    give_points(customer, 20)
    return customer


def bought(ann, receipt="R1", **fields):
    """Earns 10 points, on four pieces at 5.00."""
    return make_purchase(("SKU", "4", "5.00"), receipt=receipt, customer=ann, **fields)


def told(taken):
    row = taken.returned.row
    return row.points_earned, row.points_expired, row.points_missing


def assert_whole():
    expire_due(LATER)
    assert broken(LATER) == {}


def sums(record):
    answer = answers.of_purchase(record)
    return answer["points_expired"], answer["points_missing"]


@pytest.mark.parametrize("swept", [True, False])
def test_nothing_is_missing_of_what_expired_P8(ann, swept):
    bought(ann)
    if swept:
        expire_due(LATER)
    assert told(returned("R1", line1=1, at=LATER)) == (Decimal("2.50"), Decimal("2.50"), 0)
    assert told(returned("R1", at=LATER)) == (Decimal("7.50"), Decimal("7.50"), 0)
    assert balance_of(ann.pk, at=LATER) == 20
    assert_whole()


def test_what_expired_after_a_part_came_back_is_all_that_the_rest_earned_P8(ann):
    bought(ann)
    assert told(returned("R1", line1=2)) == (5, 0, 0)
    assert told(returned("R1", at=LATER)) == (5, 5, 0)
    assert balance_of(ann.pk, at=LATER) == 20
    assert_whole()


def test_what_was_spent_is_taken_from_others_and_missing_without_P8(ann):
    """Of 10 earned 4 were spent and 6 expired: of each half 2 and 3."""
    bought(ann)
    debit(customer_id=ann.pk, amount=Decimal(4), at=NOON)
    assert told(returned("R1", line1=2, at=LATER)) == (5, 3, 0)
    assert balance_of(ann.pk, at=LATER) == 18
    debit(customer_id=ann.pk, amount=Decimal(17), at=LATER)
    taken = returned("R1", at=LATER)
    assert told(taken) == (5, 3, 1)
    answer = answers.of_return(taken.returned, taken.record)
    assert (answer["points_expired"], answer["points_missing"]) == ("3.00", "1.00")
    assert_whole()


def test_parts_of_what_expired_add_up_to_it_P8(ann):
    """Thirds of 0.01, and of what was spent."""
    bought(ann)
    debit(customer_id=ann.pk, amount=Decimal("9.99"), at=NOON)
    expired = [told(returned("R1", line1=1, at=LATER))[1] for _ in range(4)]
    assert sum(expired) == Decimal("0.01")
    assert_whole()


def test_points_that_came_back_to_a_lot_whose_part_was_taken_elsewhere_P8(ann):
    """All of it was spent, half taken from others; then it came back to its lot, and expired."""
    bought(ann)
    spent = bought(ann, "R2", points=10)
    assert told(returned("R1", line1=2)) == (5, 0, 0)
    cancelled(spent.receipt)
    expire_due(LATER)
    assert told(returned("R1", at=LATER)) == (5, 5, 0)
    assert_whole()


def test_a_cancellation_tells_apart_what_expired_and_what_is_missing_P8(ann):
    bought(ann)
    debit(customer_id=ann.pk, amount=Decimal(7), at=NOON)
    debit(customer_id=ann.pk, amount=Decimal(19), at=LATER)
    first = cancelled("R1", at=LATER)
    assert sums(first) == ("3.00", "6.00")
    content = Event.objects.latest("id").content
    assert (content["points_expired"], content["points_missing"]) == ("3.00", "6.00")
    assert entries(ann)[-1] == ("returned", -1)
    assert answers.of_purchase(cancelled("R1", at=LATER + DAY)) == answers.of_purchase(first)
    assert_whole()


def test_what_becomes_of_its_lot_later_changes_nothing_that_a_cancellation_told_P8(ann):
    """R2 was paid with what R1 earned; what comes back of that expires long after."""
    bought(ann)
    debit(customer_id=ann.pk, amount=Decimal(20), at=NOON)
    bought(ann, "R2", points=10)
    debit(customer_id=ann.pk, amount=balance_of(ann.pk, at=NOON), at=NOON)
    first = answers.of_purchase(cancelled("R1"))
    assert (first["points_expired"], first["points_missing"]) == ("0.00", "10.00")
    cancelled("R2", at=NOON + dt.timedelta(hours=1))
    expire_due(LATER)
    assert answers.of_purchase(cancelled("R1", at=LATER)) == first
    assert_whole()
