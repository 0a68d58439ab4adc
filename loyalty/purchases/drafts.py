"""A purchase as it will be written, made of what a basket was priced at."""

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self, TypeVar

from django.db import models

from loyalty.models import Purchase, PurchaseLine
from loyalty.quote_json import effects_of
from promotions.engine import PricedLine, Quote
from promotions.models import EVERYBODY
from promotions.pricing.asked import AskedBasket, AskedLine, BasketError
from promotions.pricing.quoting import Priced

MOST = Decimal(1_000_000_000_000)
"""Of money and of points on a receipt; counters of uses and lots of points hold more than that."""
SUMS = ("total", "discount", "payable", "points_earned", "points_spent")
KEPT = ("customer_id", "point_of_sale_id", "currency", "at", *SUMS, "effects")
KEPT_OF_LINES = (
    *("customer_id", "number", "line", "code", "product_id", "quantity", "unit_price"),
    *SUMS,
)

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Draft:
    """Neither is saved, and both lack what only a confirmation says."""

    purchase: Purchase
    lines: list[PurchaseLine]

    @classmethod
    def of(cls, priced: Priced, basket: AskedBasket, at: dt.datetime) -> Self:
        """Raises BasketError for amounts that can't be kept."""
        _check(priced.quote)
        customer = EVERYBODY if priced.customer_id is None else priced.customer_id
        purchase = Purchase(
            customer_id=customer,
            point_of_sale=priced.point_of_sale,
            currency=priced.point_of_sale.currency,
            at=at,
            effects=json.loads(effects_of(priced)),
            **_sums(priced.quote),
        )
        quoted = zip(basket.lines, priced.quote.lines, strict=True)
        lines = [
            _line(asked, line, priced, customer_id=customer, number=number)
            for number, (asked, line) in enumerate(quoted, 1)
        ]
        return cls(purchase, lines)

    def as_json(self) -> dict[str, Any]:
        return {
            "purchase": _written(self.purchase, KEPT),
            "lines": [_written(line, KEPT_OF_LINES) for line in self.lines],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        lines = [_read(PurchaseLine, each) for each in kept["lines"]]
        return cls(_read(Purchase, kept["purchase"]), lines)


def _line(asked: AskedLine, line: PricedLine, priced: Priced, **fields: int) -> PurchaseLine:
    product = priced.products.get(asked.product)
    return PurchaseLine(
        line=asked.id,
        code=asked.product,
        product_id=product.id if product else None,
        quantity=asked.quantity,
        unit_price=asked.unit_price,
        **_sums(line),
        **fields,
    )


def _check(quote: Quote) -> None:
    if max(quote.total, quote.points_earned) > MOST:
        raise BasketError("amount", f"A receipt is about {MOST} at most: part it.")


def _sums(of: Quote | PricedLine) -> dict[str, Decimal]:
    return {name: getattr(of, name) for name in SUMS}


def _written(row: models.Model, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    plain = (int, list, type(None))
    return {name: each if isinstance(each, plain) else str(each) for name, each in values.items()}


def _read(model: type[Row], values: dict[str, Any]) -> Row:
    field: Any = model._meta.get_field
    return model(**{name: field(name).to_python(each) for name, each in values.items()})
