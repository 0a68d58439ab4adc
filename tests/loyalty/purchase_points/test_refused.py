"""Whom and what no points can be of, and what the points of a purchase cost (P1)."""

from decimal import Decimal

import pytest
from django.db import transaction

from customers.models import Customer
from loyalty.models import Entry
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.ledgers import customers_with
from tests.loyalty.points import earned, given_back, not_taken, spent, taken_back
from tests.loyalty.purchase_points.deeds import FIRST, OPENS, gives

pytestmark = pytest.mark.django_db


def test_nobody_is_credited_or_debited_who_is_gone_P1():
    (ann,) = customers_with(5)
    spent(ann, FIRST, 2)
    earned(ann, FIRST, 2, opens_at=None)
    number = ann.pk
    ann.delete()
    ann.pk = number
    for deed in (spent, given_back, taken_back, lambda *a: earned(*a, opens_at=None)):
        with pytest.raises(Customer.DoesNotExist), transaction.atomic():
            deed(ann, FIRST, 1)
    assert Entry.objects.count() == 3


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN"])
def test_what_is_no_whole_number_of_cents_is_refused_P1(amount):
    ann = make_customer()
    for deed in (spent, given_back, taken_back, lambda *a: earned(*a, opens_at=None)):
        with pytest.raises(ValueError, match="is no amount"):
            deed(ann, FIRST, amount)
    assert not Entry.objects.exists()


def test_queries_of_a_purchase_s_points(django_assert_num_queries):
    (ann,) = customers_with(9)
    gives(ann, 9, NOON + DAY)
    with django_assert_num_queries(4):
        earned(ann, FIRST, 9, opens_at=OPENS)
    with django_assert_num_queries(6):
        spent(ann, FIRST, 9)
    with django_assert_num_queries(6):
        not_taken(ann, FIRST, 3, left=Decimal(9))
    with django_assert_num_queries(7):
        given_back(ann, FIRST, 3)
    with django_assert_num_queries(8):
        given_back(ann, FIRST, 6, at=NOON + DAY)
