"""The compact form in which a customer's items of an offer are stored (OfferItems)."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from promotions.engine import Effect, Kind

EFFECTS = {"d": Effect.DISCOUNT, "p": Effect.POINTS}
KINDS = {"%": Kind.PERCENTAGE, "a": Kind.AMOUNT}
LETTERS = {effect: letter for letter, effect in EFFECTS.items()}
SIGNS = {kind: sign for sign, kind in KINDS.items()}


class Item(NamedTuple):
    """What one item says for itself; None is as the offer says."""

    target: Decimal | int
    """Id of a product, category or product group; of receipt amounts the threshold."""
    effect: Effect | None = None
    kind: Kind | None = None
    value: Decimal | int | None = None
    start: dt.datetime | None = None
    end: dt.datetime | None = None


def read(rows: Iterable[Sequence[Any]]) -> list[Item]:
    """Items of their stored form, whose numbers were parsed as Decimal or int."""
    return [_item(*row) for row in rows]


def _item(
    target: Decimal | int,
    letter: str | None = None,
    sign: str | None = None,
    value: Decimal | int | None = None,
    start: int | None = None,
    end: int | None = None,
) -> Item:
    return Item(
        target,
        None if letter is None else EFFECTS[letter],
        None if sign is None else KINDS[sign],
        value,
        _moment(start),
        _moment(end),
    )


def _moment(seconds: int | None) -> dt.datetime | None:
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC)


def write(items: Iterable[Item]) -> str:
    """The stored form as JSON, items by target, then by start; nothing that is null at an end."""
    ordered = sorted(items, key=_order)
    return "[" + ",".join(_written(item) for item in ordered) + "]"


def _order(item: Item) -> tuple[Decimal | int, float]:
    return item.target, item.start.timestamp() if item.start else float("-inf")


def _written(item: Item) -> str:
    cells: list[str | None] = [
        number_in_words(item.target),
        None if item.effect is None else f'"{LETTERS[item.effect]}"',
        None if item.kind is None else f'"{SIGNS[item.kind]}"',
        None if item.value is None else number_in_words(item.value),
        None if item.start is None else str(int(item.start.timestamp())),
        None if item.end is None else str(int(item.end.timestamp())),
    ]
    while cells[-1] is None:
        cells.pop()
    return f"[{','.join('null' if cell is None else cell for cell in cells)}]"


def number_in_words(value: Decimal | int) -> str:
    """Without needless zeros, never with an exponent: as the database's JSON writes it."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


parse: Callable[[str], Any] = json.JSONDecoder(parse_float=Decimal).decode
"""JSON with exact numbers."""
