"""All promotions that a customer finds on their page, with what they may choose and save."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from customers.models import Customer
from promotions.composition import compositions_of
from promotions.engine import Shopper, Standing
from promotions.models import Discount, PersonalizedPromotion, Product
from promotions.personal.deals import Deal, deal_of
from promotions.personal.lists import lists_of
from promotions.personal.selection import Selection, default_of
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
    """Each with whether it is live; those first, and of them those that aren't used up."""

    @property
    def promotion(self) -> PersonalizedPromotion:
        return self.selection.promotion

    @property
    def is_live(self) -> bool:
        return self.shown_deals[0][1]

    @property
    def is_beyond(self) -> bool:
        """More is chosen than could be by now: the promotion's maximum was lowered since."""
        return len(self.selection.chosen) > self.most

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
    book, known = look_up("id", customer.pk, at)
    shopper = shopper_of(book, known, at)
    deals = _deals([promotion for promotion, _ in lists], book, shopper, at)
    cards = [
        Card(
            Selection(promotion, own, default_of(own, book=book, shopper=shopper, at=at)),
            _in_order(deals[promotion.pk], at),
        )
        for promotion, own in lists
        if deals[promotion.pk]
    ]
    return sorted(cards, key=lambda card: not card.is_live)


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
        (composition, shopper.standings.get(rule.key, Standing()))
        for pk, composition in compositions.items()
        if (rule := book.by_key.get(("discount", pk))) and is_for(rule, shopper)
    ]
    currencies = _currencies(book)
    return {
        promotion.pk: [
            deal
            for composition, standing in meant
            if (deal := deal_of(composition, promotion, currencies, standing))
        ]
        for promotion in promotions
    }


def _currencies(book: Book) -> set[str]:
    return {place.currency for place in book.points_of_sale.values()}
