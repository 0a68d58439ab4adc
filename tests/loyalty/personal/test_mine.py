"""What a customer has of personal offers now (L1, L9, L12, L14): the same as the engine honours."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loyalty.personal.answering import answer as say
from loyalty.personal.items import Item
from loyalty.personal.limits import PERSONAL_OFFERS
from loyalty.personal.mine import State, mine_of
from promotions.limits import Given
from promotions.pricing.asked import AskedBasket, AskedLine
from promotions.pricing.quoting import quote_basket
from tests.factories import DAY, NOON, make_audience, make_customer, make_member
from tests.loyalty.factories import Mechanic, give_items, make_personal_offer
from tests.promotions.factories import make_point_of_sale, make_product

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def names(customer, at=NOON, **options):
    return [each.offer.name for each in mine_of("id", customer.pk, at, **options)[1]]


def discount(customer, product, at=NOON):
    basket = AskedBasket(
        make_point_of_sale().key, (AskedLine("1", product.external_id, Decimal(1), Decimal(100)),)
    )
    return quote_basket(basket, customer_id=customer.pk, at=at).quote.discount


def test_l1_only_members_of_the_audience_have_an_offer():
    ann, bob, audience = make_customer(), make_customer(), make_audience()
    make_member(audience, ann)
    offer = make_personal_offer(name="for the audience", all_customers=False)
    offer.targets.create(audience=audience)
    make_personal_offer(name="for nobody", all_customers=False)
    make_personal_offer(name="off", is_active=False)
    make_personal_offer(name="over", end=NOON)
    make_personal_offer(name="to come", start=NOON + HOUR)
    product = make_product()
    assert (names(ann), names(bob)) == (["for the audience"], [])
    assert (discount(ann, product), discount(bob, product)) == (30, 0)
    assert names(ann, upcoming=True) == ["for the audience", "to come"]


def test_l9_l17_each_customer_has_their_own_items_each_in_its_time():
    ann, bob = make_customer(), make_customer()
    handbag, purse = make_product("Handbag"), make_product("Purse")
    offer = make_personal_offer(Mechanic.PRODUCTS, name="bags", end=NOON + 30 * DAY)
    give_items(
        offer,
        ann,
        Item(handbag.pk, value=50, end=NOON + HOUR),
        Item(purse.pk, value=30, start=NOON + HOUR),
    )
    give_items(offer, bob, Item(purse.pk, value=10))

    def sizes(customer, at):
        found = mine_of("id", customer.pk, at)[1]
        return [(piece.rule.item, piece.rule.value) for mine in found for piece in mine.pieces]

    assert sizes(ann, NOON) == [(handbag.pk, 50)]
    assert sizes(ann, NOON + HOUR) == [(purse.pk, 30)]
    assert sizes(bob, NOON) == [(purse.pk, 10)]
    assert [discount(ann, each) for each in (handbag, purse)] == [50, 0]
    assert [discount(ann, each, NOON + HOUR) for each in (handbag, purse)] == [0, 30]


def test_l14_what_needs_a_yes_counts_after_it_and_the_answer_may_change():
    ann, product = make_customer(), make_product()
    offer = make_personal_offer(needs_acceptance=True)

    def state():
        (mine,) = mine_of("id", ann.pk, NOON)[1]
        return mine.state, discount(ann, product)

    def says(accepted):
        say(customer_id=ann.pk, offer_id=offer.pk, accepted=accepted, at=NOON)
        return state()

    assert state() == (State.PENDING, 0)
    assert says(True) == (State.ACCEPTED, 30)
    assert says(True) == (State.ACCEPTED, 30)
    assert says(False) == (State.DECLINED, 0)
    assert says(True) == (State.ACCEPTED, 30)


def test_l14_of_products_each_is_agreed_to_by_itself():
    ann, first, second = make_customer(), make_product(), make_product()
    offer = make_personal_offer(Mechanic.PRODUCTS, value=20, needs_acceptance=True)
    give_items(offer, ann, Item(first.pk), Item(second.pk))
    mine = say(customer_id=ann.pk, offer_id=offer.pk, accepted=True, at=NOON, products=[second.pk])
    assert {each.rule.item: each.state for each in mine.pieces} == {
        first.pk: State.PENDING,
        second.pk: State.ACCEPTED,
    }
    assert mine.state == State.PENDING
    assert [discount(ann, each) for each in (first, second)] == [0, 20]


def test_l22_items_may_say_for_themselves_whether_they_are_asked_and_where_announced():
    ann, bob, product = make_customer(), make_customer(), make_product()
    offer = make_personal_offer(Mechanic.PRODUCTS, value=20)
    give_items(offer, ann, Item(product.pk), needs_acceptance=True, channels=["email", "push"])
    give_items(offer, bob, Item(product.pk))
    (anns,), (bobs,) = (mine_of("id", each.pk, NOON)[1] for each in (ann, bob))
    assert (anns.state, anns.channels) == (State.PENDING, ("email", "push"))
    assert (bobs.state, bobs.channels) == (State.OPEN, ("account",))


@pytest.mark.parametrize(
    ("code", "fields", "asked"),
    [
        ("unknown_offer", {"end": NOON}, {}),
        ("unknown_offer", {"is_active": False}, {}),
        ("not_asked", {"needs_acceptance": False}, {}),
        ("unknown_product", {}, {"products": [0]}),
        ("unknown_product", {}, {"products": [77]}),
    ],
)
def test_l13_what_is_not_theirs_or_not_asked_is_refused(db, code, fields, asked):
    ann = make_customer()
    offer = make_personal_offer(**{"needs_acceptance": True, **fields})
    with pytest.raises(ValidationError) as refused:
        say(customer_id=ann.pk, offer_id=offer.pk, accepted=True, at=NOON, **asked)
    assert refused.value.code == code
    assert mine_of("id", make_customer().pk, NOON)[0]


def test_used_up_offers_are_not_listed():
    ann, bob = make_customer(), make_customer()
    make_personal_offer(name="once", most_a_customer=1)
    (mine,) = mine_of("id", ann.pk, NOON)[1]
    given = [Given(mine.offer.pk, Decimal(1))]
    PERSONAL_OFFERS.claim(purchase="p", customer_id=ann.pk, given=given, at=NOON)
    assert (names(ann), names(bob)) == ([], ["once"])


def test_nobody_has_nothing_and_a_prospect_is_nobody():
    make_personal_offer()
    prospect = make_customer(is_prospect=True)
    assert mine_of("id", prospect.pk, NOON) == (None, [])
    assert mine_of("email", "nobody@example.com", NOON) == (None, [])


@pytest.mark.django_db(transaction=True)
def test_one_query_whatever_a_customer_has():
    ann = make_customer()
    for _ in range(3):
        make_personal_offer()
    mine_of("id", ann.pk, NOON)
    with CaptureQueriesContext(connection) as captured:
        assert len(mine_of("id", ann.pk, NOON)[1]) == 3
    assert len(captured) == 1
