"""A quote as the API's answer: written at once, as text, since tills ask often."""

import json
from collections.abc import Iterator

from loyalty.api_basket import Which
from loyalty.skipped_json import Drawing, offer_of
from promotions.engine import Applied, PricedLine, Quote
from promotions.pricing.quoting import Priced
from promotions.pricing.relevance import told_and_near
from promotions.pricing.sources import Key

quoted = json.encoder.encode_basestring_ascii


def answer(priced: Priced, which: Which) -> str:
    quote = priced.quote
    lines = [
        f'{{"id": {quoted(line.id)}, "product": {quoted(code)}, {_sums(line)}}}'
        for line, code in zip(quote.lines, priced.codes, strict=True)
    ]
    return (
        f'{{{_sums(quote)}, "currency": {quoted(priced.point_of_sale.currency)},'
        f' "lines": [{", ".join(lines)}], "effects": {effects_of(priced)},'
        f' "unknown_products": {json.dumps(priced.unknown)},'
        f' "skipped": [{", ".join(_skipped(priced, which))}]}}'
    )


def effects_of(priced: Priced) -> str:
    """What applied, as purchases keep it, too."""
    names = priced.book.drawn.setdefault("names", {})
    return f"[{', '.join(_effect(each, names, priced) for each in priced.quote.effects)}]"


def _sums(of: Quote | PricedLine) -> str:
    # Amounts have the decimals of their currency: no exponent.
    return (
        f'"total": "{of.total}", "discount": "{of.discount}", "payable": "{of.payable}",'
        f' "points_earned": "{of.points_earned}", "points_spent": "{of.points_spent}"'
    )


def _effect(applied: Applied, names: dict[Key, str], priced: Priced) -> str:
    """`names`: the texts of offers that were written already."""
    key = (applied.origin, applied.id)
    offer = names.get(key) or names.setdefault(key, json.dumps(offer_of(applied, priced)))
    given = f'"points": "{applied.points}"' if applied.points else f'"amount": "{applied.amount}"'
    line, units = quoted(applied.line), format(applied.units, "f")
    return f'{{"offer": {offer}, "line": {line}, "units": "{units}", {given}}}'


def _skipped(priced: Priced, which: Which) -> Iterator[str]:
    if which is Which.NONE:
        return iter(())
    drawing = Drawing(priced)
    if which is Which.NEAR:
        return map(drawing.text, told_and_near(priced))
    return drawing.all()
