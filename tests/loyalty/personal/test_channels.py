"""Where an offer is announced to a customer: as the items say, also nowhere (L22)."""

import pytest

from loyalty.personal.items import Item
from loyalty.personal.mine import mine_of
from tests.factories import NOON, make_customer
from tests.loyalty.factories import Mechanic, give_items, make_personal_offer
from tests.promotions.factories import make_product

pytestmark = pytest.mark.django_db


def test_l22_items_that_are_announced_nowhere_are_not_announced_where_the_offer_is():
    ann, bob, product = make_customer(), make_customer(), make_product()
    offer = make_personal_offer(Mechanic.PRODUCTS, value=20, channels=["account", "app"])
    give_items(offer, ann, Item(product.pk), channels=[])
    give_items(offer, bob, Item(product.pk))
    channels = {who.pk: mine_of("id", who.pk, NOON)[1][0].channels for who in (ann, bob)}
    assert channels == {ann.pk: (), bob.pk: ("account", "app")}
