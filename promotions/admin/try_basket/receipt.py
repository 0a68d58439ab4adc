"""The quote as a receipt, line by line, and how its price came about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from promotions.admin.try_basket.form import CheckedRow
from promotions.admin.try_basket.kinds import offer_url
from promotions.engine import Applied, PricedLine
from promotions.pricing.explanations import part_in_words
from promotions.pricing.quoting import Priced
from promotions.pricing.wording import number

TONES = 6
"""Colours that offers take turns with."""
THOUSAND = 1000
Key = tuple[str, int]


@dataclass(frozen=True)
class Take:
    """What one offer took of one line."""

    offer: str
    url: str
    words: str
    amount: str
    tone: int


@dataclass(frozen=True)
class ReceiptLine:
    name: str
    code: str
    is_known: bool
    picture: str
    quantity: str
    unit_price: str
    total: str
    payable: str
    is_reduced: bool
    takes: Sequence[Take]
    points_spent: str
    points_earned: str


@dataclass(frozen=True)
class Share:
    """A part of the whole price: `thousandths` of it, in a colour."""

    words: str
    amount: str
    thousandths: int
    tone: str


@dataclass(frozen=True)
class Receipt:
    lines: Sequence[ReceiptLine]
    sums: Mapping[str, str]
    """Total, discount, points spent, payable, points earned; empty where there is nothing."""
    percent: str
    shares: Sequence[Share]
    is_exact: bool


def draw(priced: Priced, rows: Sequence[CheckedRow]) -> Receipt:
    """No query."""
    tones = tones_of(priced.quote.effects)
    quote = priced.quote
    lines = list(zip(quote.lines, rows, strict=True))
    quantities = {line.id: row.quantity for line, row in lines}
    takes: dict[str, list[Take]] = defaultdict(list)
    for applied in quote.effects:
        take = _take(applied, priced, quantities[applied.line], tones)
        takes[applied.line].append(take)
    return Receipt(
        [_line(line, row, priced, takes[line.id]) for line, row in lines],
        _sums(quote, priced),
        _percent(quote.discount, quote.total),
        _shares(priced, tones),
        quote.is_exact,
    )


def tones_of(effects: Iterable[Applied]) -> dict[Key, int]:
    """Each offer that applied keeps its colour all over the page."""
    applied = dict.fromkeys((each.origin, each.id) for each in effects)
    return {key: place % TONES for place, key in enumerate(applied)}


def _take(applied: Applied, priced: Priced, of: Decimal, tones: Mapping[Key, int]) -> Take:
    names, key = priced.names, (applied.origin, applied.id)
    earned = applied.amount == 0 and applied.points > 0
    amount = f"+{number(applied.points)}" if earned else f"−{names.money(applied.amount)}"
    words = part_in_words(applied.units, of)
    return Take(names.offers.get(key, ""), offer_url(key), words, amount, tones[key])


def _line(line: PricedLine, row: CheckedRow, priced: Priced, takes: Sequence[Take]) -> ReceiptLine:
    money = priced.names.money
    assert row.price is not None  # noqa: S101 what has none was not priced
    return ReceiptLine(
        name=row.name,
        code=row.row.product,
        is_known=row.product is not None,
        picture=row.picture,
        quantity=number(row.quantity),
        unit_price=money(row.price),
        total=money(line.total),
        payable=money(line.total - line.discount),
        is_reduced=line.discount > 0,
        takes=takes,
        points_spent=money(line.points_spent) if line.points_spent else "",
        points_earned=number(line.points_earned) if line.points_earned else "",
    )


def _sums(quote: Any, priced: Priced) -> dict[str, str]:
    money = priced.names.money
    return {
        "total": money(quote.total),
        "discount": money(quote.discount) if quote.discount else "",
        "points_spent": money(quote.points_spent) if quote.points_spent else "",
        "payable": money(quote.payable),
        "points_earned": number(quote.points_earned) if quote.points_earned else "",
    }


def _shares(priced: Priced, tones: Mapping[Key, int]) -> list[Share]:
    """What is paid, what points pay, and what each offer took off; together the whole price."""
    quote, names = priced.quote, priced.names
    saved: dict[Key, Decimal] = defaultdict(Decimal)
    for applied in quote.effects:
        saved[applied.origin, applied.id] += applied.amount
    parts = [
        (_("To pay"), quote.payable, "pay"),
        (_("Paid with points"), quote.points_spent, "points"),
        *((names.offers.get(key, ""), amount, str(tones[key])) for key, amount in saved.items()),
    ]
    return [
        Share(words, names.money(amount), int(THOUSAND * amount / quote.total), tone)
        for words, amount, tone in parts
        if amount
    ]


def _percent(part: Decimal, whole: Decimal) -> str:
    return f"{number_format(round(100 * part / whole))}%" if part and whole else ""
