"""The people of L3, L4 and L7 can be described; each has a neighbour who is not one of them."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from customers.audiences.index import audiences_of
from customers.audiences.members import members
from customers.models import AttributeDefinition, GroupMember
from tests.factories import (
    NOON,
    make_attribute,
    make_audience,
    make_customer,
    make_group,
    make_user,
)

pytestmark = pytest.mark.django_db
BIRTH_MONTH = {"field": "birth_date", "is": "month_in", "value": [2]}
SOVETSKY = {"field": "district", "is": "equals_any", "value": ["Sovetsky"]}
PARENTS = {"not": {"field": "children_birth_dates", "is": "is_empty"}}
CAR_OWNERS = {"not": {"field": "cars", "is": "is_empty"}}


@pytest.fixture(autouse=True)
def attributes():
    make_attribute("district", "choice", choices=["Sovetsky", "Camden"])
    make_attribute("children_birth_dates", "dates")
    make_attribute("cars", "choices", choices=["Audi", "Fiat"])
    make_attribute("tier", "choice", choices=["gold", "silver"])


def described(conditions: Any, at: dt.datetime = NOON) -> list[str]:
    """First names of those in the audience; the till, asked one by one, must say the same."""
    audience = make_audience(conditions)
    found = list(members(audience, at).order_by("first_name"))
    everybody = members(make_audience({"all": []}), at)
    assert found == [
        each for each in everybody.order_by("first_name") if audience.pk in audiences_of(each, at)
    ]
    return [each.first_name for each in found]


def test_L4_birthday_in_february():
    make_customer(first_name="Ann", birth_date=dt.date(1990, 2, 1))
    make_customer(first_name="Leap", birth_date=dt.date(1992, 2, 29))
    make_customer(first_name="March", birth_date=dt.date(1990, 3, 1))
    make_customer(first_name="Unknown")
    assert described(BIRTH_MONTH) == ["Ann", "Leap"]


def test_L4_parents_of_children_under_1():
    day = dt.timedelta(days=1)
    birthday = dt.date(2025, 6, 15)
    make_customer(first_name="Baby", children_birth_dates=[birthday + day])
    make_customer(first_name="Both", children_birth_dates=[dt.date(2015, 1, 1), NOON.date()])
    make_customer(first_name="One today", children_birth_dates=[birthday])
    make_customer(first_name="Expecting", children_birth_dates=[NOON.date() + day])
    make_customer(first_name="Empty", children_birth_dates=[])
    under_1 = {"field": "children_birth_dates", "is": "any_younger_than", "value": 1}
    assert described(under_1) == ["Baby", "Both"]


def test_L4_residents_of_sovetsky_district():
    make_customer(first_name="Ann", district="Sovetsky")
    make_customer(first_name="Ben", district="Camden")
    make_customer(first_name="Cleo")
    assert described(SOVETSKY) == ["Ann"]
    assert described({"not": SOVETSKY}) == ["Ben", "Cleo"]


def test_L4_L7_car_owners_and_parents():
    make_customer(first_name="Ann", cars=["Audi"])
    make_customer(first_name="Ben", cars=[], children_birth_dates=[dt.date(2015, 1, 1)])
    make_customer(first_name="Cleo", cars=["Fiat"], children_birth_dates=[dt.date(2015, 1, 1)])
    assert described(CAR_OWNERS) == ["Ann", "Cleo"]
    assert described(PARENTS) == ["Ben", "Cleo"]
    assert described({"all": [CAR_OWNERS, PARENTS]}) == ["Cleo"]
    assert described({"any": [CAR_OWNERS, PARENTS]}) == ["Ann", "Ben", "Cleo"]


def test_groups_custom_attributes_and_signing_in_count_too():
    group, other = make_group(), make_group()
    ann = make_customer(first_name="Ann", attributes={"tier": "gold"}, user=make_user())
    ben = make_customer(first_name="Ben", attributes={"tier": "silver"})
    GroupMember.objects.create(customer=ann, group=group)
    GroupMember.objects.create(customer=ben, group=other)
    assert described({"field": "groups", "is": "in_any", "value": [group.pk]}) == ["Ann"]
    assert described({"field": "tier", "is": "equals_any", "value": ["silver"]}) == ["Ben"]
    assert described({"field": "signed_in", "is": "is_yes"}) == ["Ann"]


def test_today_is_the_date_where_it_is_asked():
    make_customer(first_name="Ann", birth_date=dt.date(2008, 6, 16))
    grown_up = {"field": "birth_date", "is": "age_at_least", "value": 18}
    late = dt.datetime(2026, 6, 15, 23, 0, tzinfo=dt.UTC)
    assert described(grown_up, late) == []
    assert described(grown_up, late.astimezone(ZoneInfo("Europe/Warsaw"))) == ["Ann"]


def test_prospects_are_in_no_audience():
    make_customer(first_name="Ann")
    prospect = make_customer(is_prospect=True)
    everybody = make_audience({"all": []})
    assert [each.first_name for each in members(everybody, NOON)] == ["Ann"]
    assert audiences_of(prospect, NOON) == frozenset()


def test_an_audience_that_names_a_deleted_attribute_holds_nobody():
    make_customer(first_name="Ann", attributes={"tier": "gold"})
    gold = {"field": "tier", "is": "equals_any", "value": ["gold"]}
    assert described(gold) == ["Ann"]
    AttributeDefinition.objects.get(key="tier").delete()
    assert described(gold) == []
    assert described({"not": gold}) == []
