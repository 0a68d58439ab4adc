"""Warnings are shown once before a discount is saved, and block nothing."""

import pytest

from promotions.models import Discount
from tests.pages import page_text
from tests.promotions.admin.discounts.forms import ADD, cards, entries
from tests.promotions.factories import make_discount, make_point_of_sale, make_product

pytestmark = pytest.mark.django_db


def contradicting(*days):
    return cards("conditions", *({"kind": "times", "days": [day]} for day in days))


def confirmation(answer):
    return answer.context["adminform"].form.confirmation


def test_what_is_not_warned_of_is_saved_at_once(client):
    assert client.post(ADD, entries()).status_code == 302


def test_a_warning_is_shown_once_and_then_saved_nevertheless(client):
    sent = entries(**contradicting(0, 1))
    shown = client.post(ADD, sent)
    assert "Nothing is saved yet. Is this meant?" in page_text(shown)
    assert "No time meets all conditions: Mon; Tue." in page_text(shown)
    assert "Please correct the error" not in page_text(shown)
    assert "In plain words 20% off each unit of any product; Mon; Tue." in page_text(shown)
    assert not Discount.objects.exists()
    answer = client.post(ADD, {**sent, "confirmation": confirmation(shown)})
    assert answer.status_code == 302
    assert Discount.objects.get().conditions.count() == 2


def test_a_confirmation_holds_for_what_was_shown_only(client):
    sealed = confirmation(client.post(ADD, entries(**contradicting(0, 1))))
    other = entries(**contradicting(2, 3), confirmation=sealed)
    assert "No time meets all conditions: Wed; Thu." in page_text(client.post(ADD, other))
    forged = entries(**contradicting(0, 1), confirmation="yes")
    assert client.post(ADD, forged).status_code == 200
    assert not Discount.objects.exists()


def test_the_basket_below_the_floor_is_shown_to_the_cent(client, settings):
    settings.MARGIN_FLOOR_PERCENT = 60
    make_point_of_sale(name="Sovetsky")
    make_product("Milk", price="2.50")
    year = {"start": "2030-01-01T00:00Z", "end": "2031-01-01T00:00Z"}
    make_discount(name="Other", value=30, everything=True, stacking="combines", **year)
    shown = page_text(client.post(ADD, entries(value="30")))
    assert (
        "A basket of 2.50 EUR could be sold for 1.22 EUR: 48.8% of its usual price, below the"
        " floor of 60%. Sovetsky · 2030-05-31 22:00 UTC · for anybody Product Quantity Usual price"
        " Payable Milk 1 2.50 1.22 This discount, “Everything” −0.75 Other −0.53 Together 2.50"
        " 1.22 EUR" in shown
    )


def test_what_can_not_be_computed_is_refused_and_not_only_warned_of(client):
    make_product(external_id="milk")
    sent = entries(scope="receipt", contents="chosen", goods="milk", **contradicting(0, 1))
    assert "Is this meant?" not in page_text(client.post(ADD, sent))
    assert client.post(ADD, {**sent, "confirmation": "anything"}).status_code == 200
