"""Which altshop a host name leads to (T20)."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from offers.altshops import altshop_for
from offers.models import AltShop
from tests.factories import DAY, make_altshop, make_customer, make_offer, make_user


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("north.example.com", "north"),
        ("north.example.com:8000", "north"),
        ("NORTH.example.com.", "north"),
        ("www.north.example.com", "main"),
        ("north.example.com.evil.net", "main"),
        ("xnorth.example.com", "main"),
        ("[::1]:8000", "main"),
        ("", "main"),
    ],
)
def test_the_host_must_match_exactly_or_the_default_serves_it(host, key):
    shops = [
        AltShop(key="north", host="north.example.com"),
        AltShop(key="main", host="main.example.com", is_default=True),
    ]
    assert altshop_for(host, shops).key == key


def test_without_a_default_a_strange_host_has_no_altshop():
    assert altshop_for("a.example.com", [AltShop(host="b.example.com")]) is None


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (" Shop.Example.com. ", "shop.example.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_a_host_is_stored_as_browsers_send_it_T20(written, stored):
    altshop = AltShop(host=written)
    altshop.clean()
    assert altshop.host == stored
    assert altshop_for(stored, [altshop]) is altshop


@pytest.mark.parametrize(
    "written",
    ["https://shop.example.com", "shop.example.com/", "shop.example.com:8000", "a b", "ü.-"],
)
def test_what_would_never_be_met_is_no_host_T20(written):
    with pytest.raises(ValidationError, match="Write the name alone"):
        AltShop(host=written).clean()


@pytest.mark.django_db
@pytest.mark.parametrize("others", [0, 1])
def test_without_an_altshop_there_is_a_calm_page_and_no_offer(others):
    customer = make_customer(user=make_user())
    now = timezone.now()
    for _ in range(others):
        make_offer(is_public=True, start=now - DAY, end=now + DAY)
    client = Client()
    client.force_login(customer.user)
    response = client.get("/account/offers/")
    assert response.status_code == 404
    page = response.content.decode()
    assert "There is no shop at this address" in page
    assert "gallery/" not in page


@pytest.mark.django_db
def test_each_host_has_its_own_offers(settings):
    settings.ALLOWED_HOSTS = [".example.com"]
    now, customer = timezone.now(), make_customer(user=make_user())
    client = Client()
    client.force_login(customer.user)
    offers = {
        host: make_offer(
            altshops=[make_altshop(host=host, is_default=default)],
            is_public=True,
            start=now - DAY,
            end=now + DAY,
        )
        for host, default in {"a.example.com": True, "b.example.com": False}.items()
    }
    pages = {
        host: client.get("/account/offers/", headers={"host": host}).content.decode()
        for host in (*offers, "c.example.com")
    }
    shown = {
        host: [o.visible_name for o in offers.values() if o.picture.file.name in page]
        for host, page in pages.items()
    }
    a, b = (offer.visible_name for offer in offers.values())
    assert shown == {"a.example.com": [a], "b.example.com": [b], "c.example.com": [a]}
