"""One customer's cashback: crediting, spending what expires soonest, history (P8)."""

from decimal import Decimal

import pytest

from loyalty.expiry import expire_due
from loyalty.ledger import NotEnough, balance_of, balances, credit, debit, history, next_expiry
from loyalty.models import Entry, LotUse, Purpose
from loyalty.reversal import undo
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.ledgers import adjusted, assert_adds_up, customers_with, entries, lots

pytestmark = pytest.mark.django_db


def give(customer, amount, expires_at=None):
    return credit(customer_id=customer.pk, amount=Decimal(amount), expires_at=expires_at, at=NOON)


def take(customer, amount, at=NOON, **how):
    return debit(customer_id=customer.pk, amount=Decimal(amount), at=at, **how)


def test_what_expires_soonest_is_spent_first_then_what_came_first_P8():
    ann = make_customer()
    for amount, expires_at in [
        (1, None),
        (2, NOON + 2 * DAY),
        (4, NOON + DAY),
        (8, NOON + DAY),
        (16, None),
    ]:
        give(ann, amount, expires_at)
    order = []
    for _ in range(31):
        take(ann, 1)
        order += LotUse.objects.order_by("-entry_id").values_list("lot_id", flat=True)[:1]
    by_age = sorted(set(order))
    first, second, third, fourth, fifth = by_age
    assert order == [third] * 4 + [fourth] * 8 + [second] * 2 + [first] + [fifth] * 16
    assert_adds_up()


def test_one_debit_takes_from_as_many_lots_as_it_needs_P8():
    (ann,) = customers_with(3)
    give(ann, 5)
    give(ann, 7)
    take(ann, "8.50")
    assert lots(ann) == [(3, 0), (5, 0), (7, Decimal("6.50"))]
    assert list(LotUse.objects.order_by("lot_id").values_list("amount", flat=True)) == [
        3,
        5,
        Decimal("0.50"),
    ]


def test_more_than_there_is_is_refused_or_stops_at_zero_as_told_P8():
    (ann,) = customers_with("4.20")
    with pytest.raises(NotEnough) as refused:
        take(ann, "4.21")
    assert refused.value.balance == Decimal("4.20")
    assert entries(ann) == [("issued", Decimal("4.20"))]
    assert take(ann, "4.21", stops_at_zero=True).amount == Decimal("-4.20")
    assert take(ann, 1, stops_at_zero=True) == (None, 0)
    assert balance_of(ann.pk, at=NOON) == 0
    assert_adds_up()


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "1e14", "1e400", "NaN", "Infinity"])
def test_an_amount_that_is_no_whole_number_of_cents_or_no_lot_holds_is_refused_P8(amount):
    ann = make_customer()
    for deed in (credit, debit):
        with pytest.raises(ValueError, match="is no amount"):
            deed(customer_id=ann.pk, amount=Decimal(amount), at=NOON)
    assert not Entry.objects.exists()


def test_what_has_expired_is_not_there_to_be_spent_even_before_it_is_swept_P8():
    ann = make_customer()
    give(ann, 10, NOON + DAY)
    give(ann, 1)
    assert balance_of(ann.pk, at=NOON + DAY - DAY / 24) == 11
    assert balance_of(ann.pk, at=NOON + DAY) == 1
    with pytest.raises(NotEnough):
        take(ann, 2, at=NOON + DAY)
    assert expire_due(NOON + DAY) == 1
    assert entries(ann) == [("issued", 10), ("issued", 1), ("expired", -10)]
    assert_adds_up()


def test_balances_of_many_in_one_query_P8(django_assert_num_queries):
    ann, bob, eve = customers_with(1, 0, "2.50")
    with django_assert_num_queries(1):
        assert balances([ann.pk, bob.pk, eve.pk], at=NOON) == {
            ann.pk: 1,
            bob.pk: 0,
            eve.pk: Decimal("2.50"),
        }


def test_the_next_expiry_is_the_sum_of_what_ends_at_that_moment_P8(django_assert_num_queries):
    ann, bob = make_customer(), make_customer()
    assert next_expiry(ann.pk, at=NOON) is None
    give(ann, 9)
    give(ann, 1, NOON + DAY)
    give(ann, 2, NOON + 2 * DAY)
    give(ann, 3, NOON + 2 * DAY)
    give(bob, 4, NOON + DAY)
    with django_assert_num_queries(1):
        assert next_expiry(ann.pk, at=NOON) == (NOON + DAY, 1)
    assert next_expiry(ann.pk, at=NOON + DAY) == (NOON + 2 * DAY, 5)
    take(ann, 6)
    assert next_expiry(ann.pk, at=NOON) is None


def test_the_history_has_the_reasons_and_nobody_else_s_entries_D15(django_assert_num_queries):
    ann, bob = customers_with(1, 2)
    adjusted(ann, 5, comment="Happy birthday")
    adjusted(bob, -1, comment="Not for Ann")
    mistake = adjusted(ann, 3, comment="By mistake")
    undo(batch=mistake, user=None, at=NOON)
    take(ann, 2)
    with django_assert_num_queries(1):
        seen = [(e.purpose, e.amount, e.comment, e.undoes) for e in history(ann.pk)]
    assert seen == [
        (Purpose.REDEEMED, -2, None, None),
        (Purpose.ADJUSTED, -3, "By mistake", mistake.pk),
        (Purpose.ISSUED, 3, "By mistake", None),
        (Purpose.ISSUED, 5, "Happy birthday", None),
        (Purpose.ISSUED, 1, None, None),
    ]


def test_erasing_a_customer_leaves_the_sums_P8():
    ann = customers_with(1, 2)[0]
    take(ann, "0.40")
    number = ann.pk
    ann.delete()
    assert balance_of(number, at=NOON) == Decimal("0.60")
    assert sum(Entry.objects.values_list("amount", flat=True)) == Decimal("2.60")


def test_queries_of_a_credit_and_of_a_debit(django_assert_num_queries):
    (ann,) = customers_with(1)
    with django_assert_num_queries(2 + 3):
        give(ann, 1)
    with django_assert_num_queries(2 + 6):
        take(ann, 1)
