"""Makers of personal offers and of what customers have of them; each field to be overridden."""

import itertools
from decimal import Decimal
from typing import Any

from customers.models import Customer
from loyalty.models import OfferAnswer, OfferItems, PersonalOffer
from loyalty.personal.items import Item, write
from loyalty.personal.items import parse as parsed
from tests.factories import DAY, NOON

numbers = itertools.count(1)
Mechanic = PersonalOffer.Mechanic


def make_personal_offer(mechanic: str = Mechanic.AUDIENCE, **fields: Any) -> PersonalOffer:
    """30% off everything for all customers around NOON; of attributes, as the items say."""
    number = next(numbers)
    is_audience = mechanic == Mechanic.AUDIENCE
    own = {
        "value": Decimal(30) if is_audience else None,
        "all_customers": is_audience,
        "everything": is_audience,
        "scope": "receipt" if mechanic == Mechanic.RECEIPT_AMOUNT else "units",
        "currency": "EUR" if mechanic == Mechanic.RECEIPT_AMOUNT else "",
    }
    return PersonalOffer.objects.create(
        **{
            "name": f"personal-{number}",
            "title": f"Personal {number}",
            "mechanic": mechanic,
            "start": NOON - DAY,
            "end": NOON + DAY,
            "channels": ["account"],
            **own,
            **fields,
        }
    )


def give_items(offer: PersonalOffer, customer: Customer, *items: Item, **fields: Any) -> OfferItems:
    """What an upload would give the customer."""
    stored = parsed(write(items))
    return OfferItems.objects.create(
        customer_id=customer.pk, offer_id=offer.pk, items=_plain(stored), **fields
    )


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return float(value) if isinstance(value, Decimal) else value


def answer(
    offer: PersonalOffer, customer: Customer, *, accepted: bool = True, item: int = 0
) -> OfferAnswer:
    return OfferAnswer.objects.create(
        customer_id=customer.pk, offer_id=offer.pk, item=item, accepted=accepted, at=NOON
    )
