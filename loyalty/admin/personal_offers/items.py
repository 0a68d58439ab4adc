"""Customers' items of personal offers as staff read them: what, how much, when, and the answer."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports.resources import Text
from loyalty.admin.personal_offers.item_states import STATES, VOID, state_of
from loyalty.admin.personal_offers.not_given import reasons_of
from loyalty.models import OfferAnswer, OfferItems, PersonalOffer
from loyalty.personal.items import Item, parse, read
from loyalty.personal.wording import preference_in_words
from promotions.models import Category, Product, ProductGroup
from promotions.wording import money

Mechanic = PersonalOffer.Mechanic
MODELS: dict[str, tuple[type[Any], str]] = {
    Mechanic.PRODUCTS.value: (Product, "product"),
    Mechanic.CATEGORIES.value: (Category, "category"),
    Mechanic.PRODUCT_GROUPS.value: (ProductGroup, "productgroup"),
}
ANSWERS: dict[bool | None, Text] = {
    True: gettext_lazy("accepted"),
    False: gettext_lazy("declined"),
    None: gettext_lazy("pending"),
}


@dataclass(frozen=True)
class ShownItem:
    name: str
    url: str
    """Of its page; empty if there is none, or not for this user."""
    size: str
    validity: str
    state: str
    """One of STATES."""
    reason: Text | None
    """Why it is VOID."""
    answer: bool | None
    is_asked: bool

    @property
    def state_in_words(self) -> Text:
        return STATES[self.state]

    @property
    def answer_in_words(self) -> Text:
        return ANSWERS[self.answer] if self.is_asked else "–"


@dataclass(frozen=True)
class Attribute:
    """What one customer has of one offer."""

    customer_id: int
    offer: PersonalOffer
    items: tuple[Item, ...]
    is_asked: bool
    """Whether the customer has to accept it: the row says so, or the offer (L22)."""


def attributes_of(
    customers: Collection[int], offers: Mapping[int, PersonalOffer] | None = None
) -> list[Attribute]:
    """Of these offers, or of all; by customer, then the latest offer first. Two queries at most."""
    rows = OfferItems.objects.filter(customer_id__in=customers)
    if offers is not None:
        rows = rows.filter(offer_id__in=offers)
    found = list(
        rows.annotate(written=Cast("items", TextField()))
        .order_by("customer_id", "-offer_id")
        .values_list("customer_id", "offer_id", "written", "needs_acceptance")
    )
    if offers is None:
        offers = PersonalOffer.objects.in_bulk([offer for _customer, offer, *_more in found])
    return [
        Attribute(
            customer,
            offers[offer],
            tuple(read(parse(items))),
            offers[offer].needs_acceptance if needs is None else needs,
        )
        for customer, offer, items, needs in found
        if offer in offers
    ]


def shown_items(
    attributes: Iterable[Attribute], *, at: dt.datetime, user: Any
) -> dict[tuple[int, int], list[ShownItem]]:
    """By customer and offer. Four queries at most, however many."""
    listed = list(attributes)
    answers = answers_of([each.customer_id for each in listed])
    things = _things(listed)
    return {
        (each.customer_id, each.offer.pk): [
            _shown(each, item, reason, answers, things[each.offer.mechanic], at, user)
            for item, reason in zip(each.items, reasons_of(each.offer, each.items), strict=True)
        ]
        for each in listed
    }


def answers_of(customers: Collection[int]) -> dict[tuple[int, int, int], bool]:
    """By customer, offer and item. One query."""
    rows = OfferAnswer.objects.filter(customer_id__in=customers)
    found = rows.values_list("customer_id", "offer_id", "item", "accepted")
    return {(customer, offer, item): accepted for customer, offer, item, accepted in found}


def _things(attributes: list[Attribute]) -> dict[str, dict[int, Any]]:
    ids: dict[str, set[int]] = defaultdict(set)
    for each in attributes:
        ids[each.offer.mechanic] |= {int(item.target) for item in each.items}
    named = {kind: (model, ids[kind]) for kind, (model, _name) in MODELS.items() if ids[kind]}
    found: dict[str, dict[int, Any]] = defaultdict(dict)
    found |= {kind: model._default_manager.in_bulk(pks) for kind, (model, pks) in named.items()}
    return found


def _shown(
    attribute: Attribute,
    item: Item,
    reason: Text | None,
    answers: Mapping[tuple[int, int, int], bool],
    things: Mapping[int, Any],
    at: dt.datetime,
    user: Any,
) -> ShownItem:
    offer = attribute.offer
    thing = things.get(int(item.target))
    number = int(item.target) if offer.mechanic == Mechanic.PRODUCTS else 0
    start = max(item.start or offer.start, offer.start)
    end = min(item.end or offer.end, offer.end)
    state = state_of(offer, thing, start, end, is_given=reason is None, at=at)
    return ShownItem(
        name=_name(offer, item, thing),
        url=_page(offer, thing, user),
        size=_size(offer, item),
        validity=f"{_day(start, offer)} – {_day(end, offer)}",
        state=state,
        reason=reason if state == VOID else None,
        answer=answers.get((attribute.customer_id, offer.pk, number)),
        is_asked=attribute.is_asked,
    )


def _name(offer: PersonalOffer, item: Item, thing: Any) -> str:
    if offer.mechanic == Mechanic.RECEIPT_AMOUNT:
        amount = money(Decimal(item.target), offer.currency)
        return _("Receipts from %(amount)s on") % {"amount": amount}
    return str(thing) if thing else _("ID %(number)s, deleted") % {"number": item.target}


def _page(offer: PersonalOffer, thing: Any, user: Any) -> str:
    if thing is None:
        return ""
    name = MODELS[offer.mechanic][1]
    may_see = user.has_perm(f"promotions.view_{name}")
    return reverse(f"admin:promotions_{name}_change", args=[thing.pk]) if may_see else ""


def _size(offer: PersonalOffer, item: Item) -> str:
    """What the item leaves out, the offer says."""
    own = PersonalOffer(
        mechanic=Mechanic.AUDIENCE,
        preference=item.effect.value if item.effect else offer.preference,
        method=item.kind.value if item.kind else offer.method,
        value=offer.value if item.value is None else Decimal(item.value),
        currency=offer.currency,
    )
    return preference_in_words(own)


def _day(moment: dt.datetime, offer: PersonalOffer) -> str:
    return f"{timezone.localtime(moment, offer.zone):%Y-%m-%d %H:%M}"
