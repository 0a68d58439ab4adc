"""Cancel, return and see what was bought, and read what happened (P1)."""

import json
from urllib.parse import quote

import pytest

from customers.keys import Scope
from loyalty.api_receipt_forms import EventPage, PurchaseOut, ReturnOut
from tests.api_keys import key_of
from tests.factories import make_staff
from tests.loyalty.api.receipts import EVENTS, PURCHASES, cancel, confirm, give_back, said
from tests.loyalty.api.tills import line
from tests.promotions.factories import make_discount

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return key_of(make_staff("loyalty.view_purchase"), Scope.PURCHASES_READ)


def see(client, key, receipt="R1"):
    return client.get(f"{PURCHASES}/{receipt}", headers=key)


def test_a_return_says_what_comes_back_and_the_purchase_shows_it_P1(client, till, clerk, place):
    make_discount(everything=True)
    confirm(client, till, "R1", line(quantity="3", unit_price="3.35"))
    first = give_back(client, till, id="RT1", lines=[{"id": "1", "quantity": "1"}])
    nothing = {"points_earned": "0.00", "points_spent": "0.00"}
    assert first.status_code == 201
    assert first.json() == {
        "id": "RT1",
        "receipt": "R1",
        "at": first.json()["at"],
        "currency": "EUR",
        "payable": "1.67",
        "discount": "1.68",
        **nothing,
        "points_expired": "0.00",
        "points_missing": "0.00",
        "is_rest": False,
        "lines": [
            {"id": "1", "quantity": "1", "payable": "1.67", "discount": "1.68", **nothing},
        ],
    }
    again = give_back(client, till, id="RT1", lines=[{"id": "1", "quantity": 1.0}])
    assert (again.status_code, again.json()) == (200, first.json())
    rest = give_back(client, till, id="RT2")
    assert (rest.status_code, rest.json()["is_rest"]) == (201, True)
    seen = see(client, clerk)
    assert (seen.status_code, seen.json()["returns"]) == (200, [first.json(), rest.json()])
    assert seen.json()["returned"] == {"payable": "5.02", "discount": "5.03", **nothing}
    assert seen.json()["lines"][0]["returned"] == "3"


def test_a_cancellation_is_answered_the_same_again_P1(client, till, clerk, place):
    bought = confirm(client, till).json()
    first = cancel(client, till)
    assert first.status_code == 200
    assert first.json() == bought | {"cancelled_at": first.json()["cancelled_at"]}
    assert cancel(client, till, body={"at": "2026-06-16T12:00:00Z"}).json() == first.json()
    assert see(client, clerk).json() == first.json()


def test_when_it_was_cancelled_or_returned_may_be_said(client, till, place):
    for receipt in ("R1", "R2"):
        confirm(client, till, receipt)
    at = "2026-06-16T14:00:00+02:00"
    assert cancel(client, till, "R1", {"at": at}).json()["cancelled_at"] == "2026-06-16T12:00:00Z"
    answer = give_back(client, till, "R2", id="RT1", at=at)
    assert answer.json()["at"] == "2026-06-16T12:00:00Z"


def test_nothing_is_taken_back_before_it_was_bought(client, till, clerk, place):
    """Also of a receipt that was sent late: when it was bought counts, not when it arrived."""
    confirm(client, till, "R1", at="2026-06-16T12:00:00Z")
    before = {"at": "2026-06-16T13:54:59.999999+02:00"}
    assert said(give_back(client, till, id="RT1", **before)) == (422, "moment_before")
    assert "2026-06-16T12:00:00+00:00" in cancel(client, till, body=before).json()["detail"]
    assert said(cancel(client, till, body=before)) == (422, "moment_before")
    seen = see(client, clerk).json()
    assert (seen["returns"], seen["cancelled_at"]) == ([], None)
    assert cancel(client, till).status_code == 200
    assert cancel(client, till, body=before).status_code == 200


def test_where_a_till_s_clock_is_behind_it_was_taken_back_when_it_was_bought(client, till, place):
    """Five minutes; the one that sold it may have left its own to ours."""
    for receipt in ("R1", "R2"):
        confirm(client, till, receipt, at="2026-06-16T12:00:00Z")
    behind = {"at": "2026-06-16T11:55:00Z"}
    assert give_back(client, till, "R1", id="RT1", **behind).json()["at"] == "2026-06-16T12:00:00Z"
    told = cancel(client, till, "R2", behind).json()
    assert told["cancelled_at"] == told["at"] == "2026-06-16T12:00:00Z"


@pytest.mark.parametrize("receipt", ["FV/2026/06/1", "R 1", "№ 7%", "a?b#c", "..."])
def test_receipts_are_addressed_whatever_they_are_called(client, till, clerk, place, receipt):
    assert confirm(client, till, receipt).status_code == 201
    address = quote(receipt, safe="")
    lines = [{"id": "1", "quantity": "1"}]
    assert give_back(client, till, address, id="RT/1", lines=lines).status_code == 201
    assert said(cancel(client, till, address)) == (409, "has_returns")
    assert see(client, clerk, address).json()["receipt"] == receipt


@pytest.mark.parametrize("receipt", ["R1", "%00", "x" * 99])
def test_what_nobody_bought_is_not_there(client, till, clerk, place, receipt):
    answers = [
        cancel(client, till, receipt),
        give_back(client, till, receipt, id="RT1"),
        see(client, clerk, receipt),
    ]
    assert [said(each) for each in answers] == [(404, "unknown_purchase")] * 3


@pytest.mark.django_db(transaction=True)
def test_events_are_read_from_where_one_stopped(client, till, place):
    reader = key_of(make_staff("loyalty.view_event"), Scope.EVENTS_READ)
    bought = confirm(client, till).json()
    give_back(client, till, id="RT1")

    def ask(query):
        return client.get(f"{EVENTS}{query}", headers=reader)

    first = ask("?limit=1").json()
    second = ask(f"?limit=1&after={first['next']}").json()
    third = ask(f"?after={second['next']}").json()
    items = first["items"] + second["items"]
    assert [each["kind"] for each in items] == ["purchase.confirmed", "purchase.returned"]
    assert {each["id"] for each in items} == {bought["id"]}
    assert (items[1]["return"], items[1]["payable"]) == ("RT1", "20.00")
    assert third == {"items": [], "next": second["next"]}
    EventPage.model_validate(first)
    assert said(ask("?after=nonsense")) == (422, "cursor")
    assert said(ask("?limit=0")) == (422, "malformed")


def test_the_answers_are_of_the_form_that_is_documented(client, till, clerk, place):
    confirm(client, till)
    lines = [{"id": "1", "quantity": "0.5"}]
    for model, answer in (
        (ReturnOut, give_back(client, till, id="RT1", lines=lines)),
        (PurchaseOut, see(client, clerk)),
    ):
        read = model.model_validate_json(answer.content)
        assert read.model_dump(mode="json", exclude_unset=True) == json.loads(answer.content)


def test_each_needs_its_scope_and_right(client, place):
    nobody, clerk = make_staff(), make_staff("loyalty.view_purchase", "loyalty.view_event")
    write, read, events = Scope.PURCHASES_WRITE, Scope.PURCHASES_READ, Scope.EVENTS_READ

    def all_of(headers):
        return [
            cancel(client, headers),
            give_back(client, headers, id="RT1"),
            see(client, headers),
            client.get(EVENTS, headers=headers),
        ]

    for headers, answers in (
        ({}, [(401, "no_key")] * 4),
        (key_of(nobody, Scope.PURCHASES_CALCULATE), [(403, "scope")] * 4),
        (key_of(nobody, write, read, events), [(403, "permission")] * 4),
    ):
        assert [said(each) for each in all_of(headers)] == answers
    answers = [said(each) for each in all_of(key_of(clerk, write, read, events))]
    assert answers == [(403, "permission")] * 2 + [(404, "unknown_purchase"), (200, None)]
