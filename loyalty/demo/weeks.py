"""Some weeks in the demo: Anna's own, and receipts of others, each day after the other."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal

from customers.demo import demo_customers
from customers.models import Customer
from loyalty.demo.cashback import earn, give
from loyalty.demo.purchases import Bought, by_others, confirm
from loyalty.models import PersonalOffer
from loyalty.personal.answering import answer
from loyalty.purchases import cancelling, returning
from promotions.models import Product

DAY = dt.timedelta(days=1)
Step = tuple[int, Callable[[dt.datetime], object]]
"""How many days before the demo's own it happened, and what."""

GROCERIES = Bought(
    *(27, 1, "P1"),
    {"FRU-1001": "1.200", "DAI-1101": "4", "BAK-1201": "2", "DAI-1105": "0.450", "WAT-1611": "6"},
)
PARTY = Bought(21, 1, "P4", {"EYE-6102": "1", "LIP-6001": "1", "SKI-6201": "1"})
CAR = Bought(16, 1, "P2", {"CAR-55107": "1", "CAC-5602": "1", "COF-1501": "2"})
HANDBAG = Bought(5, 1, "P4", {"HAN-6301": "1", "LIP-6002": "2", "EYE-6101": "1"})
PIZZA = Bought(4, 1, "P2", {"PIZ-1403": "2", "JUI-1601": "2"})
BABY = Bought(
    2, 1, "harbour-market", {"BAB-2001": "2", "BAB-2003": "1", "TOY-2102": "1"}, points="20.00"
)
FLOWERS = Bought(1, 1, "P4", {"FLW-20418": "1", "LIP-6003": "1", "EYE-6103": "1"})


def live_through(numbers: range, *, at: dt.datetime) -> None:
    """The weeks before `at` of those customers who are among these numbers."""
    steps = [(each.days, _till(each)) for each in by_others(numbers)]
    if 1 in numbers:
        steps += _annas(demo_customers(range(1, 2)).get())
    for days, happen in sorted(steps, key=lambda step: -step[0]):
        happen(at - days * DAY)


def _till(bought: Bought) -> Callable[[dt.datetime], object]:
    return lambda at: confirm(bought, at=at)


def _annas(anna: Customer) -> Iterator[Step]:
    yield 58, lambda at: earn(anna, "12.40", at=at)
    yield 44, lambda at: earn(anna, "8.15", at=at)
    yield 30, lambda at: give(anna, "10.00", "Sorry that your parcel was late", at=at)
    for bought in (GROCERIES, PARTY, CAR, HANDBAG, PIZZA, BABY, FLOWERS):
        yield bought.days, _till(bought)
    handbag = list(Product.objects.filter(external_id="HAN-6301").values_list("pk", flat=True))
    yield 6, lambda at: _say(anna, "handbag-then-purse", at, accepted=True, products=handbag)
    yield 6, lambda at: _say(anna, "decorative-cosmetics", at, accepted=True)
    yield 6, lambda at: _say(anna, "money-off-big-receipts", at, accepted=False)
    yield 4, lambda at: cancelling.cancel(receipt=PIZZA.receipt, cancelled_at=None, at=at)
    yield 3, lambda at: give(anna, "25.00", "A birthday gift from us", at=at, days=12)
    yield 3, lambda at: returning.take(receipt=HANDBAG.receipt, request=ONE_LIPSTICK, at=at)


ONE_LIPSTICK = returning.Request("Return-1", [returning.Asked("2", Decimal(1))])


def _say(
    anna: Customer,
    name: str,
    at: dt.datetime,
    *,
    accepted: bool,
    products: list[int] | None = None,
) -> None:
    offer = PersonalOffer.objects.get(name=name)
    answer(customer_id=anna.pk, offer_id=offer.pk, accepted=accepted, at=at, products=products)
