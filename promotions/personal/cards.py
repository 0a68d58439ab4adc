"""All promotions that a customer finds on their page, with what they may choose and save."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from customers.models import Customer
from promotions.composition import compositions_of
from promotions.engine import Shopper, Standing
from promotions.models import Discount, PersonalizedPromotion, Product
from promotions.personal.deals import Deal, deal_of, is_met_by
from promotions.personal.paging import PAGE, Asked, ListPage, pages_of
from promotions.personal.selection import default_of
from promotions.pricing.book import Book
from promotions.pricing.relevance import is_for
from promotions.pricing.shoppers import look_up, shopper_of
from promotions.wording import money

FIRST_PAGES = Asked()
NOTHING_TICKED: Mapping[int, Collection[int]] = MappingProxyType({})


@dataclass(frozen=True)
class Option:
    """A product on the list."""

    product: Product
    is_ticked: bool
    is_default: bool
    price: str
    """The usual one."""
    saving: str
    """Of one unit at that price, by the first deal; empty if it can't be said of one."""


@dataclass(frozen=True)
class Card:
    """A promotion, with a page of the list and what is ticked on the others."""

    list_page: ListPage
    chosen: frozenset[int]
    """As it was saved."""
    ticks: Collection[int] | None
    """In its place, where they were made and not saved yet."""
    default: int | None
    """Counts as chosen while nothing is (E20)."""
    shown_deals: Sequence[tuple[Deal, bool]]
    """Each with whether it is live; those first, and of them those that aren't used up."""
    apart: Sequence[Product] = ()
    """Ticked on other pages; not all if there are many. And the default, if it isn't shown."""

    @property
    def promotion(self) -> PersonalizedPromotion:
        return self.list_page.promotion

    @property
    def is_live(self) -> bool:
        return self.shown_deals[0][1]

    @property
    def ticked(self) -> Collection[int]:
        return self.chosen if self.ticks is None or self.list_page.is_locked else self.ticks

    @property
    def is_unsaved(self) -> bool:
        return self.chosen != set(self.ticked)

    @property
    def is_beyond(self) -> bool:
        """More is chosen than could be by now: the promotion's maximum was lowered since."""
        return len(self.chosen) > self.most

    @property
    def most(self) -> int:
        """How many can be chosen at all."""
        listed = self.list_page.listed
        return min(self.promotion.max_products or listed, listed)

    @property
    def shown(self) -> list[int]:
        """What can be ticked on this page; of all else the ticks stay."""
        return [product.pk for product in (*self.apart, *self.list_page.products)]

    @property
    def unseen(self) -> int:
        """How many are ticked that aren't shown."""
        return len(set(self.ticked).difference(self.shown))

    @property
    def options(self) -> list[Option]:
        return [self._option(product) for product in self.list_page.products]

    @property
    def options_apart(self) -> list[Option]:
        return [self._option(product) for product in self.apart]

    def _option(self, product: Product) -> Option:
        deal, _is_live = self.shown_deals[0]
        return Option(
            product,
            product.pk in self.ticked,
            not self.chosen and product.pk == self.default,
            money(product.price, deal.currency),
            deal.saving(product.price),
        )


def cards_of(
    customer: Customer,
    at: dt.datetime,
    *,
    asked: Asked = FIRST_PAGES,
    ticked: Mapping[int, Collection[int]] = NOTHING_TICKED,
) -> list[Card]:
    """The promotions with a list for the customer and a discount for them, live ones first.

    `ticked` by promotion counts in place of what is chosen. Seven queries, however many, while no
    discount changes.
    """
    book, known = look_up("id", customer.pk, at)
    shopper = shopper_of(book, known, at)
    among = PersonalizedPromotion.objects.filter(pk__in=list(shopper.picks))
    pages = pages_of(customer, among, asked)
    deals = _deals([page.promotion for page in pages], book, shopper, at)
    cards = [
        Card(
            list_page=page,
            chosen=shopper.picks[page.promotion.pk].chosen,
            ticks=ticked.get(page.promotion.pk),
            default=default_of(page.promotion, book=book, shopper=shopper, at=at),
            shown_deals=_in_order(deals[page.promotion.pk], at),
        )
        for page in pages
        if deals[page.promotion.pk]
    ]
    return sorted(_with_apart(cards), key=lambda card: not card.is_live)


def _with_apart(cards: Sequence[Card]) -> list[Card]:
    """One query, if anything is ticked that isn't shown."""
    apart = [_apart(card) for card in cards]
    products = Product.objects.in_bulk(set().union(*apart))
    by_name = sorted(products.values(), key=lambda product: (product.name, product.pk))
    return [
        replace(card, apart=[product for product in by_name if product.pk in ids])
        for card, ids in zip(cards, apart, strict=True)
    ]


def _apart(card: Card) -> list[int]:
    elsewhere = sorted(set(card.ticked).difference(card.shown))[:PAGE]
    if card.default and not card.chosen and card.default not in (*card.ticked, *card.shown):
        elsewhere.append(card.default)
    return elsewhere


def _in_order(deals: Sequence[Deal], at: dt.datetime) -> list[tuple[Deal, bool]]:
    shown = [(deal, deal.is_live(at)) for deal in deals]
    return sorted(shown, key=lambda each: (not each[1], each[0].standing.is_used_up))


def _deals(
    promotions: Collection[PersonalizedPromotion], book: Book, shopper: Shopper, at: dt.datetime
) -> dict[int, list[Deal]]:
    """The deals of each promotion by discounts that the shopper is among those meant by."""
    ahead = Discount.objects.ahead(at).filter(action=Discount.Action.PRODUCT_SETS)
    using = ahead.filter(product_sets__personalized_promotion__in=promotions)
    compositions = compositions_of(using.order_by("priority", "pk").distinct())
    meant = [
        (composition, shopper.standings.get(rule.key, Standing()), is_met_by(rule, shopper))
        for pk, composition in compositions.items()
        if (rule := book.by_key.get(("discount", pk))) and is_for(rule, shopper)
    ]
    currencies = _currencies(book)
    return {
        promotion.pk: [
            deal
            for composition, standing, is_met in meant
            if (deal := deal_of(composition, promotion, currencies, standing, is_met=is_met))
        ]
        for promotion in promotions
    }


def _currencies(book: Book) -> set[str]:
    return {place.currency for place in book.points_of_sale.values()}
