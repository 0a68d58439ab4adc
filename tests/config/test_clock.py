"""Which day it is: the same for pages, the API, offers and the count of the night."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from customers.keys import Scope, issue
from offers.models import PrivateOffer
from offers.tasks import count_audiences
from tests.factories import (
    DAY,
    make_altshop,
    make_audience,
    make_customer,
    make_group,
    make_offer,
    make_staff,
)
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
LATE = dt.datetime(2026, 6, 14, 23, 30, tzinfo=dt.UTC)  # In Warsaw it is the 15th already.
BIRTHDAY = {"field": "birth_date", "is": "anniversary_within_next_days", "value": 0}


@pytest.fixture
def people():
    shop = make_altshop(time_zone="Europe/Warsaw", is_default=True)
    born = {"utc": dt.date(1990, 6, 14), "warsaw": dt.date(1990, 6, 15)}
    return shop, {place: make_customer(birth_date=day) for place, day in born.items()}


def test_the_count_of_the_night_and_offers_take_the_day_of_the_default_altshop(people):
    shop, born = people
    make_customer(birth_date=dt.date(1991, 6, 15))
    audience = make_audience(BIRTHDAY)
    offer = make_offer(altshops=[shop], start=LATE - DAY, end=LATE + DAY)
    offer.audiences.add(audience)
    count_audiences(timestamp=int(LATE.timestamp()))
    audience.refresh_from_db()
    assert (audience.members_count, audience.counted_at) == (2, LATE)
    seen = {
        place: list(PrivateOffer.objects.visible_to(customer, shop, LATE))
        for place, customer in born.items()
    }
    assert seen == {"utc": [], "warsaw": [offer]}


def test_without_a_default_altshop_the_day_is_utcs():
    make_altshop(time_zone="Europe/Warsaw")
    make_customer(birth_date=dt.date(1990, 6, 14))
    audience = make_audience(BIRTHDAY)
    count_audiences(timestamp=int(LATE.timestamp()))
    audience.refresh_from_db()
    assert audience.members_count == 1


def test_pages_and_the_api_take_the_day_of_the_default_altshop():
    today = dt.datetime.now(dt.UTC).date()
    days = {
        zone: dt.datetime.now(ZoneInfo(zone)).date()
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago")
    }
    zone, there = next((zone, day) for zone, day in days.items() if day != today)
    make_altshop(time_zone=zone, is_default=True)
    make_customer(birth_date=today.replace(year=1996))
    celebrates = make_customer(birth_date=there.replace(year=1996))
    audience = make_audience(BIRTHDAY)
    group = make_group(type="audience", audience=audience)
    user = make_staff(is_superuser=True)
    _, secret = issue(name="crm", scopes=[Scope.GROUPS_READ], user=user, at=timezone.now())
    answer = Client().get(
        f"/api/v1/groups/{group.pk}/members", headers={"authorization": f"Bearer {secret}"}
    )
    assert [each["id"] for each in answer.json()["items"]] == [celebrates.pk]
    page = f"/admin/customers/audience/{audience.pk}/change/"
    shown = signed_in(user).get(page, {"tab": "members"}).text
    assert re.findall(r"/admin/customers/customer/(\d+)/change/", shown) == [str(celebrates.pk)]
