"""A kind of offers of a room above, made up: gifts, which bring what a test puts into them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from promotions import engine
from promotions.limits import Limited
from promotions.pricing.sources import Brought, Own, Source
from tests.factories import DAY, NOON

GIFTS = Limited("gifts_gift", "gifts_use", "gifts_counter", "gift_id")
TABLES = """
    CREATE TABLE gifts_gift (LIKE promotions_discount INCLUDING INDEXES);
    CREATE TABLE gifts_use (LIKE promotions_use INCLUDING ALL);
    CREATE TABLE gifts_counter (LIKE promotions_usecounter INCLUDING ALL);
    ALTER TABLE gifts_use RENAME discount_id TO gift_id;
    ALTER TABLE gifts_counter RENAME discount_id TO gift_id;
"""


@dataclass
class Gifts(Source):
    """Each shopper's own are those by their first name."""

    origin = "gift"
    limited = GIFTS

    rules: Sequence[engine.Rule] = ()
    own_rules: Mapping[str, tuple[engine.Rule, ...]] = field(default_factory=dict)
    answers: Mapping[tuple[str, int, int], bool] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    """Of what it brings."""

    def read(self, at: dt.datetime) -> Brought:
        rules = [*self.rules, *(rule for each in self.own_rules.values() for rule in each)]
        names = {rule.key: f"Gift {rule.id}" for rule in rules}
        return Brought(self.rules, names, kept="kept", **self.more)

    def question(self, brought: Brought) -> str:
        assert brought.kept == "kept"
        return "SELECT customer.first_name"

    def own(self, brought: Brought, answer: Any, at: dt.datetime) -> Own:
        return Own(self.own_rules.get(answer, ()), self.answers)


def gift(number: int = 1, **fields: Any) -> engine.Rule:
    """One of its rules: a tenth off everything, for members."""
    return engine.Rule(
        **{
            "id": number,
            "origin": "gift",
            "kind": engine.Kind.PERCENTAGE,
            "value": Decimal(10),
            "start": NOON - DAY,
            "end": NOON + DAY,
            "members": True,
            **fields,
        }
    )
