"""Points: what may be spent, and what is earned on what is paid in money (P15)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from promotions.engine.baskets import Basket
from promotions.engine.choosing.board import Board
from promotions.engine.choosing.choice import choose
from promotions.engine.choosing.combining import combining
from promotions.engine.gains import Earnings, Money
from promotions.engine.money import spread, to_cents_down
from promotions.engine.offers import Offer
from promotions.engine.rows import Row
from promotions.engine.rules import Programme
from promotions.engine.shelves import Shelf
from promotions.engine.solving import Given, by_stage
from promotions.engine.taking_part import Passes

DECIMALS: Final = 2
"""That a number of points has."""


def spent(basket: Basket, programme: Programme, left: Sequence[int]) -> list[int]:
    """Of each row, what points pay, in cents; no part of a cent, nor of a hundredth of a point."""
    if not basket.points_to_spend:
        return [0] * len(left)
    step = 10 ** max(basket.digits - DECIMALS, 0)
    payable = [cents // step for cents in left]
    wanted = to_cents_down(max(basket.points_to_spend, Decimal(0)), min(basket.digits, DECIMALS))
    most = min(int(sum(left) * programme.share) // step, sum(payable))
    return [part * step for part in spread(min(wanted, most), payable)]


def earned(
    rows: list[Row],
    shelf: Shelf,
    passes: Passes,
    paid: list[int],
    earnings: Earnings,
    after_lines: int,
) -> tuple[list[Given], bool]:
    """In hundredths of points, for each offer and row; whether it is the best possible.

    `after_lines`: the receipt that thresholds look at, in cents.
    """
    if shelf.is_empty:
        return [], True
    base = [row.at_price(price) for row, price in zip(rows, paid, strict=True)]
    board = Board(base, shelf, earnings, passes, combines=False)
    choice = choose(board, _reached(shelf, passes, after_lines) if shelf.tiered else ())
    given = by_stage(choice.chosen) + _combining(board)
    if choice.receipt is not None:
        free = [settled.free for settled in choice.chosen]
        units = [settled.free_units for settled in choice.chosen]
        _spread(choice.receipt, free, units, earnings, given)
    for offer in shelf.combining_on_receipt:
        here = offer.at(after_lines)
        if here is not None and passes(offer):
            _spread(here, paid, [row.count for row in rows], earnings, given)
    return given, choice.is_exact


def _reached(shelf: Shelf, passes: Passes, after_lines: int) -> list[Offer]:
    found = [offer.at(after_lines) for offer in shelf.tiered if passes(offer)]
    return [tier for tier in found if tier is not None]


def _combining(board: Board) -> list[Given]:
    """Each on what is paid, whatever else earns points there."""
    given = [
        (offer, row.place, units, board.gains.on_line(offer, row, units))
        for row, offers in zip(
            board.rows, combining(board.rows, board.stacks, board.passes), strict=False
        )
        for offer, units in offers
    ]
    given.sort(key=lambda each: (each[0].rank, each[1]))
    return given


def _spread(
    offer: Offer,
    weights: Sequence[Money],
    units: Sequence[int],
    earnings: Earnings,
    given: list[Given],
) -> None:
    gain = earnings.on_receipt(offer, sum(weights))
    for place, part in enumerate(spread(gain, weights)):
        if part:
            given.append((offer, place, units[place], part))
