"""What a customer is shown is what the till gives, no more and no less (L12)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyalty.models import PersonalOffer
from loyalty.personal.items import Item
from loyalty.personal.limits import PERSONAL_OFFERS
from loyalty.personal.mine import mine_of
from promotions.engine import Effect, Kind
from promotions.limits import Given
from promotions.pricing.asked import AskedBasket, AskedLine
from promotions.pricing.quoting import quote_basket
from tests.factories import DAY, NOON, make_audience, make_customer, make_member
from tests.loyalty.factories import Mechanic, answer, give_items, make_personal_offer
from tests.promotions.factories import (
    make_category,
    make_point_of_sale,
    make_product,
    make_product_group,
)

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
PLACES = ("HERE", "THERE")
AT = NOON + dt.timedelta(hours=8)
offers = st.fixed_dictionaries(
    {
        "mechanic": st.sampled_from([*Mechanic]),
        "value": st.sampled_from([0, 7, 100]),
        "preference": st.sampled_from(["discount", "discount", "points"]),
        "needs_acceptance": st.booleans(),
        "is_active": st.sampled_from([True] * 5 + [False]),
        "quantity": st.sampled_from([1, 1, 3]),
        "currency": st.sampled_from(["EUR", "EUR", "EUR", "JPY", "PLN"]),
        "start": st.sampled_from([AT - DAY, AT, AT + MINUTE]),
        "end": st.sampled_from([AT + DAY, AT + DAY, AT + 2 * MINUTE, AT]),
        "hours": st.sampled_from([{}, {"from_hour": dt.time(18), "to_hour": dt.time(23)}]),
        "at": st.sampled_from(["", "", "HERE", "THERE"]),
        "whom": st.sampled_from(["all", "audience", "others"]),
        "is_used": st.sampled_from([False, False, True]),
        "becomes": st.sampled_from(["", "", "percentage"]),
    }
)
items = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from([None, None, Effect.DISCOUNT, Effect.POINTS]),
        st.sampled_from([None, Kind.PERCENTAGE, Kind.AMOUNT]),
        st.sampled_from([None, Decimal(0), Decimal(5), Decimal(500)]),
        st.sampled_from([None, None, AT, AT + MINUTE]),
        st.sampled_from([None, None, AT + MINUTE, AT]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda item: item[0],
)
answers = st.sampled_from([None, True, True, False])


class World:
    """A customer, two places with different currencies, three products in a category and a group
    each."""

    def __init__(self):
        self.customer = make_customer()
        self.places = {
            "HERE": make_point_of_sale(key="HERE", currency="EUR"),
            "THERE": make_point_of_sale(key="THERE", currency="JPY"),
        }
        self.categories = [make_category() for _ in range(3)]
        self.products = [make_product(category=category) for category in self.categories]
        self.groups = [make_product_group(products=[product]) for product in self.products]

    def offer(self, said, listed, accepted):
        said = dict(said)
        more = ("hours", "at", "whom", "is_used", "becomes", "mechanic")
        hours, at, whom, is_used, becomes, mechanic = (said.pop(name) for name in more)
        said["start"] = min(said["start"], said["end"] - MINUTE)
        has_items = mechanic != Mechanic.AUDIENCE
        said["all_customers"] = not has_items and whom == "all"
        method = "amount" if becomes else "percentage"
        if mechanic == Mechanic.RECEIPT_AMOUNT:
            said["quantity"] = 1
        offer = make_personal_offer(mechanic, **said, **hours, method=method)
        self.name(offer, at, whom)
        if has_items:
            give_items(offer, self.customer, *self.items(offer, listed))
        for item in (0, *[product.pk for product in self.products]):
            if accepted is not None:
                answer(offer, self.customer, accepted=accepted, item=item)
        changed = {"method": becomes} if becomes else {}
        PersonalOffer.objects.filter(pk=offer.pk).update(
            **changed, most_a_customer=1 if is_used else None
        )
        used = [Given(offer.pk, Decimal(1))] if is_used else []
        PERSONAL_OFFERS.claim(purchase="p", customer_id=self.customer.pk, given=used, at=NOON - DAY)

    def items(self, offer, listed):
        if offer.mechanic == Mechanic.RECEIPT_AMOUNT:
            _place, effect, kind, _value, *times = listed[0]
            # None gives less than the one before it.
            rising = sorted(Decimal(offer.value) if each[3] is None else each[3] for each in listed)
            return [
                Item(threshold, effect, kind, value, *times)
                for threshold, value in enumerate(rising, start=1)
            ]
        things = {
            Mechanic.PRODUCTS: self.products,
            Mechanic.CATEGORIES: self.categories,
            Mechanic.PRODUCT_GROUPS: self.groups,
        }[offer.mechanic]
        return [Item(things[place].pk, *more) for place, *more in listed]

    def name(self, offer, at, whom):
        if at:
            offer.targets.create(point_of_sale=self.places[at])
        if whom != "all":
            audience = make_audience()
            make_member(audience, self.customer if whom == "audience" else make_customer())
            offer.targets.create(audience=audience)

    def honoured(self):
        """The products that get something, at any of the places."""
        lines = tuple(
            AskedLine(str(place), product.external_id, Decimal(5), Decimal(1000))
            for place, product in enumerate(self.products)
        )
        found = set()
        for key in PLACES:
            basket = AskedBasket(key, lines)
            priced = quote_basket(basket, customer_id=self.customer.pk, at=AT)
            assert priced.quote.payable >= 0
            found |= {int(effect.line) for effect in priced.quote.effects}
        return found

    def listed(self):
        """The products of which is said that they would."""
        found = set()
        for mine in mine_of("id", self.customer.pk, AT)[1]:
            counting = [each for each in mine.pieces if each.state in ("open", "accepted")]
            for piece in counting:
                found |= {
                    place
                    for place, product in enumerate(self.products)
                    if piece.rule.goods.everything
                    or product.pk in piece.rule.goods.products
                    or product.category_id in piece.rule.goods.categories
                    or self.groups[place].pk in piece.rule.goods.groups
                }
            assert bool(counting) == bool(found)
        return found


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(offers, items, answers)
def test_l12_exactly_what_the_till_would_honour_is_listed(db, fields, listed, accepted):
    with transaction.atomic():
        world = World()
        world.offer(fields, listed, accepted)
        said, given = world.listed(), world.honoured()
        transaction.set_rollback(True)
    assert said == given
