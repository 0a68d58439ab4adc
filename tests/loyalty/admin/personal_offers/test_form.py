"""Personal offers are filled in as Who, What, When and where, Limits, Look (L2, L5, L6, L8)."""

import datetime as dt
from decimal import Decimal

import pytest

from loyalty.models import PersonalOffer
from loyalty.personal.composition import compositions_of, faults_of
from tests.factories import make_audience, make_group, make_image
from tests.loyalty.admin.personal_offers.forms import ADD, ALL_SEEN, entries, names
from tests.pages import links, page_text, staff_with
from tests.promotions.factories import (
    make_category,
    make_point_of_sale,
    make_product,
    make_product_group,
)

pytestmark = pytest.mark.django_db


def test_l6_l7_thirty_per_cent_off_birthday_cakes_for_those_born_in_february(client):
    make_product("Birthday cake", external_id="CAKE")
    make_category("Cakes", external_id="CAKES")
    make_product_group("Sweets")
    shop = make_point_of_sale(name="Sovetsky", channel="retail")
    make_point_of_sale(name="Elsewhere")
    born, group = make_audience({"all": []}, name="Born in February"), make_group(title="Parents")
    make_audience({"all": []}, name="Others")
    picture, small = make_image(), make_image()
    answer = client.post(
        ADD,
        entries(
            whom="some",
            for_audiences=[born.pk],
            for_groups=[group.pk],
            contents="chosen",
            goods="CAKE\ncategory:CAKES\ngroup:Sweets",
            quantity="2",
            units="3",
            days=["0", "4"],
            from_hour="09:00",
            to_hour="12:00",
            retail=[shop.pk],
            needs_acceptance="on",
            priority="7",
            stacking="combines",
            most_uses="500",
            most_a_customer="1",
            channels=["account", "till"],
            sort_order="3",
            text="On all our cakes.",
            validity_text="In your month",
            picture=picture.pk,
            phone_picture=small.pk,
            title_pl="Wszystkiego najlepszego",
            text_pl="Na torty.",
        ),
    )
    assert answer.status_code == 302
    offer = PersonalOffer.objects.get()
    assert names(offer) == {
        "product": ["Birthday cake"],
        "category": ["Cakes"],
        "product_group": ["Sweets"],
        "point_of_sale": ["Sovetsky"],
        "customer_group": ["Parents"],
        "audience": ["Born in February"],
    }
    stored = {
        "mechanic": "audience",
        "all_customers": False,
        "everything": False,
        "preference": "discount",
        "method": "percentage",
        "value": Decimal(30),
        "scope": "units",
        "quantity": 2,
        "units": 3,
        "start": dt.datetime(2030, 5, 31, 22, tzinfo=dt.UTC),
        "end": dt.datetime(2030, 6, 30, 22, tzinfo=dt.UTC),
        "days": [0, 4],
        "from_hour": dt.time(9),
        "to_hour": dt.time(12),
        "priority": 7,
        "stacking": "combines",
        "needs_acceptance": True,
        "most_uses": 500,
        "most_a_customer": 1,
        "channels": ["account", "till"],
        "sort_order": 3,
        "text": "On all our cakes.",
        "validity_text": "In your month",
        "picture": picture,
        "phone_picture": small,
    }
    assert {name: getattr(offer, name) for name in stored} == stored
    (polish,) = offer.texts.all()
    assert (polish.language, polish.title, polish.text, polish.validity_text) == (
        *("pl", "Wszystkiego najlepszego"),
        *("Na torty.", ""),
    )


@pytest.mark.parametrize("mechanic", ["products", "categories", "product_groups"])
def test_l9_l10_of_items_the_size_is_a_fall_back_and_goods_do_not_count(client, mechanic):
    make_product(external_id="CAKE")
    sent = entries(
        mechanic=mechanic,
        identifiers="internal",
        whom=None,
        contents="chosen",
        goods="CAKE\nunknown",
        value="",
        quantity="2",
    )
    assert client.post(ADD, sent).status_code == 302
    offer = PersonalOffer.objects.get()
    assert (offer.mechanic, offer.identifiers, offer.value) == (mechanic, "internal", None)
    assert (offer.everything, offer.all_customers, offer.quantity) == (False, False, 2)
    assert names(offer) == {}


@pytest.mark.parametrize("may_upload", [True, False])
def test_l10_whoever_made_an_offer_of_items_is_told_what_comes_next(may_upload):
    client = staff_with(*ALL_SEEN, *(["loyalty.import_items"] if may_upload else []))
    answer = client.post(ADD, entries(mechanic="products"), follow=True)
    offer = PersonalOffer.objects.get()
    assert "It is a draft until customers have items." in page_text(answer)
    way = ("Upload items", f"/admin/imports/job/add/?type=personal-offer-items&offer={offer.pk}")
    assert links(answer).count(way) == (2 if may_upload else 0)  # told, and in its row


def test_of_an_audience_nothing_comes_next(client):
    answer = client.post(ADD, entries(), follow=True)
    assert len(answer.context["messages"]) == 1


def test_l20_receipt_amounts_are_on_the_receipt_whatever_was_hidden(client):
    sent = entries(
        mechanic="receipt_amount",
        whom=None,
        contents=None,
        preference="points",
        value="",
        currency="EUR",
        scope="units",
        quantity="",
        units="4",
    )
    make_point_of_sale()
    assert client.post(ADD, sent).status_code == 302
    offer = PersonalOffer.objects.get()
    assert (offer.scope, offer.quantity, offer.units, offer.currency) == ("receipt", 1, None, "EUR")


def test_items_may_be_narrowed_to_an_audience(client):
    audience = make_audience({"all": []}, name="Parents")
    sent = entries(mechanic="products", whom="all", for_audiences=[audience.pk])
    assert client.post(ADD, sent).status_code == 302
    assert names(PersonalOffer.objects.get()) == {"audience": ["Parents"]}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"preference": "points", "value": "500", "method": "amount"},
        {"preference": "points", "value": "150"},
        {"scope": "receipt", "contents": "all"},
        {"scope": "lines", "units": "5"},
        {"mechanic": "categories", "value": ""},
        {"mechanic": "receipt_amount", "currency": "EUR"},
        {"method": "amount", "currency": "EUR", "budget": "100.50"},
    ],
)
def test_what_is_saved_the_engine_can_compute(client, changed):
    make_point_of_sale()
    assert client.post(ADD, entries(**changed)).status_code == 302
    offer = PersonalOffer.objects.get()
    assert faults_of(compositions_of([offer])[offer.pk]) == ()
