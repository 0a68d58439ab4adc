"""A copy of an offer fills the form, under a name that is free."""

import pytest

from offers.models import PrivateOffer
from tests.factories import make_offer, make_staff
from tests.offers.admin.forms import ADD, EDITOR
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(shops):
    return signed_in(make_staff(*EDITOR))


def test_duplicate_fills_the_form_and_saves_nothing_before_save(client, shops):
    offer = make_offer(name="june-1", altshops=shops, is_public=True, sort_order=3)
    page = client.get(ADD, {"copy": offer.pk})
    form = page.context["adminform"].form
    assert form["name"].value() == "june-1 (copy)"
    assert form["is_public"].value() is True
    assert 'name="is_public"' in page.content.decode()
    same = ["visible_name", "description", "picture", "start", "end", "sort_order", "object_id"]
    original = {name: getattr(offer, name) for name in same} | {"picture": offer.picture_id}
    assert {name: form.initial[name] for name in same} == original
    assert form["altshops"].value() == [shop.pk for shop in shops]
    assert PrivateOffer.objects.count() == 1


def test_duplicate_takes_a_name_that_is_free_and_fits(client):
    offer = make_offer(name="june")
    make_offer(name="JUNE (copy)")
    long = make_offer(name="x" * 200)

    def proposed(copied):
        return client.get(ADD, {"copy": copied.pk}).context["adminform"].form["name"].value()

    assert proposed(offer) == "june (copy 2)"
    assert proposed(long) == "x" * 193 + " (copy)"


def test_duplicate_of_what_is_not_there_is_not_found(client):
    assert client.get(ADD, {"copy": "0"}).status_code == 404
    assert client.get(ADD, {"copy": "x"}).status_code == 404
