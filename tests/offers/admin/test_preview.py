"""The preview beside the form: the account page's card of what was typed so far."""

import pytest

from offers.models import PrivateOffer
from tests.factories import make_altshop, make_image, make_offer, make_staff
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
PREVIEW = "/admin/offers/privateoffer/preview/"


@pytest.fixture
def client():
    make_altshop(is_default=True)
    return signed_in(make_staff("offers.view_privateoffer", "offers.change_privateoffer"))


def test_preview_shows_what_was_typed_and_saves_nothing(client):
    image = make_image()
    entries = {
        "visible_name": "Ten percent off",
        "description": "On everything.\n\nReally.",
        "validity_text": "All June",
        "link": "https://shop.example.com/june",
        "type": "retail",
        "picture": image.pk,
    }
    body = client.post(PREVIEW, entries).content.decode()
    for shown in ("Ten percent off", "<p>Really.</p>", "All June", "Only in retail"):
        assert shown in body
    assert image.file.url in body
    assert 'href="https://shop.example.com/june"' in body
    assert PrivateOffer.objects.count() == 0


def test_preview_of_an_empty_form_names_what_is_missing(client):
    body = client.post(PREVIEW).content.decode()
    for shown in ("[Visible name]", "[Description]", "[Validity text]", "no-picture.svg"):
        assert shown in body


@pytest.mark.parametrize("field", ["visible_name", "description", "validity_text"])
def test_preview_escapes_what_was_typed(client, field):
    body = client.post(PREVIEW, {field: "<script>alert(1)</script>"}).content.decode()
    assert "<script" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


def test_preview_leaves_out_a_link_that_would_not_be_saved(client):
    body = client.post(PREVIEW, {"link": "javascript:alert(1)"}).content.decode()
    assert "javascript" not in body


def test_preview_leaves_out_unknown_pictures_and_types(client):
    body = client.post(PREVIEW, {"picture": "0", "type": "<b>"}).content.decode()
    assert "no-picture.svg" in body
    assert "<b>" not in body


def test_preview_changes_no_offer_that_it_is_shown_beside(client):
    offer = make_offer(visible_name="Before")
    client.post(PREVIEW, {"visible_name": "After", "id": offer.pk})
    offer.refresh_from_db()
    assert offer.visible_name == "Before"


def test_preview_is_for_those_who_may_fill_in_the_form(client):
    assert client.get(PREVIEW).status_code == 405
    viewer = signed_in(make_staff("offers.view_privateoffer"))
    assert viewer.post(PREVIEW).status_code == 403
