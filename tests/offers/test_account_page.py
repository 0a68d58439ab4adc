"""The customer's page of offers: what is on it, and above all what is not (T15–T27, T35)."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from offers.assignment import assign, withdraw
from offers.models import Image, PrivateOffer
from tests.factories import DAY, make_altshop, make_customer, make_image, make_staff, make_user
from tests.offers.account_page import PAGE, names, of, offer_now, pictures
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
MINUTE = DAY / 1440


@pytest.fixture
def shop():
    return make_altshop(host="testserver", name="Harbour")


@pytest.fixture
def ann():
    return make_customer(user=make_user())


@pytest.fixture
def client(ann):
    return signed_in(ann.user)


def test_strangers_are_sent_to_sign_in(shop):
    offer_now(altshops=[shop], is_public=True)
    response = Client().get(PAGE)
    assert (response.status_code, response.url) == (302, f"/account/sign-in/?next={PAGE}")


def test_only_what_is_theirs_is_there_nor_are_other_pictures_T20_T21_T22_T24_T26_T27(
    client, ann, shop
):
    now, elsewhere, bob = timezone.now(), make_altshop(), make_customer(user=make_user())
    mine = offer_now(altshops=[shop, elsewhere], sort_order=2)
    public = offer_now(altshops=[shop], sort_order=1, is_public=True)
    hidden = [
        offer_now(altshops=[elsewhere]),
        offer_now(altshops=[shop], is_active=False),
        offer_now(altshops=[shop], start=now + MINUTE),
        offer_now(altshops=[shop], end=now),
    ]
    for offer in [mine, *hidden]:
        assign(offer=offer, customers=[ann, bob])
    assign(offer=offer_now(altshops=[shop]), customers=[bob])
    offer_now(altshops=[elsewhere], is_public=True)
    offer_now(altshops=[shop], is_public=True, is_active=False)
    offer_now(altshops=[shop], is_public=True, start=now + MINUTE)
    offer_now(altshops=[shop], is_public=True, end=now)
    make_image()
    response = client.get(PAGE)
    assert names(response) == [public.visible_name, mine.visible_name]
    assert pictures(response) == of(public.picture, mine.picture)


def test_the_mobile_pictures_are_not_on_the_page_T30(client, shop):
    offer = offer_now(altshops=[shop], is_public=True)
    PrivateOffer.objects.update(small_image=make_image(), medium_image=make_image())
    assert pictures(client.get(PAGE)) == of(offer.picture)


def test_a_card_shows_what_is_written_and_nothing_internal_T15_T16_T17_T19(client, shop):
    offer_now(
        altshops=[shop],
        is_public=True,
        name="SYSTEM-NAME",
        object_id="OBJECT-ID",
        visible_name="Fish & <b>chips</b>",
        description="First line\nsecond <i>line</i>\n\nNext part",
        validity_text="All of <June>",
        type=PrivateOffer.Type.RETAIL,
        link='/fish?a=1&b="2"',
        image=make_image(title="INTERNAL TITLE"),
    )
    page = client.get(PAGE).content.decode()
    assert "<h2>Fish &amp; &lt;b&gt;chips&lt;/b&gt;</h2>" in page
    assert "<p>First line<br>second &lt;i&gt;line&lt;/i&gt;</p>\n\n<p>Next part</p>" in page
    assert "All of &lt;June&gt;" in page
    assert '<a class="picture" href="/fish?a=1&amp;b=&quot;2&quot;">' in page
    assert 'alt="Fish &amp; &lt;b&gt;chips&lt;/b&gt;"' in page
    assert re.findall(r'<p class="badge (\w+)">.*?</svg>(.*?)</p>', page) == [
        ("retail", "Only in retail")
    ]
    assert [word for word in ("SYSTEM-NAME", "OBJECT-ID", "INTERNAL") if word in page] == []


def test_a_picture_without_a_link_is_decoration(client, shop):
    offer_now(altshops=[shop], is_public=True, link="")
    page = client.get(PAGE).content.decode()
    assert '<div class="picture">' in page
    assert re.findall(r'alt="(.*?)"', page) == [""]


@pytest.mark.parametrize(
    ("link", "rel"),
    [
        ("https://elsewhere.example.com/a", ' rel="noopener external"'),
        ("https://testserver.evil.example.com/a", ' rel="noopener external"'),
        ("https://testserver/a", ""),
        ("/a", ""),
    ],
)
def test_links_that_lead_away_do_not_hand_over_the_window_T17(client, shop, link, rel):
    offer_now(altshops=[shop], is_public=True, link=link)
    assert f'<a class="picture" href="{link}"{rel}>' in client.get(PAGE).content.decode()


def test_offers_come_by_sort_order_then_id_T23(client, ann, shop):
    a, b, c = (
        offer_now(altshops=[shop], sort_order=order, is_public=public)
        for order, public in ((20, True), (10, False), (10, True))
    )
    assign(offer=b, customers=[ann])
    assert names(client.get(PAGE)) == [b.visible_name, c.visible_name, a.visible_name]


def test_the_type_filter_shows_that_type_only_T19(client, shop):
    offers = {
        kind: offer_now(altshops=[shop], is_public=True, type=kind) for kind in ("online", "retail")
    }
    response = client.get(PAGE, {"type": "retail"})
    assert names(response) == [offers["retail"].visible_name]
    assert pictures(response) == of(offers["retail"].picture)
    page = response.content.decode()
    assert re.findall(r'href="(\?[^"]*)" aria-current="true"', page) == ["?type=retail"]
    assert re.findall(r'<span class="count">(\d+)</span>', page) == ["2", "0", "1", "1"]


def test_an_empty_type_says_so_and_leads_back_T19(client, shop):
    offer_now(altshops=[shop], is_public=True, type="online")
    response = client.get(PAGE, {"type": "retail"})
    assert names(response) == []
    assert "Nothing of this type right now" in response.content.decode()
    assert f'href="{PAGE}">Show all offers' in response.content.decode()


def test_an_unknown_type_shows_all_and_says_so(client, shop):
    offer = offer_now(altshops=[shop], is_public=True)
    response = client.get(PAGE, {"type": "<script>"})
    assert names(response) == [offer.visible_name]
    assert "There is no such type of offer" in response.content.decode()


@pytest.mark.parametrize("make", [make_user, make_staff])
def test_who_is_no_customer_sees_the_calm_empty_page_even_if_offers_are_public_T26(shop, make):
    offer_now(altshops=[shop], is_public=True)
    response = signed_in(make()).get(PAGE)
    assert (response.status_code, names(response), pictures(response)) == (200, [], set())
    assert "No offers right now" in response.content.decode()


def test_the_page_speaks_polish_when_the_customer_chooses_so(client, shop):
    offer_now(altshops=[shop], is_public=True)
    assert '<html lang="en">' in client.get(PAGE).content.decode()
    response = client.post("/account/language/", {"language": "pl", "next": f"{PAGE}?type=online"})
    assert response.url == f"{PAGE}?type=online"
    assert '<html lang="pl">' in client.get(PAGE).content.decode()


def test_nothing_keeps_the_page_for_somebody_else(client, shop):
    headers = client.get(PAGE).headers
    assert headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_no_script_and_no_style_is_written_into_the_page(client, shop):
    offer_now(altshops=[shop], is_public=True)
    page = client.get(PAGE).content.decode()
    assert re.findall(r"<script|<style|style=|https?://", page) == []


def test_withdrawing_takes_the_offer_away_T12(client, ann, shop):
    offer = offer_now(altshops=[shop])
    assign(offer=offer, customers=[ann])
    assert names(client.get(PAGE)) == [offer.visible_name]
    withdraw(offer=offer, customers=[ann])
    assert names(client.get(PAGE)) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_for_the_session_the_user_and_the_offers(
    client, ann, shop, count, django_assert_num_queries
):
    offers = [offer_now(altshops=[shop]) for _ in range(count)]
    for offer in offers:
        assign(offer=offer, customers=[ann])
    client.get(PAGE)
    with django_assert_num_queries(3):
        assert names(client.get(PAGE)) == [offer.visible_name for offer in offers]


@pytest.mark.django_db(transaction=True)
def test_a_change_of_a_picture_is_on_the_next_page(client, shop):
    offer = offer_now(altshops=[shop], is_public=True)
    assert pictures(client.get(PAGE)) == of(offer.picture)
    other = make_image()
    PrivateOffer.objects.filter(pk=offer.pk).update(picture=other)
    assert pictures(client.get(PAGE)) == of(other)
    Image.objects.filter(pk=other.pk).update(file="gallery/0.webp")
    assert pictures(client.get(PAGE)) == {"gallery/0.webp", other.thumbnail.name}


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_between_visits_is_nobodys_own_T27(client, ann, shop):
    """Two customers with as many offers of the same type share all but what is theirs."""
    bob = make_customer(user=make_user())
    offers = {ann: offer_now(altshops=[shop]), bob: offer_now(altshops=[shop])}
    pages = {}
    for customer, offer in offers.items():
        assign(offer=offer, customers=[customer])
    for customer in (ann, bob, ann):
        browser = signed_in(customer.user)
        pages[customer] = browser.get(PAGE, {"from": f"mail-{customer.pk}"})
        assert names(pages[customer]) == [offers[customer].visible_name]
        assert pictures(pages[customer]) == of(offers[customer].picture)
    tokens, places = (
        [set(re.findall(pattern, page.content.decode())) for page in pages.values()]
        for pattern in (
            r'name="csrfmiddlewaretoken" value="(\w{64})"',
            r'name="next" value="(.*?)"',
        )
    )
    assert [len(token) for token in tokens] == [1, 1]
    assert tokens[0] != tokens[1]
    assert places == [{f"{PAGE}?from=mail-{customer.pk}"} for customer in (ann, bob)]
