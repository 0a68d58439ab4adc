"""A case: one sentence, the sale it speaks of, and all that the quote says."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from promotions.engine import Basket, Programme, Reason, Rule, Shopper
from tests.promotions.engine.builders import ANYBODY, NOON, quote

Why = Reason | tuple[Reason, Mapping[str, Any]]
Effect = tuple[int, str, Decimal, Decimal, Decimal]


@dataclass(frozen=True)
class Case:
    sentence: str
    proves: str
    """Lines of the specification."""
    basket: Basket
    rules: tuple[Rule, ...]
    pays: str
    effects: tuple[Effect, ...] = ()
    skips: Mapping[int, Why] = field(default_factory=dict)
    """By rule; a reason alone has no figures."""
    shopper: Shopper = ANYBODY
    at: dt.datetime = NOON
    programme: Programme | None = None


def off(rule: int, line: str, amount: str, units: str = "1") -> Effect:
    return rule, line, Decimal(units), Decimal(amount), Decimal(0)


def earns(rule: int, line: str, points: str, units: str = "1") -> Effect:
    return rule, line, Decimal(units), Decimal(0), Decimal(points)


def outdone(*ids: int) -> Why:
    return Reason.OUTDONE, {"offers": tuple(("discount", id) for id in ids)}


def each_case(*cases: Case) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "case", [pytest.param(case, id=f"{case.sentence} ({case.proves})") for case in cases]
    )


def check(case: Case) -> None:
    answer = quote(
        case.basket, *case.rules, shopper=case.shopper, at=case.at, programme=case.programme
    )
    effects = [
        (each.id, each.line, each.units, each.amount, each.points) for each in answer.effects
    ]
    assert (str(answer.payable), effects) == (case.pays, list(case.effects))
    said = {each.id: (each.reason, plain(each.figures)) for each in answer.skipped}
    assert said == {
        id: why if isinstance(why, tuple) else (why, {}) for id, why in case.skips.items()
    }
    assert answer.is_exact


def plain(figures: Any) -> Any:
    """With money as text, as the cases have it."""
    if isinstance(figures, Mapping):
        return {name: plain(each) for name, each in figures.items()}
    if isinstance(figures, list | tuple):
        return tuple(plain(each) for each in figures)
    return str(figures) if isinstance(figures, Decimal) else figures
