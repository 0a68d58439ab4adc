"""How many an audience holds, counted while its conditions are written (L3)."""

import datetime as dt
from contextlib import closing

import pytest
from django.db import connection

from tests.customers.admin.audiences.pages import FEBRUARY, LIST, MARCH, born, count, of_staff
from tests.factories import make_audience, make_customer, make_staff
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


def test_the_count_comes_with_share_words_and_examples(marketer):
    ann = born(2, first_name="Ann", last_name="Lee")
    born(3), born(4), born(5)
    make_customer(birth_date=dt.date(1990, 2, 1), is_prospect=True)
    assert count(marketer, FEBRUARY).json() == {
        "count": 1,
        "unit": "customer",
        "percent": 25.0,
        "share": "25.0% of all 4",
        "said": "1 customer. 25.0% of all 4",
        "sample": [{"name": "Ann Lee", "url": f"/admin/customers/customer/{ann.pk}/change/"}],
        "may_see": True,
        "words": "Birth date is in February",
    }


def test_examples_are_five_and_only_for_who_may_see_customers(marketer):
    for _ in range(7):
        born(2)
    assert len(count(marketer, FEBRUARY).json()["sample"]) == 5
    answer = count(of_staff("view"), FEBRUARY).json()
    assert (answer["count"], answer["sample"], answer["may_see"]) == (7, [], False)


def test_nobody_counts_who_may_not_see_audiences():
    for client in (signed_in(make_staff("customers.view_customer")), of_staff("delete")):
        assert count(client, FEBRUARY).status_code == 403
    assert of_staff("add").get(f"{LIST}count/").status_code == 405


def test_the_count_says_what_is_wrong(marketer):
    answer = count(marketer, {"any": [{"field": "birth_date", "is": "age_below", "value": -1}]})
    assert answer.json() == {
        "errors": [{"path": "any.0.value", "message": "Write a whole number from 0 to 150."}]
    }


def test_counting_what_is_saved_is_kept_for_the_list(marketer):
    born(2)
    audience = make_audience(FEBRUARY)
    count(marketer, MARCH, audience=audience.pk)
    audience.refresh_from_db()
    assert audience.counted_at is None
    count(marketer, FEBRUARY, audience=audience.pk)
    audience.refresh_from_db()
    assert (audience.members_count, audience.counted_at is None) == (1, False)


@pytest.mark.django_db(transaction=True)
def test_what_is_too_slow_to_count_while_typing_says_so(marketer, monkeypatch):
    """Somebody who holds the table makes any count slow."""
    moment = dt.timedelta(milliseconds=50)
    monkeypatch.setattr("customers.admin.audiences.live_count.LONGEST", moment)
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE customers_customer IN ACCESS EXCLUSIVE MODE")
        assert count(marketer, FEBRUARY).json() == {"slow": True}
