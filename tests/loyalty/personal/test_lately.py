"""What was answered lately is given again only as long as it is true (L1, L9, L12, L21)."""

import datetime as dt
import zoneinfo
from decimal import Decimal

import pytest

from loyalty.models import OfferUseCounter
from loyalty.personal.items import Item
from loyalty.personal.lately import MOST_KEPT, Lately
from loyalty.personal.mine import mine_of
from promotions.periods import ALWAYS
from tests.factories import NOON, make_audience, make_customer
from tests.loyalty.factories import Mechanic, answer, give_items, make_personal_offer
from tests.promotions.factories import make_product

# A transaction reads the offers anew each time.
pytestmark = pytest.mark.django_db(transaction=True)
JUST = dt.timedelta(microseconds=1)
MINUTE = dt.timedelta(minutes=1)


def names(customer, at, **options):
    return [each.offer.name for each in mine_of("id", customer.pk, at, **options)[1]]


def test_what_is_the_same_is_not_made_again():
    ann, offer = make_customer(), make_personal_offer(Mechanic.PRODUCTS)
    give_items(offer, ann, Item(make_product().pk, value=5))
    first, second = (mine_of("id", ann.pk, NOON)[1] for _ in range(2))
    assert first[0] is second[0]
    first.clear()
    assert mine_of("id", ann.pk, NOON)[1] == second


def test_l9_an_item_comes_and_goes_by_the_clock_alone():
    ann, offer = make_customer(), make_personal_offer(Mechanic.PRODUCTS, name="own")
    item = Item(make_product().pk, value=5, start=NOON + MINUTE, end=NOON + 2 * MINUTE)
    give_items(offer, ann, item)
    moments = [NOON, NOON + MINUTE - JUST, NOON + MINUTE, NOON + 2 * MINUTE - JUST]
    shown = [names(ann, at) for at in (*moments, NOON + 2 * MINUTE)]
    assert shown == [[], [], ["own"], ["own"], []]
    assert names(ann, NOON + MINUTE) == ["own"], "back in time"
    assert [names(ann, NOON, upcoming=each) for each in (False, True)] == [[], ["own"]]


def test_l1_so_does_an_offer_to_all():
    ann = make_customer()
    make_personal_offer(name="to all", start=NOON + MINUTE, end=NOON + 2 * MINUTE)
    moments = (NOON, NOON + MINUTE, NOON + 2 * MINUTE)
    assert [names(ann, at) for at in moments] == [[], ["to all"], []]


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "Asia/Kathmandu"])
def test_a_day_begins_in_the_zone_in_which_it_is_asked(zone):
    midnight = dt.datetime(2026, 3, 8, tzinfo=zoneinfo.ZoneInfo(zone))
    ann = make_customer(birth_date=dt.date(2008, 3, 8))
    adults = make_audience({"field": "birth_date", "is": "age_at_least", "value": 18})
    make_personal_offer(
        name="adults", all_customers=False, start=midnight - dt.timedelta(days=9)
    ).targets.create(audience=adults)
    assert [names(ann, at) for at in (midnight - JUST, midnight)] == [[], ["adults"]]
    elsewhere = (midnight + MINUTE).astimezone(zoneinfo.ZoneInfo("America/New_York"))
    assert names(ann, elsewhere) == []


def test_l21_a_week_ends_in_the_zone_of_the_offer():
    monday = dt.datetime(2026, 3, 9, tzinfo=zoneinfo.ZoneInfo("Asia/Kathmandu"))
    ann = make_customer()
    offer = make_personal_offer(
        name="weekly",
        most_a_week=1,
        time_zone="Asia/Kathmandu",
        start=monday - dt.timedelta(days=9),
    )
    OfferUseCounter.objects.create(
        customer_id=ann.pk, offer=offer, period="week", since=dt.date(2026, 3, 2), used=1
    )
    at = monday.astimezone(dt.UTC)
    assert [names(ann, each) for each in (at - MINUTE, at - JUST, at)] == [[], [], ["weekly"]]


def test_what_changes_in_the_database_is_seen_at_once():
    ann, product = make_customer(birth_date=dt.date(1990, 2, 14)), make_product()
    theirs = make_personal_offer(Mechanic.PRODUCTS, name="own", needs_acceptance=True)
    budget = make_personal_offer(name="budget", budget=10, currency="EUR")
    cakes = make_personal_offer(name="cakes", all_customers=False)
    born = make_audience({"field": "birth_date", "is": "month_in", "value": [2]})
    cakes.targets.create(audience=born)
    assert names(ann, NOON) == ["budget", "cakes"]
    give_items(theirs, ann, Item(product.pk, value=5))
    assert names(ann, NOON) == ["own", "budget", "cakes"]
    before = [each.state for each in mine_of("id", ann.pk, NOON)[1]]
    answer(theirs, ann, item=product.pk)
    after = [each.state for each in mine_of("id", ann.pk, NOON)[1]]
    assert (before, after) == (["pending", "open", "open"], ["accepted", "open", "open"])
    OfferUseCounter.objects.create(
        offer=budget, period="ever", since=ALWAYS, used=1, spent=Decimal("9.999")
    )
    assert names(ann, NOON) == ["own", "budget", "cakes"]
    OfferUseCounter.objects.update(spent=10)
    assert names(ann, NOON) == ["own", "cakes"]
    type(ann).objects.update(birth_date=dt.date(1990, 3, 14))
    assert names(ann, NOON) == ["own"]


def test_no_more_is_kept_than_so_many():
    lately = Lately()
    for number in range(MOST_KEPT + 1):
        lately.keep(number, "told", NOON, [number], ())
    assert [lately.find(number, "told", NOON) for number in (0, MOST_KEPT)] == [None, [MOST_KEPT]]
