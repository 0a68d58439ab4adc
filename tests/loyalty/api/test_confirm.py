"""POST /purchases, and quotes that are held: what tills are answered (P1, P7)."""

import json
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.keys import Scope
from loyalty.api_receipt_forms import HeldOut, PurchaseOut
from loyalty.models import HeldQuote, Purchase
from promotions.models import DiscountItem, Use
from tests.api_keys import key_of
from tests.factories import DAY, NOON, make_customer, make_staff
from tests.loyalty.api.receipts import PURCHASES, confirm, post, said
from tests.loyalty.api.tills import ask, basket, line
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.purchases.factories import give_points
from tests.promotions.factories import make_discount, make_product

pytestmark = pytest.mark.django_db


def test_the_answer_is_what_was_calculated_and_what_became_of_it_P7(client, key, till, place):
    tea = make_product(external_id="TEA")
    DiscountItem.objects.create(discount=make_discount(name="Half", units=1), product=tea)
    ann = make_customer()
    give_points(ann, 5)
    make_personal_offer(preference="points", value=10)
    lines = [line("TEA", "2", "10.00"), line("?", "0.345", "9.9900", id="2")]
    asked = {"customer": f"id:{ann.pk}", "points_to_spend": "3"}
    told = ask(client, key, basket(*lines, **asked)).json()
    first = confirm(client, till, "R1", *lines, **asked)
    assert first.status_code == 201, first.content
    answer = first.json()
    purchase = Purchase.objects.get()
    assert answer["id"] == str(purchase.public_id)
    of_lines = [
        each | {"quantity": quantity, "unit_price": price, "returned": "0"}
        for each, quantity, price in zip(
            told["lines"], ("2", "0.345"), ("10.00", "9.99"), strict=True
        )
    ]
    del told["skipped"]
    opens_at = "2026-06-29T12:00:00Z"
    assert answer == {
        **told,
        "lines": of_lines,
        "receipt": "R1",
        "id": str(purchase.public_id),
        "customer": f"id:{ann.pk}",
        "point_of_sale": "P1",
        "at": "2026-06-15T12:00:00Z",
        "confirmed_at": purchase.confirmed_at.isoformat().replace("+00:00", "Z"),
        "cancelled_at": None,
        "points_open_at": opens_at,
        "points_expired": "0.00",
        "points_missing": "0.00",
        "returned": dict.fromkeys(("payable", "discount", "points_earned", "points_spent"), "0.00"),
        "returns": [],
    }
    again = confirm(client, till, "R1", *lines, **asked)
    assert (again.status_code, again.json()) == (200, answer)


def test_the_answers_are_of_the_form_that_is_documented(client, key, till, place):
    make_discount(name="Żółty “tea”", everything=True)
    bought = confirm(client, till, "Paragon № 7").content
    read = PurchaseOut.model_validate_json(bought)
    assert read.model_dump(mode="json", exclude_unset=True) == json.loads(bought)
    held = ask(client, till, basket(line()), "?hold=true").content
    quote = HeldOut.model_validate_json(held)
    assert str(quote.quote) == str(HeldQuote.objects.get().token)


def test_without_a_moment_it_is_now_and_again_it_is_the_same(client, till, place):
    answers = [confirm(client, till, "R1", at=None) for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 200]
    assert answers[0].json()["at"] == answers[0].json()["confirmed_at"] == answers[1].json()["at"]


def test_another_purchase_under_the_same_receipt_is_a_conflict_P1(client, till, place):
    confirm(client, till)
    assert said(confirm(client, till, "R1", line(quantity="3"))) == (409, "receipt_used")


@pytest.mark.parametrize(
    ("receipt", "fields", "answer"),
    [
        ("", {}, (422, "receipt")),
        (" ", {}, (422, "receipt")),
        ("x" * 65, {}, (422, "receipt")),
        (None, {}, (422, "malformed")),
        ("R1", {"customer": "id:999"}, (404, "unknown_customer")),
        ("R1", {"customer": "ann"}, (422, "customer_address")),
        ("R1", {"point_of_sale": "P9"}, (404, "unknown_point_of_sale")),
        ("R1", {"at": "2199-01-01T00:00:00Z"}, (422, "moment_ahead")),
        ("R1", {"at": "1899-01-01T00:00:00Z"}, (422, "moment_range")),
        ("R1", {"lines": []}, (422, "no_lines")),
        ("R1", {"lines": [line(quantity="0")]}, (422, "quantity")),
        ("R1", {"lines": [line(quantity="999999", unit_price="1000000000")]}, (422, "amount")),
        ("R1", {"points_to_spend": "1"}, (422, "points_of_nobody")),
        ("R1", {"quote": "nonsense"}, (422, "malformed")),
        ("R1", {"quote": "00000000-0000-4000-8000-000000000000"}, (409, "quote_expired")),
        ("R1", {"colour": "red"}, (422, "malformed")),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(client, till, place, receipt, fields, answer):
    body = {**basket(line()), "receipt": receipt, **fields}
    assert said(post(client, till, PURCHASES, body)) == answer
    assert not Purchase.objects.exists()


def test_a_held_quote_is_paid_as_it_was_shown_P1(client, till, place):
    discount = make_discount(everything=True, most_uses=1)
    body = basket(line())
    shown = ask(client, till, body, "?hold=true").json()
    assert shown["discount"] == "10.00"
    assert ask(client, till, body).json()["discount"] == "0.00"
    discount.value = 1
    discount.save()
    bought = confirm(client, till, quote=shown["quote"]).json()
    assert (bought["discount"], bought["id"]) == ("10.00", shown["quote"])
    assert said(confirm(client, till, "R2", quote=shown["quote"])) == (409, "quote_used")
    assert Use.objects.count() == 1


def test_who_adds_a_line_replaces_the_quote_and_keeps_the_last_use_P14(client, till, place):
    make_discount(everything=True, most_uses=1)
    first = ask(client, till, basket(line()), "?hold=true").json()
    more = basket(line(), line(id="2"))
    again = ask(client, till, more, f"?hold=true&replaces={first['quote']}").json()
    assert (first["discount"], again["discount"]) == ("10.00", "20.00")
    assert HeldQuote.objects.get().token == UUID(again["quote"])
    assert said(ask(client, till, more, "?hold=true&replaces=it")) == (422, "malformed")
    assert said(confirm(client, till, quote=first["quote"])) == (409, "quote_expired")


def test_calculating_changes_nothing_unless_it_is_to_hold_P1(client, till, place):
    make_discount(everything=True, most_uses=1)
    for query in ("", "?hold=false"):
        answer = ask(client, till, basket(line()), query).json()
        assert "quote" not in answer
    assert (HeldQuote.objects.count(), Use.objects.count()) == (0, 0)
    later = basket(line(), at=(NOON + 3000 * DAY).isoformat())
    assert said(ask(client, till, later)) == (200, None)
    assert said(ask(client, till, later, "?hold=true")) == (422, "moment_ahead")


def test_it_needs_the_scope_and_the_right_of_the_keys_maker(client, key, place):
    may = make_staff("promotions.view_discount", "loyalty.confirm_purchase")
    may_not = make_staff("promotions.view_discount")
    asked = [
        ({}, 401, "no_key"),
        (key_of(may, Scope.PURCHASES_CALCULATE, Scope.PURCHASES_READ), 403, "scope"),
        (key_of(may_not, Scope.PURCHASES_CALCULATE, Scope.PURCHASES_WRITE), 403, "permission"),
    ]
    for headers, status, code in asked:
        assert said(confirm(client, headers)) == (status, code)
        assert said(ask(client, headers, basket(line()), "?hold=true")) == (status, code)
    assert (Purchase.objects.count(), HeldQuote.objects.count()) == (0, 0)


def test_a_purchase_is_confirmed_while_queries_are_logged_as_with_debug(client, till, place):
    """What a request changes is noted for the history by a second command before the statement."""
    DiscountItem.objects.create(
        discount=make_discount(name="Half", most_uses=5), product=make_product(external_id="TEA")
    )
    with CaptureQueriesContext(connection):
        answer = confirm(client, till, "R1", line("TEA"))
    assert answer.status_code == 201, answer.content
    assert Use.objects.count() == 1
