"""Shared by the tests of the back-office of private offers."""

import pytest

from tests.browsers import staff_at_work
from tests.factories import make_altshop, make_image, make_staff
from tests.offers.admin.forms import TARGETS_SEEN
from tests.promotions.factories import make_category


@pytest.fixture
def shops():
    return [
        make_altshop(name="Main", time_zone="Europe/Warsaw", is_default=True),
        make_altshop(name="Outlet"),
    ]


@pytest.fixture
def staff_page(live_server, page):
    """A browser signed in as somebody who may make offers."""
    names = ["view_privateoffer", "add_privateoffer", "change_privateoffer"]
    offers = [f"offers.{name}" for name in [*names, "view_image", "add_image"]]
    catalogue = ["promotions.view_product", "promotions.view_category"]
    staff = make_staff(*offers, *catalogue, *TARGETS_SEEN)
    with staff_at_work(page, staff, live_server.url) as signed_in_page:
        yield signed_in_page


@pytest.fixture
def entries(shops):
    """All that a marketer must fill in, and the optional link."""
    image = make_image()
    return {
        "name": "june-1",
        "visible_name": "June",
        "description": "Ten percent off.",
        "validity_text": "All June",
        "link": "https://shop.example.com/june",
        "picture": image.pk,
        "type": "online",
        "altshops": [shops[0].pk],
        "start": "2026-06-01T00:00",
        "end": "2026-07-01T00:00",
        "sort_order": "7",
        "is_active": "on",
        "link_type": "category",
        "object_id": str(make_category().pk),
        "small_image": image.pk,
        "medium_image": image.pk,
        "big_image": image.pk,
    }
