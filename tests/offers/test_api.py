"""GET /customers/{customer}/private-offers: exactly what the panel shows, and to keys only."""

import pytest
from django.test import Client

from customers.keys import ApiKey, Scope
from offers.assignment import assign
from offers.models import PrivateOffer
from tests.api_keys import key_of
from tests.factories import (
    DAY,
    NOON,
    make_altshop,
    make_audience,
    make_customer,
    make_offer,
    make_staff,
)

pytestmark = pytest.mark.django_db
AT = "2026-06-15T12:00:00Z"
FEBRUARY = {"field": "birth_date", "is": "month_in", "value": [2]}


@pytest.fixture
def key() -> dict[str, str]:
    return key_of(make_staff("offers.view_privateoffer"), Scope.PRIVATE_OFFERS_READ)


@pytest.fixture
def shop():
    return make_altshop(key="main", is_default=True)


def ask(client: Client, customer: str, key, **query):
    path = f"/api/v1/customers/{customer}/private-offers"
    return client.get(path, {"at": AT, **query}, headers=key)


def names(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [offer["visible_name"] for offer in answer.json()["items"]]


def test_a_customer_gets_what_they_see_and_nothing_of_others_T20_T27(client, key, shop):
    ann, bob = make_customer("ann@example.com"), make_customer("bob@example.com")
    other_shop = make_altshop(key="other")
    for name, customer, fields in (
        ("hers", ann, {"sort_order": 2}),
        ("his", bob, {}),
        ("off", ann, {"is_active": False}),
        ("early", ann, {"start": NOON + DAY / 2}),
        ("late", ann, {"end": NOON}),
        ("elsewhere", ann, {"altshops": [other_shop]}),
    ):
        offer = make_offer(visible_name=name, **{"altshops": [shop], **fields})
        assign(offer=offer, customers=[customer])
    make_offer(visible_name="public", is_public=True, altshops=[shop], sort_order=1)
    make_offer(visible_name="nobody's", altshops=[shop])
    assert names(ask(client, "email:ann@example.com", key)) == ["public", "hers"]
    assert names(ask(client, "email:bob@example.com", key)) == ["public", "his"]
    assert names(ask(client, "email:ann@example.com", key, altshop="other")) == ["elsewhere"]
    later = ask(client, "email:ann@example.com", key, at="2026-06-16T02:00:00+02:00")
    assert names(later) == ["public", "hers", "early"]
    for customer in (ann, bob):
        seen = PrivateOffer.objects.visible_to(customer, shop, NOON)
        answer = ask(client, f"id:{customer.pk}", key)
        assert names(answer) == [offer.visible_name for offer in seen]


@pytest.mark.parametrize(
    "address",
    [
        "email:ANN/x@Example.com",
        "phone:+48 600-100-200",
        "external:C/1",
        "email:ann%2Fx@example.com",
    ],
)
def test_a_customer_is_addressed_in_any_of_four_ways(client, key, shop, address):
    ann = make_customer("ann/x@example.com", phone="48600100200", external_id="C/1")
    assign(offer=make_offer(altshops=[shop], visible_name="hers"), customers=[ann])
    assert names(ask(client, address, key)) == ["hers"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("email:eve@example.com", 404, "unknown_customer"),
        ("email:waits@example.com", 404, "unknown_customer"),
        ("id:0", 404, "unknown_customer"),
        ("id:999999999", 404, "unknown_customer"),
        ("id:99999999999", 422, "customer_address"),
        ("id:x", 422, "customer_address"),
        ("email:eve", 422, "customer_address"),
        ("phone:12", 422, "customer_address"),
        ("external:%00", 422, "customer_address"),
        ("eve@example.com", 422, "customer_address"),
    ],
)
def test_whoever_is_no_customer_gets_no_offers_not_even_public_ones(
    client, key, shop, address, status, code
):
    waits = make_customer("waits@example.com", is_prospect=True)
    assign(offer=make_offer(altshops=[shop]), customers=[waits])
    make_offer(altshops=[shop], is_public=True)
    answer = ask(client, address, key)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_offers_are_paged_and_filtered_by_type(client, key, shop):
    make_customer("ann@example.com")
    for name, type_ in (("a", "online"), ("b", "retail"), ("c", "online")):
        make_offer(visible_name=name, type=type_, is_public=True, altshops=[shop])
    answer = ask(client, "email:ann@example.com", key, type="online", limit=1, offset=1)
    assert (names(answer), answer.json()["count"]) == (["c"], 2)


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"altshop": "nowhere"}, 404, "unknown_altshop"),
        ({"type": "cheap"}, 422, "malformed"),
        ({"at": "yesterday"}, 422, "malformed"),
        ({"at": "2026-06-15T12:00:00"}, 422, "malformed"),
        ({"at": "20260615"}, 422, "malformed"),
        ({"limit": "101"}, 422, "malformed"),
        ({"limit": "0"}, 422, "malformed"),
        ({"offset": "-1"}, 422, "malformed"),
        ({"offset": "9" * 30}, 422, "malformed"),
    ],
)
def test_what_cannot_be_asked_is_said_with_a_code(client, key, shop, query, status, code):
    make_customer("ann@example.com")
    answer = ask(client, "email:ann@example.com", key, **query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "ann@" not in answer.json()["detail"]


def test_strangers_and_keys_without_the_right_learn_nothing(client, shop):
    make_customer("ann@example.com")
    allowed = make_staff("offers.view_privateoffer")
    revoked = key_of(allowed, Scope.PRIVATE_OFFERS_READ)
    ApiKey.objects.update(revoked_at=NOON)
    cases = [
        ({}, 401, "no_key"),
        ({"Authorization": "Basic YTpi"}, 401, "no_key"),
        ({"Authorization": "Bearer bsp_guess"}, 401, "unknown_key"),
        (revoked, 401, "unknown_key"),
        (key_of(allowed, Scope.IMPORTS_WRITE), 403, "scope"),
        (key_of(make_staff(), Scope.PRIVATE_OFFERS_READ), 403, "permission"),
    ]
    for headers, status, code in cases:
        for customer in ("email:ann@example.com", "email:nobody@example.com"):
            answer = ask(client, customer, headers)
            assert (answer.status_code, answer.json()["code"]) == (status, code)
            assert ("WWW-Authenticate" in answer) == (status == 401)


def test_a_session_of_staff_is_no_key(client, shop):
    make_customer("ann@example.com")
    client.force_login(make_staff("offers.view_privateoffer"))
    assert ask(client, "email:ann@example.com", {}).status_code == 401


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_offer_can_be_written_so_is_public_stays_T25(client, key, shop, method):
    offer = make_offer(altshops=[shop])
    customer = make_customer("ann@example.com")
    path = f"/api/v1/customers/id:{customer.pk}/private-offers"
    answer = getattr(client, method)(
        path, {"is_public": True}, content_type="application/json", headers=key
    )
    assert answer.status_code == 405
    offer.refresh_from_db()
    assert offer.is_public is False


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(client, key, shop, number, django_assert_num_queries):
    ann = make_customer("ann@example.com")
    make_audience(FEBRUARY)  # else a process may know already that there are none
    for _ in range(number):
        assign(offer=make_offer(altshops=[shop]), customers=[ann])
    ask(client, "email:ann@example.com", key)
    # The key, altshop, customer, and what is known of them;
    # three for the audiences, which a test's transaction must not keep; count, offers.
    with django_assert_num_queries(9):
        assert len(names(ask(client, "email:ann@example.com", key))) == number


def test_an_answer_holds_what_a_card_needs_and_not_the_system_name_T15(client, key, shop):
    ann = make_customer("ann@example.com")
    offer = make_offer(name="secret-name", altshops=[shop], link="https://example.com/x")
    assign(offer=offer, customers=[ann])
    answer = ask(client, "email:ann@example.com", key)
    (item,) = answer.json()["items"]
    picture = f"http://testserver{offer.picture.file.url}"
    assert item == {
        "id": offer.pk,
        "visible_name": offer.visible_name,
        "description": "What you get.",
        "validity_text": "All June",
        "type": "online_and_retail",
        "link": "https://example.com/x",
        "link_type": "custom_view",
        "object_id": "42",
        "start": "2026-06-14T12:00:00Z",
        "end": "2026-06-16T12:00:00Z",
        "sort_order": 100,
        "pictures": dict.fromkeys(("picture", "small", "medium", "big"), picture),
        "because": ["email"],
    }
    assert "secret-name" not in answer.content.decode()
