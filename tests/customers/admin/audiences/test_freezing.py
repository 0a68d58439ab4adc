"""The page that freezes an audience into a fixed list (L2)."""

import pytest
from django.utils import timezone

from customers.models import Audience
from tests.customers.admin.audiences.pages import FEBRUARY, LIST, born, of_staff
from tests.factories import make_audience
from tests.pages import page_text

pytestmark = pytest.mark.django_db


def test_freeze_now_makes_a_fixed_list_of_who_is_in_it(marketer):
    ann = born(2)
    born(3)
    audience = make_audience(FEBRUARY, name="Cakes")
    page = marketer.get(f"{LIST}{audience.pk}/freeze/")
    assert f"Cakes, {timezone.localdate():%Y-%m-%d}" in page.text
    marketer.post(f"{LIST}{audience.pk}/freeze/", {"name": "Cakes of June"})
    frozen = Audience.objects.get(name="Cakes of June")
    assert (frozen.kind, frozen.members_count) == ("static", 1)
    assert list(frozen.members.values_list("customer_id", flat=True)) == [ann.pk]


def test_freezing_needs_a_free_name_and_the_right_to_add(marketer):
    audience = make_audience(FEBRUARY, name="Cakes")
    page = marketer.post(f"{LIST}{audience.pk}/freeze/", {"name": "cakes"})
    assert "Another audience has this name." in page_text(page)
    viewer = of_staff("view", "change")
    assert viewer.post(f"{LIST}{audience.pk}/freeze/", {"name": "New"}).status_code == 403
    assert Audience.objects.count() == 1
