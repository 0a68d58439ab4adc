"""A customer with items of what is no more in the catalogue, for tests of who shows what."""

from loyalty.personal.items import Item
from tests.factories import DAY, NOON
from tests.loyalty.factories import Mechanic, answer, give_items, make_personal_offer
from tests.promotions.factories import make_category, make_product

ALWAYS = {"start": NOON - 9000 * DAY, "end": NOON + 9000 * DAY, "value": 5}


def give_dead_items(customer):
    """An offer for all; one whose product is accepted and there; one that waits; and dead ones."""
    tea, gone, gone_too, category = *(make_product() for _ in range(3)), make_category()
    _offer("Dead", customer, gone, sort_order=1)
    answer(_offer("Half dead", customer, gone_too, tea, sort_order=2), customer, item=tea.pk)
    _offer("Waits", customer, tea, sort_order=3)
    make_personal_offer(title="For all", sort_order=4, **ALWAYS)
    of_category = make_personal_offer(Mechanic.CATEGORIES, title="Dead, too", **ALWAYS)
    give_items(of_category, customer, Item(category.pk))
    for thing in (gone, gone_too, category):
        thing.delete()


def _offer(title, customer, *products, **fields):
    fields |= {"title": title, "needs_acceptance": True}
    offer = make_personal_offer(Mechanic.PRODUCTS, **ALWAYS, **fields)
    give_items(offer, customer, *(Item(product.pk) for product in products))
    return offer
