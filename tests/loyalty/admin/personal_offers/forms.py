"""The form of a personal offer, as it is sent, and offers as they are stored."""

import itertools
import json
from typing import Any

from customers.models import Customer
from loyalty.models import OfferAnswer, OfferItems, PersonalOffer, PersonalOfferTarget
from tests.factories import DAY, NOON
from tests.offers.admin.forms import TARGETS_SEEN

LIST = "/admin/loyalty/personaloffer/"
ADD = f"{LIST}add/"
VIEW = "loyalty.view_personaloffer"
EDITOR = tuple(f"loyalty.{verb}_personaloffer" for verb in ("view", "add", "change"))
ALL_SEEN = (*EDITOR, *TARGETS_SEEN)
numbers = itertools.count(1)


def url(offer: PersonalOffer, page: str = "change") -> str:
    return f"{LIST}{offer.pk}/{page}/"


def entries(**changed: Any) -> dict[str, Any]:
    """30% off everything for all customers in 2030, unless told otherwise; None takes one out."""
    found = {
        "name": "birthday",
        "is_active": "on",
        "mechanic": "audience",
        "identifiers": "external",
        "whom": "all",
        "preference": "discount",
        "method": "percentage",
        "value": "30",
        "currency": "",
        "scope": "units",
        "contents": "all",
        "goods": "",
        "quantity": "1",
        "start": "2030-06-01T00:00",
        "end": "2030-07-01T00:00",
        "time_zone": "Europe/Warsaw",
        "stacking": "one_per_item",
        "priority": "100",
        "channels": ["account"],
        "sort_order": "100",
        "title": "Happy birthday",
        **changed,
    }
    return {name: value for name, value in found.items() if value is not None}


def make_personal_offer(**fields: Any) -> PersonalOffer:
    """30% off everything for all customers around NOON, unless told otherwise."""
    audience = fields.get("mechanic", "audience") == "audience"
    number = next(numbers)
    return PersonalOffer.objects.create(
        **{
            "name": f"offer-{number}",
            "title": f"Offer {number}",
            "mechanic": "audience",
            "all_customers": audience,
            "everything": audience,
            "value": 30,
            "start": NOON - DAY,
            "end": NOON + DAY,
            **fields,
        }
    )


def aim(offer: PersonalOffer, **thing: Any) -> PersonalOfferTarget:
    return PersonalOfferTarget.objects.create(offer=offer, **thing)


def give(customer: Customer, offer: PersonalOffer, *items: list[Any], **fields: Any) -> None:
    """Items in the form in which they are stored."""
    OfferItems.objects.create(
        customer_id=customer.pk,
        offer_id=offer.pk,
        items=json.loads(json.dumps(items)),
        **fields,
    )


def said(customer: Customer, offer: PersonalOffer, accepted: bool, item: int = 0) -> None:
    OfferAnswer.objects.create(
        customer_id=customer.pk, offer_id=offer.pk, item=item, accepted=accepted, at=NOON
    )


def names(offer: PersonalOffer) -> dict[str, list[str]]:
    """What it names, by kind."""
    found: dict[str, list[str]] = {}
    for target in offer.targets.order_by("pk"):
        for kind in ("product", "category", "product_group", "point_of_sale"):
            if thing := getattr(target, kind):
                found.setdefault(kind, []).append(thing.name)
        if target.customer_group:
            found.setdefault("customer_group", []).append(target.customer_group.title)
        if target.audience:
            found.setdefault("audience", []).append(target.audience.name)
    return found
