"""What a basket costs: the one way in for tills, previews and pages."""

import datetime as dt
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from promotions import engine
from promotions.models import PointOfSale
from promotions.pricing.asked import AskedBasket, BasketError, check
from promotions.pricing.book import Book
from promotions.pricing.goods import products_of
from promotions.pricing.shoppers import Known, look_up, shopper_of
from promotions.pricing.sources import Key
from promotions.pricing.wording import Names


@dataclass(frozen=True)
class Priced:
    """A quote with what its numbers mean."""

    quote: engine.Quote
    point_of_sale: PointOfSale
    customer_id: int | None
    shopper: engine.Shopper
    codes: tuple[str, ...]
    """Of the lines' products, as they were asked."""
    products: Mapping[str, engine.Product]
    """By the codes that were asked; those that the catalogue doesn't know are left out."""
    book: Book

    @property
    def unknown(self) -> list[str]:
        """Codes that the catalogue doesn't know, in the lines' order."""
        return [code for code in dict.fromkeys(self.codes) if code not in self.products]

    @property
    def names(self) -> Names:
        """Of offers by their kind and id, of their sets and promotions; for sentences."""
        place, book = self.point_of_sale, self.book
        return Names(
            place.currency,
            place.digits,
            place.zone,
            book.names,
            book.names_of_sets,
            book.promotions.names,
            self.rules,
        )

    @cached_property
    def rules(self) -> Mapping[Key, engine.Rule]:
        """Of all offers; of one with several rules of the shopper's own, the last."""
        own = {rule.key: rule for rule in self.shopper.rules}
        return ChainMap(own, self.book.by_key) if own else self.book.by_key


def quote_basket(asked: AskedBasket, *, customer_id: int | None, at: dt.datetime) -> Priced:
    """What the basket costs the customer, or anybody (None), at the moment. Changes nothing.

    One query while nothing changes. Raises BasketError for what can't be priced. Whether the
    customer has the points is for the caller to know.
    """
    check(asked)
    book, known = look_up("id", customer_id, at, asked.codes)
    if known.customer_id != customer_id:
        raise BasketError("unknown_customer", "There is no such customer.")
    return price_basket(asked, book, known, at)


def price_basket(asked: AskedBasket, book: Book, known: Known, at: dt.datetime) -> Priced:
    """The same of a checked basket, of which goods and customer were looked up. No query."""
    place = book.points_of_sale.get(asked.point_of_sale)
    if place is None:
        raise BasketError("unknown_point_of_sale", "There is no such point of sale.")
    here = at.astimezone(place.zone)
    shopper = shopper_of(book, known, here)
    products = products_of(known.found, book)
    basket = engine.Basket(
        lines=tuple(
            engine.Line(line.id, products.get(line.product), line.quantity, line.unit_price)
            for line in asked.lines
        ),
        point_of_sale=place.pk,
        currency=place.currency,
        digits=place.digits,
        points_to_spend=asked.points_to_spend,
    )
    quote = engine.price(basket, shopper, book.rules, here)
    return Priced(quote, place, known.customer_id, shopper, asked.codes, products, book)
