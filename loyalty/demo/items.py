"""What customers of the demo have of its personal offers, as another system would upload it."""

import datetime as dt
from collections.abc import Iterator

from customers.demo import external_id
from customers.models import Customer
from loyalty.demo.offers import midnight
from loyalty.models import OfferAnswer, PersonalOffer
from loyalty.personal.counting import count_offers
from loyalty.personal.judging import Sent
from loyalty.personal.uploading import Entry, Mode, Refused, upload

Days = tuple[int, int]
"""The first and the last day, from the demo's own."""
Cells = tuple[str, str] | tuple[str, str, Days]
"""A target or threshold, how much, and when if not as long as the offer."""

NOW, NEXT, TEN_DAYS = (-7, 7), (8, 22), (-3, 6)
# Who has something of an offer has one of these; the first are Anna's.
CHOICES: dict[str, list[list[Cells]]] = {
    "handbag-then-purse": [
        [("HAN-6301", "50", NOW), ("PUR-6401", "30", NEXT)],
        [("HAN-6302", "40", NOW), ("PUR-6402", "25", NEXT)],
        [("HAN-6303", "35", NOW), ("PUR-6403", "35", NOW), ("PUR-6402", "20", NEXT)],
    ],
    "decorative-cosmetics": [
        [("decorative-cosmetics", "20", TEN_DAYS)],
        [("lips", "25", TEN_DAYS)],
        [("eyes", "15"), ("skin-care", "10")],
    ],
    "all-for-school-points": [
        [("All for School", "30", (-2, 9))],
        [("All for School", "20"), ("Gifts", "10")],
    ],
    "points-for-big-receipts": [
        [("1000", "10"), ("3000", "20")],
        [("500", "5"), ("1500", "10"), ("4000", "15")],
    ],
    "money-off-big-receipts": [
        [("1800", "500"), ("3600", "1000")],
        [("900", "150"), ("1800", "400")],
    ],
}
# Each of the offers goes to one in so many of the first customers.
AMONG, ONE_IN = range(2, 501), 4
ANSWERED = ("decorative-cosmetics", "all-for-school-points", "money-off-big-receipts")


def give_items(numbers: range, *, at: dt.datetime) -> None:
    """Items for some of the customers with these numbers, of whom many have answered.

    Anna, the first, has some of each; what she says is said in her own story.
    """
    offers = {offer.name: offer for offer in PersonalOffer.objects.filter(name__in=CHOICES)}
    entries = [
        Entry(("external_id", external_id(number)), name, _sent(offers[name], choice, at))
        for number, name, choice in _shares(numbers)
    ]
    for result in upload(entries, mode=Mode.REPLACE):
        # The catalogue or the list above was changed without the other.
        assert not isinstance(result, Refused), result  # noqa: S101
    _answer([offers[name] for name in ANSWERED], numbers, at)
    count_offers(at)


def _shares(numbers: range) -> Iterator[tuple[int, str, list[Cells]]]:
    """Numbers of customers, and what of which offer they have."""
    for place, (name, choices) in enumerate(CHOICES.items()):
        if 1 in numbers:
            yield 1, name, choices[0]
        for number in AMONG:
            if number in numbers and (number + place) % ONE_IN == 0:
                yield number, name, choices[number // ONE_IN % len(choices)]


def _sent(offer: PersonalOffer, choice: list[Cells], at: dt.datetime) -> list[Sent]:
    return [_item(offer, at, *cells) for cells in choice]


def _item(
    offer: PersonalOffer, at: dt.datetime, name: str, value: str, days: Days | None = None
) -> Sent:
    first, last = (
        (midnight(at, offer.zone, day).date().isoformat() for day in days) if days else ("", "")
    )
    is_threshold = offer.mechanic == PersonalOffer.Mechanic.RECEIPT_AMOUNT
    return Sent(
        target="" if is_threshold else name,
        threshold=name if is_threshold else "",
        value=value,
        start=first,
        end=last,
    )


def _answer(offers: list[PersonalOffer], numbers: range, at: dt.datetime) -> None:
    """Of three customers one has said yes, one no, and one nothing yet."""
    asked = {offer.name: offer.pk for offer in offers}
    said = [(number, asked[name]) for number, name, _ in _shares(numbers) if name in asked]
    ids = dict(
        Customer.objects.filter(
            external_id__in=[external_id(number) for number, _ in said]
        ).values_list("external_id", "pk")
    )
    OfferAnswer.objects.bulk_create(
        OfferAnswer(
            customer_id=ids[external_id(number)],
            offer_id=offer,
            accepted=number % 3 == 2,
            at=at - dt.timedelta(hours=number % 50),
        )
        for number, offer in said
        if number > 1 and number % 3
    )
