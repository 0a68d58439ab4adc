"""Tills beside uploads of items and customers' answers to them (P1, L14)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from loyalty.models import PersonalOffer
from loyalty.personal.answering import answer
from loyalty.personal.judging import Sent
from loyalty.personal.uploading import Entry, Mode, upload
from tests.factories import NOON, make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.personal.item_files import run
from tests.loyalty.purchases.factories import confirmed, make_order
from tests.loyalty.purchases.verified import broken
from tests.promotions.factories import make_product
from tests.races import at_once, held, locked, on_own_connection, wait_for_waiting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bags(place):
    """Products of each customer's own, that they have to agree to; and who has both."""
    ann, goods = make_customer(external_id="C-1"), [make_product(external_id=each) for each in "AB"]
    offer = make_personal_offer("products", name="bags", value=10)
    return ann, offer, goods


def order_of_both(ann, place):
    return make_order(("A", "1", "100"), ("B", "1", "100"), customer=ann, place=place)


def test_who_buys_while_items_are_uploaded_pays_by_the_old_ones_or_by_the_new(place, bags):
    """By file and by request, and both lines of a receipt by the same."""
    ann, offer, _ = bags
    order = order_of_both(ann, place)

    def by_request():
        for value in ("20", "30"):
            items = [Sent(target=each, value=value) for each in "AB"]
            upload([Entry(("id", ann.pk), offer.pk, items)], mode=Mode.REPLACE)

    def by_file():
        run("bags,external:C-1,A,,,,40,,", "bags,external:C-1,B,,,,40,,")

    def buying(number):
        def buy():
            sizes = []
            for turn in range(8):
                record = confirmed(f"R{number}-{turn}", order)
                sizes.append(tuple(line.discount for line in record.lines))
            return sizes

        return buy

    by_request()
    *_, first, second = at_once(by_request, by_file, buying(1), buying(2))
    assert {first for first, second in {*first, *second} if first == second} <= {20, 30, 40}
    assert all(one == other for one, other in [*first, *second])
    assert broken() == {}


def test_who_buys_while_they_answer_gets_what_was_agreed_before_or_after_L14(place, bags):
    ann, offer, goods = bags
    PersonalOffer.objects.filter(pk=offer.pk).update(needs_acceptance=True)
    run("bags,external:C-1,A,,,,40,,", "bags,external:C-1,B,,,,40,,")
    order = order_of_both(ann, place)

    def say(accepted, *products):
        answer(
            customer_id=ann.pk,
            offer_id=offer.pk,
            accepted=accepted,
            at=NOON,
            products={each.pk for each in products} or None,
        )

    def price_of(name):
        return confirmed(name, order).purchase.discount

    assert price_of("R1") == 0
    say(True)
    with ThreadPoolExecutor(1) as pool:
        with locked(held("loyalty_purchase")):
            before = pool.submit(on_own_connection, lambda: price_of("R2"))
            wait_for_waiting()
            at_once(lambda: say(False, goods[0]))
        assert before.result() == 80
    assert price_of("R3") == 40
    came = at_once(lambda: say(False), *[lambda n=n: price_of(f"R4-{n}") for n in range(6)])
    assert set(came[1:]) <= {0, 40}
    assert price_of("R5") == 0
    assert broken() == {}
