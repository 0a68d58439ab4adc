"""Cards of an offer as it is being set up: what a customer of it will see, before anybody does."""

import datetime as dt
from collections.abc import Sequence
from copy import copy
from decimal import Decimal

from loyalty.account.cards import Card, card_of
from loyalty.models import PersonalOffer
from loyalty.personal.composition import Composition
from loyalty.personal.items import Item
from loyalty.personal.mine import Mine, Piece, State
from loyalty.personal.presenting import Texts, present_in
from loyalty.personal.rules import Named, Template, rule_of
from promotions.engine import Rule
from promotions.models import Category, Product, ProductGroup

Mechanic = PersonalOffer.Mechanic
CATALOGUE = {
    Mechanic.PRODUCTS.value: Product,
    Mechanic.CATEGORIES.value: Category,
    Mechanic.PRODUCT_GROUPS.value: ProductGroup,
}
SIZES = (Decimal(10), Decimal(20))
THRESHOLDS, MONEY = (Decimal(1000), Decimal(3000)), (Decimal(100), Decimal(400))
"""Examples of what is each customer's own; sizes where the offer itself has none."""
SOME_TIME = dt.timedelta(days=14)
"""Until the end is filled in; no card says so."""


def draft_cards(composition: Composition, wordings: Sequence[Texts], at: dt.datetime) -> list[Card]:
    """A card in each of the wordings, as from the offer's start on. Five queries at most.

    What isn't filled in yet may be missing; in place of items there are examples.
    """
    offer = _filled(composition.offer, at)
    named = composition.named
    pieces = tuple(
        Piece(rule, State.PENDING if rule.consent else State.OPEN) for rule in _rules(offer, named)
    )
    mine = Mine(offer, named, pieces, tuple(offer.channels))
    return [card_of(shown, max(at, offer.start)) for shown in present_in(wordings, mine)]


def _filled(offer: PersonalOffer, at: dt.datetime) -> PersonalOffer:
    """A copy that the engine can read: the form goes on with its own."""
    filled = copy(offer)
    filled.mechanic = offer.mechanic or Mechanic.AUDIENCE
    filled.start = offer.start or at
    filled.end = offer.end or max(at, filled.start) + SOME_TIME
    return filled


def _rules(offer: PersonalOffer, named: Named) -> list[Rule]:
    rule = rule_of(offer, named)
    if not offer.has_items:
        return [rule]
    return Template(offer, rule).made(_examples(offer), needs_acceptance=offer.needs_acceptance)


def _examples(offer: PersonalOffer) -> list[Item]:
    """One query, but for thresholds; of an empty catalogue an item of nothing."""
    if offer.mechanic == Mechanic.RECEIPT_AMOUNT:
        sizes = MONEY if offer.method == PersonalOffer.Method.AMOUNT else SIZES
        # Of one size for all the lowest threshold is enough.
        targets: Sequence[Decimal | int] = THRESHOLDS if offer.value is None else THRESHOLDS[:1]
    else:
        sizes = SIZES
        rows = CATALOGUE[offer.mechanic]._default_manager.order_by("pk")
        targets = list(rows.values_list("pk", flat=True)[: len(sizes)]) or [0]
    own = sizes if offer.value is None else [offer.value] * len(targets)
    return [Item(target, value=size) for target, size in zip(targets, own, strict=False)]
