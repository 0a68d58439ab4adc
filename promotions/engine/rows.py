"""The basket's lines in whole cents and units, in the order of the law."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from promotions.engine.baskets import Basket, Line, Picks, Product, Shopper
from promotions.engine.money import to_cents
from promotions.engine.offers import ALL, Key, Keys, keys_of
from promotions.engine.rules import Products, Rule


class Row:
    """`count` units of one price; `price` is theirs together."""

    __slots__ = ("count", "is_one_piece", "keys", "line", "place", "price", "unit_price")

    def __init__(
        self, line: Line, place: int, keys: Keys, count: int, price: int, is_one_piece: bool
    ) -> None:
        self.line = line
        self.place = place
        self.keys = keys
        self.count = count
        self.price = price
        self.unit_price = price // count
        self.is_one_piece = is_one_piece

    def at_price(self, price: int) -> "Row":
        """The same units, at what is paid for them."""
        return Row(self.line, self.place, self.keys, self.count, price, self.is_one_piece)

    def quantity(self, units: int) -> Decimal:
        """As on the receipt: of weighed goods the weight."""
        return self.line.quantity if self.is_one_piece else Decimal(units)


def row_of(line: Line, place: int, keys: Keys, digits: int) -> Row:
    count, cents = int(line.quantity), line.unit_price.scaleb(digits)
    unit_price = int(cents)
    if count == line.quantity and unit_price == cents:
        return Row(line, place, keys, count, count * unit_price, False)
    price = to_cents(line.quantity * line.unit_price, digits)
    return Row(line, place, keys, 1, price, True)


def line_order(line: Line) -> tuple[int, str]:
    return len(line.id), line.id


UNKNOWN: Keys = frozenset((ALL,))
Personal = Mapping[int, tuple[Key, ...]]
"""By personalized promotion, the keys of goods that mean its choice."""


def personal_of(rules: Iterable[Rule]) -> Personal:
    """The keys of goods that mean a choice, by personalized promotion."""
    named: dict[int, dict[Key, None]] = defaultdict(dict)
    for rule in rules:
        asked = [c.goods for c in rule.conditions if isinstance(c, Products)]
        for goods in (rule.goods, *(s.goods for s in rule.sets), *asked):
            if goods.promotion is not None:
                named[goods.promotion].update(dict.fromkeys(keys_of(goods)))
    return {promotion: tuple(keys) for promotion, keys in named.items()}


def merged(personal: Personal, rules: Iterable[Rule]) -> Personal:
    """With what these rules ask of choices, too."""
    found = dict(personal)
    for promotion, keys in personal_of(rules).items():
        found[promotion] = (*found.get(promotion, ()), *keys)
    return found


def rows_of(basket: Basket, shopper: Shopper, personal: Personal) -> list[Row]:
    lines = sorted(basket.lines, key=line_order)
    choice = _choice(shopper, personal) if shopper.picks else {}
    digits = basket.digits
    return [
        row_of(line, place, _keys(line.product, choice), digits) for place, line in enumerate(lines)
    ]


def _choice(shopper: Shopper, personal: Personal) -> dict[int, list[Key]]:
    """By product, the keys of the choices that it belongs to."""
    found: dict[int, list[Key]] = {}
    for promotion, picks in shopper.picks.items():
        for key in personal.get(promotion, ()):
            for product in chosen(picks, key[2]):
                found.setdefault(product, []).append(key)
    return found


def chosen(picks: Picks, default: int | None) -> frozenset[int]:
    """What counts as the shopper's choice (E20)."""
    return picks.chosen or picks.listed.intersection((default,))


def _keys(product: Product | None, choice: Mapping[int, list[Key]]) -> Keys:
    if product is None:
        return UNKNOWN
    keys = _keys_of(product.id, product.categories, product.groups)
    return keys.union(choice[product.id]) if product.id in choice else keys


@lru_cache(maxsize=16_384)
def _keys_of(number: int, categories: tuple[int, ...], groups: tuple[int, ...]) -> Keys:
    keys = {ALL, ("p", number, 0)}
    keys.update(("c", category, 0) for category in categories)
    keys.update(("g", group, 0) for group in groups)
    return frozenset(keys)
