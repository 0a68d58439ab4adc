"""All promotions that a customer finds on their page, with what they may choose and save."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from customers.models import Customer
from promotions.composition import compositions_of
from promotions.models import Discount, ListedProduct, PersonalizedPromotion, Product
from promotions.personal.deals import Deal, deal_of
from promotions.personal.lists import lists_of
from promotions.personal.selection import Selection
from promotions.pricing.book import Book
from promotions.pricing.relevance import is_for
from promotions.pricing.shoppers import look_up, shopper_of
from promotions.wording import money


@dataclass(frozen=True)
class Option:
    """A product on the list."""

    product: Product
    is_chosen: bool
    is_default: bool
    price: str
    """The usual one."""
    saving: str
    """Of one unit at that price, by the first deal; empty if it can't be said of one."""


@dataclass(frozen=True)
class Card:
    selection: Selection
    shown_deals: Sequence[tuple[Deal, bool]]
    """Each with whether it is live; those first."""

    @property
    def promotion(self) -> PersonalizedPromotion:
        return self.selection.promotion

    @property
    def is_live(self) -> bool:
        return self.shown_deals[0][1]

    @property
    def most(self) -> int:
        """How many can be chosen at all."""
        listed = len(self.selection.listed)
        return min(self.selection.maximum or listed, listed)

    @property
    def options(self) -> list[Option]:
        deal, _is_live = self.shown_deals[0]
        default, chosen = self.selection.default, self.selection.chosen
        return [
            Option(
                each.product,
                each.is_chosen,
                not chosen and each.product == default,
                money(each.product.price, deal.currency),
                deal.saving(each.product.price),
            )
            for each in self.selection.listed
        ]


def cards_of(customer: Customer, at: dt.datetime) -> list[Card]:
    """The promotions with a list for the customer and a discount for them, live ones first.

    Six queries, however many, while no discount changes.
    """
    lists = lists_of(customer)
    deals = _deals([promotion for promotion, _ in lists], customer, at)
    cards = [
        _card(promotion, own, deals[promotion.pk], at)
        for promotion, own in lists
        if deals[promotion.pk]
    ]
    return sorted(cards, key=lambda card: not card.is_live)


def _card(
    promotion: PersonalizedPromotion,
    listed: Sequence[ListedProduct],
    deals: Sequence[Deal],
    at: dt.datetime,
) -> Card:
    products = {row.product_id for row in listed}
    live = [deal for deal in deals if deal.is_live(at)]
    defaults = (deal.default for deal in live if deal.default and deal.default.pk in products)
    shown = [(deal, deal.is_live(at)) for deal in deals]
    return Card(
        Selection(promotion, listed, next(defaults, None)),
        sorted(shown, key=lambda each: not each[1]),
    )


def _deals(
    promotions: Collection[PersonalizedPromotion], customer: Customer, at: dt.datetime
) -> dict[int, list[Deal]]:
    """The deals of each promotion by discounts that the customer is among those meant by."""
    book, known = look_up("id", customer.pk, at)
    shopper = shopper_of(book, known, at)
    ahead = Discount.objects.ahead(at).filter(action=Discount.Action.PRODUCT_SETS)
    using = ahead.filter(product_sets__personalized_promotion__in=promotions)
    compositions = compositions_of(using.order_by("priority", "pk").distinct())
    meant = [
        composition
        for pk, composition in compositions.items()
        if (rule := book.by_key.get(("discount", pk))) and is_for(rule, shopper)
    ]
    currencies = _currencies(book)
    return {
        promotion.pk: [deal for each in meant if (deal := deal_of(each, promotion, currencies))]
        for promotion in promotions
    }


def _currencies(book: Book) -> set[str]:
    return {place.currency for place in book.points_of_sale.values()}
