"""Several offers of a customer at a till: what is listed is honoured, as far as the others let it.

Of offers with thresholds, budgets, limits, answers, and every way to go with others (P4, P14, L12,
L14, L20) three things are claimed:

- As the only offer, each gives something on exactly the lines of which is listed that it would; on
  some of them if it is for so many units. One with too little budget left for this basket gives
  nothing, and says so (P14).
- Together, none gives anything on a line of which that is not listed.
- Of what is listed and gives nothing, the reason is what others take or the budget: never that it
  is not theirs, not now, not accepted or used up. Of all else it is one of these.
"""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyalty.models import PersonalOffer
from loyalty.personal.items import Item
from loyalty.personal.limits import PERSONAL_OFFERS
from loyalty.personal.mine import State, mine_of
from loyalty.personal.rules import ORIGIN
from promotions.engine import Reason
from promotions.limits import Given
from promotions.pricing.asked import AskedBasket, AskedLine
from promotions.pricing.quoting import quote_basket
from tests.factories import DAY, NOON, make_customer, make_group, make_member
from tests.loyalty.factories import Mechanic, answer, give_items, make_personal_offer
from tests.promotions.factories import (
    make_category,
    make_point_of_sale,
    make_product,
    make_product_group,
)

pytestmark = pytest.mark.django_db
AT = NOON + dt.timedelta(hours=8)
TIGHT, PLENTY = Decimal(13), Decimal(10**6)
OF_OTHERS = {
    *(Reason.OUTDONE, Reason.ALONE, Reason.OTHERS_SAVE_MORE),
    *(Reason.BELOW_THRESHOLD, Reason.NOTHING_TO_SAVE),
}
NOT_THEIRS = {
    *(Reason.NOT_YET, Reason.NOT_FOR_YOU, Reason.NOT_ACCEPTED, Reason.LIMIT, Reason.BUDGET),
    Reason.NOTHING_TO_SAVE,
}
offers = st.fixed_dictionaries(
    {
        "mechanic": st.sampled_from([*Mechanic, Mechanic.AUDIENCE, Mechanic.RECEIPT_AMOUNT]),
        "preference": st.sampled_from(["discount", "discount", "points"]),
        "method": st.sampled_from(["percentage", "amount"]),
        "value": st.sampled_from([3, 40, 100, 0]),
        "scope": st.sampled_from(["receipt", "receipt", "units", "lines"]),
        "units": st.sampled_from([None, None, 1]),
        "quantity": st.sampled_from([1, 3]),
        "stacking": st.sampled_from(["one_per_item", "combines", "combines", "alone"]),
        "priority": st.sampled_from([1, 2]),
        "start": st.sampled_from([*[AT - DAY] * 6, AT + DAY]),
        "needs_acceptance": st.sampled_from([False, False, True]),
        "left": st.sampled_from([None, None, None, PLENTY, TIGHT, Decimal(0)]),
        "is_used": st.sampled_from([*[False] * 7, True]),
        "whom": st.sampled_from(["all", "group", "group", "others"]),
        "answered": st.sampled_from([None, True, True, False]),
        "own": st.sets(st.integers(0, 2), min_size=1),
    }
)


def allowed(*, mechanic, scope, units, quantity, **fields):
    """The fields as far as they go with each other."""
    if mechanic == Mechanic.RECEIPT_AMOUNT:
        scope, quantity = "receipt", 1
    elif mechanic != Mechanic.AUDIENCE and scope == "receipt":
        scope = "units"
    units = units if scope == "units" else None
    return fields | {"mechanic": mechanic, "scope": scope, "units": units, "quantity": quantity}


class World:
    """A customer with some offers, and three products, each in a category and group of its own."""

    def __init__(self):
        self.customer, self.other = make_customer(), make_customer()
        self.groups = {name: make_group() for name in ("group", "others")}
        make_member(self.groups["group"], self.customer)
        self.place = make_point_of_sale(currency="EUR").key
        self.products = [make_product(category=make_category()) for _ in range(3)]
        self.things = {
            Mechanic.PRODUCTS: self.products,
            Mechanic.CATEGORIES: [each.category for each in self.products],
            Mechanic.PRODUCT_GROUPS: [
                make_product_group(products=[each]) for each in self.products
            ],
        }

    def offer(self, *, left, is_used, whom, answered, own, **fields):
        mechanic = fields["mechanic"]
        is_audience = mechanic == Mechanic.AUDIENCE
        offer = make_personal_offer(
            end=AT + 2 * DAY,
            currency="EUR",
            all_customers=is_audience and whom == "all",
            budget=None if left is None else left + 1,
            most_a_customer=1 if is_used else None,
            **allowed(**fields),
        )
        if whom != "all":
            offer.targets.create(customer_group=self.groups[whom])
        if not is_audience:
            give_items(offer, self.customer, *self.items(mechanic, own, fields["value"]))
        if answered is not None:
            for item in (0, *[product.pk for product in self.products]):
                answer(offer, self.customer, accepted=answered, item=item)
        if left is not None:
            self.use(offer, self.other, 1)
        if is_used:
            self.use(offer, self.customer, 0)

    def items(self, mechanic, own, value):
        if mechanic == Mechanic.RECEIPT_AMOUNT:
            return [Item(5, value=0), Item(1000, value=value)]
        return [Item(self.things[mechanic][place].pk) for place in own]

    def use(self, offer, customer, amount):
        given = [Given(offer.pk, Decimal(amount))]
        purchase = f"of {customer.pk}"
        PERSONAL_OFFERS.claim(purchase=purchase, customer_id=customer.pk, given=given, at=AT - DAY)

    def till(self):
        """By offer the lines on which it gives something, and why others give nothing."""
        lines = tuple(
            AskedLine(str(place), product.external_id, Decimal(4), Decimal(100))
            for place, product in enumerate(self.products)
        )
        quote = quote_basket(
            AskedBasket(self.place, lines), customer_id=self.customer.pk, at=AT
        ).quote
        found = {}
        for effect in quote.effects:
            found.setdefault(effect.id, set()).add(int(effect.line))
        assert {each.origin for each in quote.skipped} <= {ORIGIN}
        return found, {each.id: each.reason for each in quote.skipped}

    def listed(self):
        """By offer the lines on which is listed that it would."""
        found = {}
        for mine in mine_of("id", self.customer.pk, AT)[1]:
            for piece in mine.pieces:
                if piece.state in (State.OPEN, State.ACCEPTED):
                    found.setdefault(mine.offer.pk, set()).update(self.lines(piece.rule.goods))
        return found

    def lines(self, goods):
        return {
            place
            for place, product in enumerate(self.products)
            if goods.everything
            or product.pk in goods.products
            or product.category_id in goods.categories
            or self.things[Mechanic.PRODUCT_GROUPS][place].pk in goods.groups
        }

    def alone(self, offer):
        with transaction.atomic():
            PersonalOffer.objects.exclude(pk=offer.pk).update(is_active=False)
            found, why = self.till()
            transaction.set_rollback(True)
        return found.get(offer.pk, set()), why.get(offer.pk)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(offers, min_size=3, max_size=4))
def test_l12_what_is_listed_is_honoured_as_far_as_others_let_it(db, sent):
    with transaction.atomic():
        world = World()
        for fields in sent:
            world.offer(**fields)
        check(world)
        transaction.set_rollback(True)


def check(world):
    listed, (together, why) = world.listed(), world.till()
    for offer in PersonalOffer.objects.all():
        lines, reason = world.alone(offer)
        has_budget = offer.budget is not None and offer.budget - 1 == TIGHT
        said = listed.get(offer.pk, set())
        if not (has_budget and reason is Reason.BUDGET):
            assert lines == said or (offer.units and lines < said and lines)
        assert together.get(offer.pk, set()) <= said
        if offer.pk in why:
            budget = {Reason.BUDGET} if has_budget else set()
            assert why[offer.pk] in (OF_OTHERS | budget if offer.pk in listed else NOT_THEIRS)
        else:
            assert offer.pk in together
