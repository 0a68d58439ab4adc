"""The demo's personal offers and purchases: what Anna has of each, and what became of it."""

import datetime as dt
import io
from collections import Counter

import pytest
from django.core.management import call_command

from config import demo
from customers.models import Customer
from loyalty.ledger import balance_of, pending_of
from loyalty.models import OfferAnswer, OfferItems, PersonalOffer, Purchase, Return
from loyalty.personal.mine import mine_of
from tests.config.test_demo import AT, load, plain_pictures

pytestmark = pytest.mark.django_db
HERS = {
    "babys-first-year": "open",
    "for-your-children": "open",
    "sovetsky-points": "open",
    "car-points": "open",
    "handbag-then-purse": "pending",
    "decorative-cosmetics": "accepted",
    "all-for-school-points": "pending",
    "points-for-big-receipts": "open",
    "money-off-big-receipts": "declined",
    "two-pizzas-at-the-weekend": "open",
}


@pytest.fixture
def anna():
    load(customers=120)
    return Customer.objects.get(email=demo.CUSTOMER)


def states_of(customer: Customer, at: dt.datetime) -> dict[str, str]:
    _, mine = mine_of("id", customer.pk, at, upcoming=True)
    return {each.offer.name: str(each.state) for each in mine}


def test_anna_has_each_of_hers_in_every_state(anna):
    assert states_of(anna, AT) == HERS
    _, now = mine_of("id", anna.pk, AT)
    assert HERS.keys() - {each.offer.name for each in now} == {"two-pizzas-at-the-weekend"}
    pieces = {each.offer.name: [str(piece.state) for piece in each.pieces] for each in now}
    assert pieces["handbag-then-purse"] == ["accepted"], "the purse comes later"
    _, later = mine_of("id", anna.pk, AT + dt.timedelta(days=10))
    bags = next(each for each in later if each.offer.name == "handbag-then-purse")
    assert [str(piece.state) for piece in bags.pieces] == ["pending"]


def test_others_have_items_too_and_have_answered_in_every_way(anna):
    offers = dict(PersonalOffer.objects.values_list("pk", "name"))
    number = Counter(offers[row.offer_id] for row in OfferItems.objects.all())
    assert number == {name: count for name, count in number.items() if count in (30, 31)}
    assert set(number) == {name for name in HERS if "-first-" not in name} - {
        *("for-your-children", "sovetsky-points", "car-points", "two-pizzas-at-the-weekend")
    }
    said = Counter(OfferAnswer.objects.values_list("accepted", flat=True))
    assert min(said[True], said[False]) > 20
    assert PersonalOffer.objects.filter(count__customers__gt=0).count() == len(number)


def test_her_receipts_came_back_in_part_and_all_invariants_hold(anna):
    hers = Purchase.objects.filter(customer_id=anna.pk).order_by("at")
    assert hers.count() == 7
    assert [bought.receipt for bought in hers if bought.cancelled_at] == ["P2-9601"]
    assert Return.objects.get().customer_id == anna.pk
    assert {bought.receipt for bought in hers if bought.points_spent} == {"harbour-market-9801"}
    names = {
        each["offer"]["name"]
        for bought in hers
        for each in bought.effects
        if each["offer"]["kind"] == "personal_offer"
    }
    assert names == {
        "5% back in points, next door",
        "The more you buy, the more points",
        "10% in points on all for your car",
        "First the bag, then the purse",
        "20% off decorative cosmetics",
        "15% off in your baby's first year",
        "Another 5% off everything for children",
    }
    assert balance_of(anna.pk, at=AT) > 100
    assert pending_of(anna.pk, at=AT)
    said = io.StringIO()
    call_command("verify", stdout=said, no_color=True)
    assert said.getvalue().endswith("hold.\n")


def test_it_is_the_same_on_the_day_when_clocks_change():
    spring = dt.datetime(2026, 3, 29, 0, 30, tzinfo=dt.UTC)
    demo.load(at=spring, pictures=plain_pictures())
    demo.add_customers(1, at=spring)
    assert states_of(Customer.objects.get(email=demo.CUSTOMER), spring) == HERS
