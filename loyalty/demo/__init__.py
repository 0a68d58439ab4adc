"""Personal offers for the demo, who has and answered them, purchases, and cashback."""

from loyalty.demo.cashback import give_to_group
from loyalty.demo.items import give_items
from loyalty.demo.offers import load_personal_offers
from loyalty.demo.weeks import live_through

__all__ = ["give_items", "give_to_group", "live_through", "load_personal_offers"]
