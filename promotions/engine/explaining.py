"""Why each other offer did not apply (P7): worked out only when asked for."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from promotions.engine.quotes import Applied, Reason, Skipped
from promotions.engine.rules import Rule
from promotions.engine.taking_part import is_for

if TYPE_CHECKING:
    from promotions.engine.compiling import RuleBook
    from promotions.engine.conditions import Facts
    from promotions.engine.offers import Offer


def explain(
    facts: "Facts",
    book: "RuleBook",
    effects: Sequence[Applied],
    taking_part: Sequence["Offer"],
) -> tuple[Skipped, ...]:
    """Every rule of the book that has no effect, in their order."""
    applied = {(effect.origin, effect.id) for effect in effects}
    why = Why(facts, book, effects, taking_part)
    return tuple(
        Skipped(*rule.key, *why.of(rule)) for rule in book.rules if rule.key not in applied
    )


class Why:
    def __init__(
        self,
        facts: "Facts",
        book: "RuleBook",
        effects: Sequence[Applied],
        taking_part: Sequence["Offer"],
    ) -> None:
        self.facts = facts

    def of(self, rule: Rule) -> tuple[Reason, Mapping[str, Any]]:
        facts = self.facts
        if facts.at < rule.start:
            return Reason.NOT_YET, {"start": rule.start}
        if facts.at >= rule.end:
            return Reason.OVER, {"end": rule.end}
        if rule.points_of_sale and facts.basket.point_of_sale not in rule.points_of_sale:
            return Reason.NOT_HERE, {}
        if rule.currency not in (None, facts.basket.currency):
            return Reason.CURRENCY, {"currency": rule.currency}
        if not is_for(rule, facts):
            return Reason.NOT_FOR_YOU, {}
        return Reason.NOTHING_TO_SAVE, {}


__all__ = ["Decimal", "explain"]
