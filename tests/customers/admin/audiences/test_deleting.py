"""An audience is deleted after a question, and never while it is in use (L2)."""

import pytest

from customers.audiences.uses import Use, uses
from customers.models import Audience, AudienceMember
from tests.customers.admin.audiences.pages import FEBRUARY, LIST, follow, of_staff
from tests.factories import make_audience, make_customer
from tests.pages import column, page_text

pytestmark = pytest.mark.django_db


def test_what_is_in_use_is_not_deleted_and_says_by_what(marketer):
    audience = make_audience(FEBRUARY, name="Cakes")
    follow(audience, "Cake lovers")
    page = marketer.post(f"{LIST}{audience.pk}/delete/")
    assert "can't be deleted while it is in use" in page_text(page)
    assert "Customer group Cake lovers" in page_text(page)
    assert Audience.objects.count() == 1


def test_rooms_above_say_what_they_use(marketer, monkeypatch):
    audience = make_audience(FEBRUARY, name="Cakes")

    def offers(ids):
        return [
            Use(number, "Offer", "june-1", "admin:customers_audience_change", 1, "x.y")
            for number in ids
        ]

    monkeypatch.setattr("customers.audiences.uses.uses", [*uses, offers])
    assert column(marketer.get(LIST), "used_by") == ["Offer june-1"]
    assert "Offer june-1" in page_text(marketer.post(f"{LIST}{audience.pk}/delete/"))
    assert Audience.objects.count() == 1


def test_deleting_asks_first_and_takes_the_members_along(marketer):
    audience = make_audience(name="Drivers")
    AudienceMember.objects.create(customer=make_customer(), audience=audience)
    assert "will be deleted permanently" in page_text(marketer.get(f"{LIST}{audience.pk}/delete/"))
    assert Audience.objects.count() == 1
    assert marketer.post(f"{LIST}{audience.pk}/delete/").headers["Location"] == LIST
    assert (Audience.objects.count(), AudienceMember.objects.count()) == (0, 0)
    kept = make_audience(FEBRUARY)
    assert of_staff("view", "change").post(f"{LIST}{kept.pk}/delete/").status_code == 403
    assert marketer.get(f"{LIST}999999/delete/").status_code == 302
