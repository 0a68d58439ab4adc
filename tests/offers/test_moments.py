"""Far moments, as the API and "See as customer" are asked about them: clear errors, both ends."""

import datetime as dt
from urllib.parse import quote

import pytest

from customers.keys import Scope
from offers.models import PrivateOfferAudience
from tests.api_keys import key_of
from tests.factories import make_altshop, make_audience, make_customer, make_offer, make_staff
from tests.offers.admin.customers_view import CHOOSE, shown
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
REFUSED = "Give a moment from 1900 to 2199 (UTC)."
CONDITIONS = [
    {"field": "birth_date", "is": "age_at_least", "value": 18},
    {"field": "birth_date", "is": "age_below", "value": 150},
    {"field": "birth_date", "is": "within_next_days", "value": 36_500},
    {"field": "birth_date", "is": "within_last_days", "value": 36_500},
    {"field": "birth_date", "is": "anniversary_within_next_days", "value": 364},
]
TAKEN = ["1900-01-01T00:00:00Z", "1900-01-01T14:00:00+14:00", "2199-12-31T11:59:59-12:00"]
TOO_FAR = [
    "0001-01-01T00:00:00+14:00",
    "0001-01-01T00:00:00Z",
    "0010-01-01T00:00:00Z",
    "1900-01-01T00:00:00+14:00",
    "2199-12-31T23:59:59-12:00",
    "2200-01-01T00:00:00Z",
    "9999-12-20T00:00:00Z",
    "9999-12-31T23:59:59-12:00",
]


@pytest.fixture(params=["Pacific/Kiritimati", "Etc/GMT+12"])
def shop(request):
    """First and last on earth. An offer is for audiences that reckon with dates."""
    shop = make_altshop(key="main", time_zone=request.param, is_default=True)
    always = {"start": dt.datetime(1800, 1, 1, tzinfo=dt.UTC)}
    always |= {"end": dt.datetime(2300, 1, 1, tzinfo=dt.UTC)}
    offer = make_offer(visible_name="For some age", altshops=[shop], **always)
    for condition in CONDITIONS:
        audience = make_audience({"all": [condition]})
        PrivateOfferAudience.objects.create(offer=offer, audience=audience)
    return shop


@pytest.fixture
def ann():
    return make_customer("ann@example.com", birth_date="1990-02-14")


@pytest.fixture
def staff():
    return signed_in(make_staff("offers.see_as_customer"))


@pytest.fixture
def key():
    return key_of(make_staff("offers.view_privateoffer"), Scope.PRIVATE_OFFERS_READ)


def ask(client, key, at):
    path = "/api/v1/customers/email:ann@example.com/private-offers"
    return client.get(path, {"at": at}, headers=key)


def test_the_first_and_the_last_moments_are_answered(client, key, staff, shop, ann):
    for at in TAKEN:
        items = ask(client, key, at).json()["items"]
        assert [offer["visible_name"] for offer in items] == ["For some age"], at
        chosen = staff.get(CHOOSE, {"customer": ann.email, "altshop": shop.pk, "at": at})
        assert shown(staff.get(chosen.headers["Location"])) == ["For some age"], at


def test_what_is_further_is_an_error_in_the_api(client, key, shop, ann):
    error = {"detail": f"at: {REFUSED}", "code": "moment_range"}
    for at in TOO_FAR:
        answer = ask(client, key, at)
        assert (answer.status_code, answer.json()) == (422, error), at


def test_what_is_further_is_an_error_beside_the_field_and_no_page(staff, shop, ann):
    for at in (*TOO_FAR, "0001-01-01T00:00", "9999-12-31T23:59:59"):
        page = staff.get(CHOOSE, {"customer": ann.email, "altshop": shop.pk, "at": at})
        assert page.context["form"].errors == {"at": [REFUSED]}, at
        assert REFUSED in page.text
        assert staff.get(f"{CHOOSE}{ann.pk}/{shop.key}/{quote(at)}/").status_code == 404


def test_the_description_of_the_api_names_every_code(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    asked = paths["/api/v1/customers/{customer}/private-offers"]["get"]
    said = {status: answer.get("description") for status, answer in asked["responses"].items()}
    assert said["404"] == "Code: `unknown_altshop`, `unknown_customer`"
    assert said["422"] == "Code: `malformed`, `moment_range`, `customer_address`"
    (at,) = [each for each in asked["parameters"] if each["name"] == "at"]
    assert "from 1900 to 2199 (UTC)" in at["description"]
