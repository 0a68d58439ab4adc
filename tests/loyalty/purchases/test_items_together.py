"""Two items of one offer on one line: one effect and one use; all of it comes back (P7, P14)."""

from decimal import Decimal

import pytest

from loyalty.models import OfferUse
from loyalty.personal.items import Item
from tests.factories import make_customer
from tests.loyalty.factories import Mechanic, give_items, make_personal_offer
from tests.loyalty.purchases.factories import confirmed, make_order, returned
from tests.promotions.factories import make_category, make_product

pytestmark = pytest.mark.django_db


def test_l9_items_that_combine_are_one_effect_and_one_use():
    ann, sweets = make_customer(), make_category()
    cakes = make_category(parent=sweets)
    make_product(external_id="CAKE", category=cakes)
    offer = make_personal_offer(Mechanic.CATEGORIES, stacking="combines", most_a_customer=1)
    give_items(offer, ann, Item(sweets.pk, value=10), Item(cakes.pk, value=10))
    order = make_order(("CAKE", "3", "10.00"), ("BREAD", "1", "5.00"), customer=ann)
    purchase = confirmed("R", order).purchase
    assert purchase.effects == [
        {
            "offer": {"kind": "personal_offer", "id": offer.pk, "name": offer.title},
            "line": "1",
            "units": "3",
            "amount": "5.70",
        }
    ]
    assert used() == [(Decimal("5.70"), Decimal(0), False)]
    assert confirmed("R2", order).purchase.effects == []
    returned("R", line1=1)
    assert used() == [(Decimal("5.70"), Decimal("1.90"), False)]
    returned("R")
    assert used() == [(Decimal("5.70"), Decimal("1.90"), True)]


def used():
    return list(OfferUse.objects.values_list("amount", "returned", "is_given_back"))
