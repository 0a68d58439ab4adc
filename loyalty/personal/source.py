"""Personal offers in the one way to price: with the book, and with each shopper."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from loyalty.models import PersonalOffer, programme
from loyalty.personal.items import parse, read
from loyalty.personal.limits import PERSONAL_OFFERS
from loyalty.personal.rules import (
    NOTHING,
    ORIGIN,
    Named,
    Template,
    is_for_nobody,
    named_by,
    rule_of,
)
from promotions import engine
from promotions.periods import Limits
from promotions.pricing.sources import NOTHING_OWN, Brought, Own, Source, register

RULES_KEPT = 8192
AFTER_ALL = 2**31 - 1
"""No offer has a higher id."""
ITEMS, ANSWER = 4, 3
"""Parts that a row has."""
# Rows of offers that ended pile up. Ids grow with time: the lowest that can count leaves nearly
# all of them unread.
ROWS = """
        SELECT json_build_array(offer_id, items, needs_acceptance, channels)::text
        FROM loyalty_offeritems WHERE customer_id = customer.id AND offer_id >= {first}
        UNION ALL SELECT json_build_array(offer_id, item, accepted)::text
        FROM loyalty_offeranswer WHERE customer_id = customer.id AND offer_id >= {first}
"""


@dataclass(frozen=True)
class Shelf:
    """What the source keeps with a book."""

    offers: Mapping[int, PersonalOffer] = field(default_factory=dict)
    """All that are live or scheduled, with their pictures."""
    named: Mapping[int, Named] = field(default_factory=dict)
    templates: Mapping[int, Template] = field(default_factory=dict)
    """Of the offers with items."""
    of_audiences: Sequence[engine.Rule] = ()
    """The rules of the others."""


class PersonalOffers(Source):
    origin = ORIGIN
    limited = PERSONAL_OFFERS

    def read(self, at: dt.datetime) -> Brought:
        """Four queries."""
        ahead = PersonalOffer.objects.ahead(at).select_related("picture", "phone_picture")
        offers = {each.pk: each for each in ahead.prefetch_related("texts")}
        named = named_by(offers)
        offers = {
            pk: each
            for pk, each in offers.items()
            if not is_for_nobody(each, named.get(pk, NOTHING))
        }
        rules = {pk: rule_of(each, named.get(pk, NOTHING)) for pk, each in offers.items()}
        templates = {pk: Template(each, rules[pk]) for pk, each in offers.items() if each.has_items}
        of_audiences = [
            rule for pk, rule in rules.items() if pk not in templates and not engine.faults(rule)
        ]
        return Brought(
            rules=of_audiences,
            names={(ORIGIN, pk): each.title for pk, each in offers.items()},
            limits={pk: found for pk, each in offers.items() if (found := Limits.of(each))},
            asks_audiences=any(
                each.rule.groups or each.rule.audiences for each in templates.values()
            ),
            programme=programme().as_engine(),
            kept=Shelf(offers, named, templates, of_audiences),
        )

    def question(self, brought: Brought) -> str:
        shelf: Shelf = brought.kept
        return f"ARRAY({rows_of(shelf)})" if shelf.offers else "NULL"

    def own(self, brought: Brought, answer: Any, at: dt.datetime) -> Own:
        if not answer:
            return NOTHING_OWN
        said = said_by([parse(each) for each in answer])
        # Whether an offer that is over is still in the book is chance.
        offers = brought.kept.offers
        ahead = [row for row in said.rows if row[0] in offers and offers[row[0]].end > at]
        found = [rules for _, rules, _ in rules_by_offer(brought.kept, ahead)]
        answers = {(ORIGIN, *key): accepted for key, accepted in said.answers.items()}
        return Own(tuple(chain.from_iterable(found)), answers)


def rows_of(shelf: Shelf) -> str:
    """SQL of what a customer has of these offers and said to them, each a text of JSON."""
    return ROWS.format(first=min(shelf.offers, default=AFTER_ALL))


class Said(NamedTuple):
    """What the question found."""

    rows: Sequence[Any]
    """Offer, items, whether a yes is needed, channels."""
    answers: Mapping[tuple[int, int], bool]
    """By offer and item."""


def said_by(rows: Iterable[Sequence[Any]]) -> Said:
    """Of the rows, told apart by how many parts they have."""
    answers = {(each[0], each[1]): each[2] for each in rows if len(each) == ANSWER}
    return Said([each for each in rows if len(each) == ITEMS], answers)


def rules_by_offer(
    shelf: Shelf, rows: Iterable[Any]
) -> Iterator[tuple[int, list[engine.Rule], Sequence[str] | None]]:
    """What a customer has of each offer, and where it is announced to them if they have their own
    channels (L22)."""
    for pk, items, needs_acceptance, channels in rows:
        template = shelf.templates.get(pk)
        if template is not None:
            is_asked = template.offer.needs_acceptance
            needs = is_asked if needs_acceptance is None else needs_acceptance
            yield pk, _rules(template, items, needs), channels


def _rules(template: Template, items: Sequence[Any], needs: bool) -> list[engine.Rule]:
    stored = [tuple(item) for item in items]
    if template.offer.mechanic == PersonalOffer.Mechanic.RECEIPT_AMOUNT:
        return list(_kept_rules(template, needs, *stored))
    return [rule for item in stored for rule in _kept_rules(template, needs, item)]


# Many customers have the same of an offer, and those who come now come back soon.
@lru_cache(maxsize=RULES_KEPT)
def _kept_rules(template: Template, needs: bool, *stored: tuple[Any, ...]) -> list[engine.Rule]:
    return template.rules(read(stored), needs_acceptance=needs)


source = PersonalOffers()
register(source)
