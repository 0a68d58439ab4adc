"""The people of L3, L4 and L7 can be described, counted and shown."""

import datetime as dt

import pytest

from customers.audiences.counting import Count, count, matching, sample
from customers.audiences.fields import condition_fields
from customers.audiences.tree import parse
from tests.factories import NOON, make_customer

pytestmark = pytest.mark.django_db


def test_born_in_february():
    anna = make_customer(birth_date=dt.date(1990, 2, 14))
    make_customer(birth_date=dt.date(1990, 3, 14))
    make_customer()
    node = parse({"field": "birth_date", "is": "month_in", "value": [2]}, condition_fields())
    assert list(matching(node, NOON)) == [anna]
    assert count(node, NOON) == Count(1, 3)
    assert sample(node, NOON) == [anna]
