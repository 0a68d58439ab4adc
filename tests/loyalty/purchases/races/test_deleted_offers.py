"""Tills beside marketers who delete an offer or switch it off (P8)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from loyalty.models import OfferUse, PersonalOffer
from loyalty.personal import removal
from promotions import limits
from promotions.models import Use
from tests.factories import make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.purchases.factories import confirmed, make_order
from tests.loyalty.purchases.races.deeds import BROKEN_KEY, came_of
from tests.loyalty.purchases.verified import broken
from tests.promotions.factories import make_discount
from tests.races import at_once, held, locked, on_own_connection, stopped_at, wait_for_waiting

pytestmark = pytest.mark.django_db(transaction=True)

OFFERS = {
    "discount": (
        lambda: make_discount(everything=True),
        lambda offer: offer.delete(),
        "promotions_discount",
        Use,
    ),
    "personal": (
        lambda: make_personal_offer(value=50),
        lambda offer: removal.remove(offer=offer),
        "loyalty_personaloffer",
        OfferUse,
    ),
}


@pytest.mark.parametrize("kind", OFFERS)
def test_an_offer_that_is_deleted_while_it_is_confirmed_gives_nothing(place, kind):
    make, delete, table, uses = OFFERS[kind]
    offer, ann = make(), make_customer()
    assert buy_while_deleting(place, ann, offer, delete, table) == 0
    assert not uses.objects.exists()
    assert broken() == {}


def test_without_holding_the_offer_its_use_has_nothing_to_refer_to(monkeypatch, place):
    """The control."""
    monkeypatch.setattr(limits, "SHARE", limits.SHARE.removesuffix(" FOR KEY SHARE"))
    limits.written.cache_clear()
    make, delete, table, _ = OFFERS["discount"]
    assert buy_while_deleting(place, make_customer(), make(), delete, table) == BROKEN_KEY
    limits.written.cache_clear()


def buy_while_deleting(place, customer, offer, delete, table):
    """The purchase is priced with the offer, and then waits for it."""
    order = make_order(customer=customer, place=place)
    buy = came_of(lambda: confirmed("R1", order).purchase.discount)
    with ThreadPoolExecutor(1) as pool:
        with locked(f"SELECT FROM {table} WHERE id = %s FOR UPDATE", offer.pk):
            buying = pool.submit(on_own_connection, buy)
            wait_for_waiting()
            delete(offer)
        return buying.result()


@pytest.mark.parametrize("kind", OFFERS)
def test_an_offer_that_is_confirmed_while_it_is_deleted_stays(place, kind):
    make, delete, _table, uses = OFFERS[kind]
    offer, order = make(), make_order(customer=make_customer(), place=place)

    def deleted():
        try:
            with transaction.atomic():
                return delete(offer)
        except (ProtectedError, IntegrityError):
            return "in use"

    came = stopped_at(
        held("loyalty_purchase"), lambda: confirmed("R1", order).purchase.discount, deleted
    )
    assert came == [10, "in use"]
    assert uses.objects.count() == 1
    assert broken() == {}


def test_an_offer_that_is_switched_off_gives_to_who_was_priced_before_and_to_nobody_after(place):
    offer, order = make_personal_offer(value=50), make_order(customer=make_customer(), place=place)
    with ThreadPoolExecutor(1) as pool:
        with locked(held("loyalty_purchase")):
            before = pool.submit(
                on_own_connection, lambda: confirmed("R1", order).purchase.discount
            )
            wait_for_waiting()
            at_once(lambda: PersonalOffer.objects.filter(pk=offer.pk).update(is_active=False))
        assert before.result() == 10
    assert confirmed("R2", order).purchase.discount == 0
    assert broken() == {}
