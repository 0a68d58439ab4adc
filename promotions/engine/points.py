"""Points: what may be spent, and what is earned on what is paid in money (P15)."""

from collections.abc import Sequence
from decimal import Decimal

from promotions.engine.baskets import Basket
from promotions.engine.gains import Earnings
from promotions.engine.money import spread, to_cents_down
from promotions.engine.offers import Offer
from promotions.engine.rows import Row
from promotions.engine.rules import Programme
from promotions.engine.solving import Given, choose, counted


def spent(basket: Basket, programme: Programme, left: Sequence[int]) -> list[int]:
    """Of each row, what points pay, in cents; a part of a cent is not spent."""
    wanted = to_cents_down(max(basket.points_to_spend, Decimal(0)), basket.digits)
    most = int(sum(left) * programme.share)
    return spread(min(wanted, most), left)


def earned(
    rows: Sequence[Row],
    offers: Sequence[Offer],
    paid: Sequence[int],
    earnings: Earnings,
) -> tuple[list[Given], bool]:
    """In hundredths of points, for each offer and row; whether it is the best possible."""
    if not offers:
        return [], True
    base = [row.at_price(price) for row, price in zip(rows, paid, strict=True)]
    chosen, receipt, is_exact = choose(base, offers, earnings, combine=False)
    given = [
        (offer, place, units, gain)
        for place, settled in enumerate(chosen)
        for offer, units, gain in settled.shares
    ]
    given += _combining(base, offers, earnings)
    given.sort(key=lambda g: (not g[0].one_per_item, g[0].rank, g[1]))
    if receipt is not None:
        free = [settled.free for settled in chosen]
        _spread(receipt, free, [settled.free_units for settled in chosen], earnings, given)
    for offer in offers:
        if offer.on_receipt and not offer.one_per_item:
            _spread(offer, paid, [row.count for row in rows], earnings, given)
    return given, is_exact


def _combining(rows: list[Row], offers: Sequence[Offer], earnings: Earnings) -> list[Given]:
    given = []
    for offer in offers:
        if offer.on_receipt or offer.one_per_item:
            continue
        for row, units in counted(offer, rows):
            gain = earnings.on_line(offer, row, units)
            if gain:
                given.append((offer, row.place, units, gain))
    return given


def _spread(
    offer: Offer,
    weights: Sequence[int],
    units: Sequence[int],
    earnings: Earnings,
    given: list[Given],
) -> None:
    gain = earnings.on_receipt(offer, sum(weights))
    for place, part in enumerate(spread(gain, weights)):
        if part:
            given.append((offer, place, units[place], part))
