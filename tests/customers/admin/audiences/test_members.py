"""The tab that lists who is in an audience (L2)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import AudienceMember
from tests.customers.admin.audiences.pages import LIST, of_staff
from tests.factories import make_audience, make_customer
from tests.pages import links

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 3])
def test_members_are_listed_in_as_many_queries_however_many_they_are(marketer, number):
    audience = make_audience(name="Drivers")
    for n in range(number):
        member = make_customer(f"member{n}@example.com")
        AudienceMember.objects.create(customer=member, audience=audience)
    make_customer("stranger@example.com")
    address = f"{LIST}{audience.pk}/change/?tab=members"
    marketer.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = marketer.get(address)
    assert page.text.count("@example.com</td>") == number
    assert "stranger@example.com" not in page.text
    assert len(queries) == QUERIES_OF_MEMBERS


QUERIES_OF_MEMBERS = 12


def test_members_come_fifty_a_page(marketer):
    audience = make_audience(name="Drivers")
    members = [make_customer(f"m{n}@example.com") for n in range(51)]
    AudienceMember.objects.bulk_create(
        AudienceMember(customer=member, audience=audience) for member in members
    )
    page = marketer.get(f"{LIST}{audience.pk}/change/?tab=members")
    (following,) = [address for words, address in links(page) if words == "Next"]
    assert page.text.count("@example.com</td>") == 50
    page = marketer.get(f"{LIST}{audience.pk}/change/{following}")
    assert "m50@example.com" in page.text
    assert page.text.count("@example.com</td>") == 1


def test_members_are_for_who_may_see_customers():
    audience = make_audience(name="Drivers")
    AudienceMember.objects.create(customer=make_customer("m@example.com"), audience=audience)
    page = of_staff("view").get(f"{LIST}{audience.pk}/change/?tab=members")
    assert "m@example.com" not in page.text
