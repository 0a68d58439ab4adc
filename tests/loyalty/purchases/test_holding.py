"""A quote that is held is what the customer pays, whatever changes meanwhile (P1, P14)."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db.models import ProtectedError

from loyalty.ledger import debit
from loyalty.models import HeldQuote, OfferUse, OfferUseCounter, Purchase
from loyalty.purchases import answers, holding
from loyalty.tasks import give_back_held_quotes
from promotions.models import Discount, Use, UseCounter
from promotions.pricing.asked import BasketError
from tests.factories import NOON, make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.purchases.factories import (
    confirmed,
    give_points,
    make_order,
    make_purchase,
    refused,
)
from tests.loyalty.purchases.verified import broken
from tests.promotions.factories import make_discount, make_product

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)
LATE = NOON + holding.HELD


def test_what_was_shown_is_paid_whatever_changes_meanwhile(place):
    ann = make_customer()
    make_product(external_id="TEA")
    give_points(ann, 5)
    discount = make_discount(everything=True)
    make_personal_offer(preference="points", value=10)
    order = make_order(("TEA", "2", "10.00"), customer=ann, place=place, points=3)
    held = holding.hold(order=order, at=NOON)
    Discount.objects.filter(pk=discount.pk).update(value=90, name="Changed")
    purchase = confirmed("R1", order, at=LATE - SECOND, quote=held.token).purchase
    quote = held.priced.quote
    assert (purchase.discount, purchase.payable) == (quote.discount, quote.payable) == (10, 7)
    assert (purchase.public_id, purchase.at) == (held.token, NOON)
    assert purchase.effects[0]["offer"]["name"] == discount.name
    line = answers.of_purchase(confirmed("R1", order, quote=held.token))["lines"][0]
    assert (line["product"], line["quantity"], line["unit_price"]) == ("TEA", "2", "10.00")
    assert Purchase.objects.get().points_earned == quote.points_earned
    assert not HeldQuote.objects.exists()
    assert broken() == {}


def test_the_last_use_is_taken_at_once_and_never_twice_P14(place):
    make_discount(everything=True, most_uses=1)
    make_personal_offer(most_uses=1, preference="points", value=10)
    order = make_order(customer=make_customer(), place=place)
    held = holding.hold(order=order, at=NOON)
    others = make_purchase(place=place, customer=make_customer())
    bought = confirmed("R1", order, quote=held.token).purchase
    assert [(each.discount, each.points_earned) for each in (others, bought)] == [(0, 0), (10, 1)]
    assert UseCounter.objects.get().used == OfferUseCounter.objects.get().used == 1
    assert broken() == {}


def test_a_quote_that_nobody_confirms_in_time_gives_back_what_it_took(place):
    make_discount(everything=True, most_uses=1)
    order = make_order(place=place)
    tokens = [holding.hold(order=order, at=NOON + number * SECOND).token for number in range(2)]
    assert holding.give_back_expired(LATE - SECOND) == 0
    assert holding.give_back_expired(LATE) == 1
    assert [quote.token for quote in HeldQuote.objects.all()] == tokens[1:]
    assert (Use.objects.count(), UseCounter.objects.get().used) == (0, 0)
    assert make_purchase(place=place).discount == 10
    assert broken() == {}


def test_what_nobody_bought_keeps_no_offer_from_being_deleted(place):
    discount = make_discount(everything=True)
    offer = make_personal_offer(preference="points", value=10)
    holding.hold(order=make_order(place=place, customer=make_customer()), at=NOON)
    assert (Use.objects.count(), OfferUse.objects.count()) == (1, 1)
    with pytest.raises(ProtectedError):
        discount.delete()
    holding.give_back_expired(LATE)
    assert (Use.objects.count(), OfferUse.objects.count()) == (0, 0)
    discount.delete()
    offer.delete()
    assert broken() == {}


def test_who_asks_again_replaces_what_was_held_and_takes_one_use_P14(place):
    make_discount(everything=True, most_uses=1)
    make_personal_offer(most_uses=1, preference="points", value=10)
    ann, token = make_customer(), None
    for quantity in "1234":
        order = make_order(("SKU", quantity, "10.00"), customer=ann, place=place)
        held = holding.hold(order=order, at=NOON, replaces=token)
        assert held.priced.quote.discount == 5 * int(quantity)
        assert token != held.token
        token = held.token
    assert (HeldQuote.objects.get().token, Use.objects.get().amount) == (token, 20)
    assert confirmed("R1", order, quote=token).purchase.discount == 20
    assert UseCounter.objects.get().used == OfferUseCounter.objects.get().used == 1
    assert broken() == {}


def test_without_replacing_each_takes_its_own_P14(place):
    """The control."""
    make_discount(everything=True, most_uses=1)
    order = make_order(place=place)
    first, second = (holding.hold(order=order, at=NOON).priced.quote.discount for _ in range(2))
    assert (first, second) == (10, 0)


def test_what_is_bought_or_unknown_is_not_replaced(place):
    make_discount(everything=True, most_uses=1)
    order = make_order(place=place)
    token = holding.hold(order=order, at=NOON).token
    confirmed("R1", order, quote=token)
    for known in (token, uuid.uuid4()):
        held = holding.hold(order=order, at=NOON, replaces=known)
        assert held.priced.quote.discount == 0
    assert (Use.objects.get().purchase, UseCounter.objects.get().used) == (str(token), 1)
    assert broken() == {}


def test_a_basket_that_nobody_can_price_replaces_nothing(place):
    token = holding.hold(order=make_order(place=place), at=NOON).token
    wrong = make_order(("SKU", "0", "10.00"), place=place)
    with pytest.raises(BasketError):
        holding.hold(order=wrong, at=NOON, replaces=token)
    assert HeldQuote.objects.get().token == token


def test_a_periodic_task_gives_back(place):
    make_discount(everything=True, most_uses=1)
    holding.hold(order=make_order(place=place), at=NOON)
    give_back_held_quotes(timestamp=int(LATE.timestamp()) - 1)
    assert HeldQuote.objects.exists()
    give_back_held_quotes(timestamp=int(LATE.timestamp()))
    assert not HeldQuote.objects.exists()
    assert UseCounter.objects.get().used == 0


def test_it_is_refused_once_its_time_is_over(place):
    make_discount(everything=True, most_uses=1)
    order = make_order(place=place)
    token = holding.hold(order=order, at=NOON).token
    assert refused("R1", order, at=LATE, quote=token) == "quote_expired"
    holding.give_back_expired(LATE)
    assert refused("R1", order, at=LATE, quote=token) == "quote_expired"
    assert refused("R1", order, quote=uuid.uuid4()) == "quote_expired"
    assert not Purchase.objects.exists()


def test_it_is_for_the_same_basket_and_one_receipt(place):
    order = make_order(place=place)
    token = holding.hold(order=order, at=NOON).token
    other = make_order(("SKU", "3", "10.00"), place=place)
    assert refused("R1", other, quote=token) == "quote_mismatch"
    first = confirmed("R1", order, quote=token)
    assert refused("R2", order, quote=token) == "quote_used"
    assert answers.of_purchase(confirmed("R1", order, quote=token)) == answers.of_purchase(first)
    assert refused("R1", order) == "receipt_used"


def test_points_are_not_held_and_are_settled_when_it_is_confirmed(place):
    ann = make_customer()
    give_points(ann, 5)
    order = make_order(customer=ann, place=place, points=5)
    token = holding.hold(order=order, at=NOON).token
    debit(customer_id=ann.pk, amount=Decimal(1), at=NOON)
    assert refused("R1", order, quote=token) == "points_balance"
    assert HeldQuote.objects.count() == 1
    give_points(ann, 1)
    assert confirmed("R1", order, quote=token).purchase.points_spent == 5


def test_of_who_was_erased_meanwhile_nothing_is_confirmed_and_all_is_given_back(place):
    ann = make_customer()
    make_discount(everything=True, most_uses=1)
    order = make_order(customer=ann, place=place)
    token = holding.hold(order=order, at=NOON).token
    type(ann).objects.filter(pk=ann.pk).delete()
    assert refused("R1", order, quote=token) == "unknown_customer"
    holding.give_back_expired(LATE)
    assert UseCounter.objects.get().used == 0
