"""The form of a private offer (T10, T14–T31)."""

import datetime as dt

import pytest

from offers.models import PrivateOffer
from tests.factories import make_offer, make_staff
from tests.offers.admin.forms import ADD, EDITOR, LIST, changed
from tests.pages import errors, page_text, signed_in
from tests.promotions.factories import make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(shops):
    return signed_in(make_staff(*EDITOR))


def test_t14_heading_and_sections(client):
    said = page_text(client.get(ADD))
    assert said.startswith("Customers Customer private offers Customer private offer General ")
    assert " Mobile app " in said


def test_t15_to_t31_what_is_filled_in_is_saved(client, entries, shops):
    response = client.post(ADD, entries)
    assert response.headers["Location"] == LIST
    offer = PrivateOffer.objects.get()
    saved = {name: getattr(offer, name) for name in entries if name != "altshops"}
    image = offer.picture
    assert saved == {
        **{name: value for name, value in entries.items() if name != "altshops"},
        **dict.fromkeys(("picture", "small_image", "medium_image", "big_image"), image),
        "sort_order": 7,
        "is_active": True,
        # Midnight in Warsaw, which is two hours ahead of UTC in summer.
        "start": dt.datetime(2026, 5, 31, 22, 0, tzinfo=dt.UTC),
        "end": dt.datetime(2026, 6, 30, 22, 0, tzinfo=dt.UTC),
    }
    assert (list(offer.altshops.all()), offer.is_public) == ([shops[0]], False)


@pytest.mark.parametrize(
    "field",
    [
        "name",
        "visible_name",
        "description",
        "validity_text",
        "picture",
        "type",
        "altshops",
        "start",
        "end",
        "sort_order",
        "link_type",
        "object_id",
        "small_image",
        "medium_image",
        "big_image",
    ],
)
def test_t31_each_mandatory_field_is_asked_for_beside_it(client, entries, field):
    response = client.post(ADD, {name: entries[name] for name in entries if name != field})
    assert errors(response) == {field: ["This field is required."]}
    assert PrivateOffer.objects.count() == 0


def test_t17_the_link_is_optional(client, entries):
    client.post(ADD, entries | {"link": ""})
    assert PrivateOffer.objects.get().link == ""


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "shop.example.com", "//shop.example.com", "ftp://a.b", "https://"],
)
def test_t17_only_addresses_of_pages_are_links(client, entries, link):
    response = client.post(ADD, entries | {"link": link})
    assert errors(response) == {
        "link": ["Write an address that starts with https:// or with a single /."]
    }


@pytest.mark.parametrize("name", ["june-1", "JUNE-1", "June-1 "])
def test_t15_a_name_is_given_once_whatever_its_case(client, entries, name):
    make_offer(name="june-1")
    response = client.post(ADD, entries | {"name": name})
    assert errors(response) == {
        "name": ["Another offer has this name. Choose one that no offer has."]
    }
    assert PrivateOffer.objects.count() == 1


def test_t15_an_offer_keeps_its_own_name(client):
    offer = make_offer(name="june-1")
    assert changed(offer, client, name="JUNE-1").status_code == 302
    offer.refresh_from_db()
    assert offer.name == "JUNE-1"


@pytest.mark.parametrize("end", ["2026-06-01T00:00", "2026-05-31T23:59"])
def test_t22_the_end_must_be_after_the_start(client, entries, end):
    response = client.post(ADD, entries | {"end": end})
    assert errors(response) == {"end": ["The end date must be after the start date."]}


@pytest.mark.parametrize(
    ("field", "moment"), [("start", "0001-01-01T00:00"), ("end", "9999-12-31T23:59:59")]
)
def test_t21_t22_a_moment_that_no_list_could_show_is_refused(client, entries, field, moment):
    response = client.post(ADD, entries | {field: moment})
    assert errors(response) == {field: ["Give a moment from 1900 to 2199 (UTC)."]}


def test_t21_a_moment_that_the_clock_skips_is_refused(client, entries):
    response = client.post(ADD, entries | {"start": "2026-03-29T02:30"})
    assert list(errors(response)) == ["start"]
    assert "Europe/Warsaw" in errors(response)["start"][0]


def test_t21_t22_the_zone_is_named_and_dates_are_shown_in_it(client, shops):
    offer = make_offer(altshops=shops, start=dt.datetime(2026, 6, 1, 22, 0, 30, tzinfo=dt.UTC))
    page = client.get(f"{LIST}{offer.pk}/change/")
    assert 'value="2026-06-02T00:00:30"' in page.content.decode()
    assert "Visible to customers from this moment (Europe/Warsaw)." in page_text(page)
    assert "Hidden from customers from this moment (Europe/Warsaw)." in page_text(page)


def test_t24_t25_an_offer_is_active_and_not_public_unless_said_otherwise(client):
    form = client.get(ADD).context["adminform"].form
    assert (form["is_active"].value(), form["is_public"].value()) == (True, False)


def test_t25_public_can_be_set_on_creation(client, entries):
    client.post(ADD, entries | {"is_public": "on"})
    assert PrivateOffer.objects.get().is_public is True


@pytest.mark.parametrize("is_public", [True, False])
def test_t25_public_cannot_be_changed_later_not_even_by_a_crafted_request(client, is_public):
    offer = make_offer(is_public=is_public, visible_name="Before")
    page = client.get(f"{LIST}{offer.pk}/change/")
    assert 'name="is_public"' not in page.content.decode()
    assert "Can be set only when the offer is created." in page_text(page)
    crafted = {"visible_name": "After"} | ({} if is_public else {"is_public": "on"})
    assert changed(offer, client, **crafted).status_code == 302
    offer.refresh_from_db()
    assert (offer.visible_name, offer.is_public) == ("After", is_public)


def test_t10_edit_is_the_same_form(client, shops):
    offer = make_offer(altshops=shops)
    edit = client.get(f"{LIST}{offer.pk}/change/").context["adminform"].form
    add = client.get(ADD).context["adminform"].form
    assert {*edit.fields, "is_public"} == {*add.fields}
    assert changed(offer, client, sort_order="3", altshops=[shops[1].pk]).status_code == 302
    offer.refresh_from_db()
    assert (offer.sort_order, list(offer.altshops.all())) == (3, [shops[1]])


def test_t20_pictures_and_altshops_without_javascript_are_plain_choices(client, shops, entries):
    body = client.get(ADD).content.decode()
    assert '<select name="altshops"' in body
    assert '<select name="picture"' in body


def test_t31_save_and_cancel_only(client):
    page = client.get(ADD)
    body = page.content.decode()
    assert 'name="_save"' in body
    assert "_continue" not in body
    assert "_addanother" not in body
    assert " Cancel" in page_text(page)


def test_t31_a_refused_form_keeps_what_was_typed(client, entries):
    body = client.post(ADD, entries | {"object_id": ""}).content.decode()
    assert 'value="June"' in body
    assert "Ten percent off." in body


def test_t29_what_the_object_id_names_is_told_beside_it(client, entries):
    cakes = make_category("Honey cakes", parent=make_category("Cakes"))
    offer = make_offer(link_type="category", object_id=str(cakes.pk))
    client = signed_in(make_staff(*EDITOR))
    assert "Cakes › Honey cakes" in page_text(client.get(f"{LIST}{offer.pk}/change/"))
    unknown = client.post(ADD, entries | {"link_type": "product", "object_id": "1"})
    assert errors(unknown) == {"object_id": ["There is no product with this internal ID."]}
    assert PrivateOffer.objects.count() == 1


def test_form_needs_the_permission_for_what_it_does(entries):
    offer = make_offer(visible_name="Before")
    viewer = signed_in(make_staff("offers.view_privateoffer"))
    adder = signed_in(make_staff("offers.add_privateoffer"))
    assert viewer.get(ADD).status_code == 403
    assert viewer.post(ADD, entries).status_code == 403
    assert viewer.post(f"{LIST}{offer.pk}/change/", entries).status_code == 403
    assert adder.post(f"{LIST}{offer.pk}/change/", entries).status_code == 403
    # A copy shows the copied offer.
    assert adder.get(ADD, {"copy": offer.pk}).status_code == 403
    assert list(PrivateOffer.objects.values_list("visible_name")) == [("Before",)]
