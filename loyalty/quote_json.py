"""A quote as the API's answer: written at once, as text, since tills ask often.

Of hundreds of offers that did not apply, most say the same to everybody: their texts are kept
with the book of offers, by language.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.translation import get_language

from loyalty.api_basket import Which
from promotions.engine import Applied, PricedLine, Quote, Reason, Skipped
from promotions.pricing.explanations import in_words
from promotions.pricing.quoting import Priced
from promotions.pricing.relevance import near, told_to_shopper

SAME_FOR_ALL = frozenset({Reason.NOT_HERE, Reason.NO_PRODUCTS, Reason.NOTHING_TO_SAVE})
"""Reasons without figures."""
SUMS = ("total", "discount", "payable", "points_earned", "points_spent")


def answer(priced: Priced, which: Which) -> str:
    quote = priced.quote
    main = json.dumps(
        {
            **_sums(quote),
            "currency": priced.point_of_sale.currency,
            "lines": [
                {"id": line.id, "product": code, **_sums(line)}
                for line, code in zip(quote.lines, priced.codes, strict=True)
            ],
            "effects": [_effect(each, priced) for each in quote.effects],
            "unknown_products": priced.unknown,
        }
    )
    return f'{main[:-1]}, "skipped": [{", ".join(_skipped(priced, which))}]}}'


def _sums(of: Quote | PricedLine) -> dict[str, str]:
    return {name: format(getattr(of, name), "f") for name in SUMS}


def _effect(applied: Applied, priced: Priced) -> dict[str, Any]:
    what = "points" if applied.points else "amount"
    return {
        "offer": _offer(applied, priced),
        "line": applied.line,
        "units": format(applied.units, "f"),
        what: format(getattr(applied, what), "f"),
    }


def _offer(of: Applied | Skipped, priced: Priced) -> dict[str, Any]:
    return {"kind": of.origin, "id": of.id, "name": priced.book.names[of.origin, of.id]}


def _skipped(priced: Priced, which: Which) -> Iterator[str]:
    if which is Which.NONE:
        return
    told: Iterable[Skipped] = told_to_shopper(priced)
    if which is Which.NEAR:
        told = near(priced, told)
    language, drawn = get_language(), priced.book.drawn
    for each in told:
        if each.reason not in SAME_FOR_ALL:
            yield _draw(each, priced)
            continue
        key = (language, each.origin, each.id, each.reason)
        text = drawn.get(key)
        if text is None:
            text = drawn[key] = _draw(each, priced)
        yield text


def _draw(skipped: Skipped, priced: Priced) -> str:
    return json.dumps(
        {
            "offer": _offer(skipped, priced),
            "reason": skipped.reason.value,
            "detail": in_words(skipped, priced.names),
            "figures": skipped.figures,
        },
        default=_plain,
    )


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return format(value, "f")
        case dt.date() | dt.time():
            return value.isoformat()
        case Enum():
            return value.value
        case _:
            return list(value)
