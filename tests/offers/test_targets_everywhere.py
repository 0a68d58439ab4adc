"""Wherever offers are shown, people see what reaches them and nothing of each other's (T27)."""

import datetime as dt

import pytest
from django.utils import timezone

from customers.keys import Scope
from offers.assignment import assign
from tests.api_keys import key_of
from tests.factories import (
    DAY,
    make_altshop,
    make_audience,
    make_customer,
    make_group,
    make_member,
    make_offer,
    make_staff,
    make_user,
)
from tests.offers.account_page import PAGE, names
from tests.offers.admin.customers_view import address, shown
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
FEBRUARY = {"field": "birth_date", "is": "month_in", "value": [2]}
EXPECTED = {
    "ann": {"For all": ["public"], "For February": ["audience"]},
    "bob": {"For all": ["public"], "For the group": ["group"], "By e-mail": ["email", "group"]},
    "cleo": {"For all": ["public"], "By e-mail": ["email"]},
}


@pytest.fixture
def shop():
    return make_altshop(host="testserver", key="main", is_default=True)


@pytest.fixture
def people(shop):
    """Ann is in an audience, Bob in a group and assigned, Cleo assigned only."""
    born = {"ann": dt.date(1990, 2, 14), "bob": dt.date(1990, 3, 1), "cleo": None}
    found = [
        make_customer(f"{name}@example.com", birth_date=day, user=make_user())
        for name, day in born.items()
    ]
    _, bob, cleo = found
    group, now = make_group(), timezone.now()
    make_member(group, bob)
    offers = {
        name: make_offer(
            visible_name=name,
            altshops=[shop],
            sort_order=order,
            is_public=name == "For all",
            start=now - DAY,
            end=now + DAY,
        )
        for order, name in enumerate(["For all", "For February", "For the group", "By e-mail"])
    }
    make_offer(visible_name="For nobody", altshops=[shop], start=now - DAY, end=now + DAY)
    offers["For February"].audiences.add(make_audience(FEBRUARY))
    for name in ("For the group", "By e-mail"):
        offers[name].groups.add(group)
    assign(offer=offers["By e-mail"], customers=[bob, cleo])
    return dict(zip(born, found, strict=True))


def test_on_the_account_page(people):
    seen = {name: names(signed_in(person.user).get(PAGE)) for name, person in people.items()}
    assert seen == {name: list(offers) for name, offers in EXPECTED.items()}


def test_in_the_api_with_every_way_in_which_it_reaches_them(client, people):
    key = key_of(make_staff("offers.view_privateoffer"), Scope.PRIVATE_OFFERS_READ)

    def asked(person):
        path = f"/api/v1/customers/id:{person.pk}/private-offers"
        items = client.get(path, headers=key).json()["items"]
        return {item["visible_name"]: item["because"] for item in items}

    assert {name: asked(person) for name, person in people.items()} == EXPECTED


def test_where_staff_see_as_a_customer(people, shop):
    staff, now = signed_in(make_staff("offers.see_as_customer")), timezone.now()
    seen = {name: shown(staff.get(address(person, shop, now))) for name, person in people.items()}
    assert seen == {name: list(offers) for name, offers in EXPECTED.items()}
