"""Figures for the page: how many, who for example, who comes and who leaves."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from customers.audiences import counting
from customers.audiences.counting import (
    Count,
    count,
    count_again,
    difference,
    sample,
)
from customers.audiences.fields import condition_fields
from customers.audiences.tree import Node, parse
from customers.models import Audience
from tests.factories import NOON, make_attribute, make_audience, make_customer

pytestmark = pytest.mark.django_db
ADULTS = {"field": "birth_date", "is": "age_at_least", "value": 18}
NAMED_A = {"field": "first_name", "is": "starts_with", "value": "a"}


def node(conditions: Any) -> Node:
    return parse(conditions, condition_fields())


def test_a_count_says_of_how_many_and_leaves_prospects_out():
    for name in ("Ann", "Ada", "Ben"):
        make_customer(first_name=name)
    make_customer(is_prospect=True)
    found = count(node(NAMED_A), NOON)
    assert (found, round(found.share, 3)) == (Count(2, 3), 0.667)
    assert count(node({"any": []}), NOON) == Count(0, 3)


def test_the_share_of_nobody_is_none():
    assert count(node(NAMED_A), NOON).share == 0


def test_examples_are_the_first_customers_among_many_or_few(monkeypatch):
    people = [make_customer(first_name="Ann") for _ in range(7)]
    assert sample(node(NAMED_A), NOON) == people[:5]
    monkeypatch.setattr(counting, "FIRST_IDS", people[2].pk)
    assert sample(node(NAMED_A), NOON) == people[:5]
    assert sample(node(NAMED_A), NOON, 9) == people


def test_a_difference_says_who_comes_and_who_leaves():
    adult, child = dt.date(1990, 1, 1), dt.date(2020, 1, 1)
    leaves = make_customer(first_name="Ben", birth_date=adult)
    comes = make_customer(first_name="Ann", birth_date=child)
    make_customer(first_name="Ada", birth_date=adult)
    make_customer(first_name="Cleo", birth_date=child)
    found = difference(node(ADULTS), node(NAMED_A), NOON)
    assert (found.come, found.leave, found.stay) == (1, 1, 1)
    assert (found.who_come, found.who_leave) == ([comes], [leaves])
    same = difference(node(ADULTS), node({"all": [ADULTS]}), NOON)
    assert (same.come, same.leave, same.stay, same.who_come, same.who_leave) == (0, 0, 2, [], [])


def test_a_count_that_takes_too_long_is_given_up_and_leaves_the_transaction_usable():
    make_customer(first_name="Ann")

    def sleep() -> None:
        with counting.counting({"statement_timeout": "5ms"}) as cursor:
            cursor.execute("SELECT pg_sleep(10)")

    with transaction.atomic():
        with pytest.raises(ValidationError) as caught:
            sleep()
        assert caught.value.code == "too_slow"
        assert count(node(NAMED_A), NOON) == Count(1, 1)


def test_settings_for_counting_end_with_it():
    def timeout() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return str(cursor.fetchone()[0])

    before = timeout()
    with transaction.atomic():
        count(node(NAMED_A), NOON)
        assert timeout() == before


def test_counting_again_puts_the_counts_of_lists_right():
    make_customer(first_name="Ann")
    make_attribute("tier", "text")
    right = make_audience(NAMED_A)
    broken = make_audience({"field": "gone", "is": "is_empty"}, members_count=7)
    fixed = make_audience()
    assert count_again(NOON) == 2
    found = {each.pk: (each.members_count, each.counted_at) for each in Audience.objects.all()}
    assert found == {right.pk: (1, NOON), broken.pk: (0, NOON), fixed.pk: (0, None)}
