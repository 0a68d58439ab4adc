"""Cases of ten percent off the only line of 10.00: it applies, or it fails and says why."""

from collections.abc import Mapping
from typing import Any

from promotions.engine import Condition, Reason, Rule, Shopper
from tests.promotions.engine.builders import basket, percent
from tests.promotions.engine.cases import Case, Why, off

TEN = (off(1, "1", "1.00"),)
MEMBER = Shopper(audiences=frozenset({4, 5}), groups=frozenset({6}))


def ten_percent(*asked: Condition, **more: Any) -> tuple[Rule, ...]:
    return (percent("10", currency="EUR", conditions=asked, **more),)


def applies(sentence: str, proves: str, rules: tuple[Rule, ...], **more: Any) -> Case:
    return Case(sentence, proves, basket("10.00"), rules, pays="9.00", effects=TEN, **more)


def fails(sentence: str, proves: str, rules: tuple[Rule, ...], why: Why, **more: Any) -> Case:
    return Case(sentence, proves, basket("10.00"), rules, pays="10.00", skips={1: why}, **more)


def failed(*conditions: tuple[str, Mapping[str, Any]]) -> Why:
    return Reason.CONDITION, {
        "failed": tuple({"condition": name, **figures} for name, figures in conditions)
    }
