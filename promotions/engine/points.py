"""Points: what may be spent, and what is earned on what is paid in money (P15)."""

from collections.abc import Sequence
from decimal import Decimal

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


def spent(basket: Basket, programme: Programme, left: Sequence[int]) -> list[int]:
    """Of each row, what points pay, in cents; a part of a cent is not spent."""
    if not basket.points_to_spend:
        return [0] * len(left)
    wanted = to_cents_down(max(basket.points_to_spend, Decimal(0)), basket.digits)
    most = int(sum(left) * programme.share)
    return spread(min(wanted, most), left)


def earned(
    rows: list[Row], shelf: Shelf, passes: Passes, paid: list[int], earnings: Earnings
) -> tuple[list[Given], bool]:
    """In hundredths of points, for each offer and row; whether it is the best possible."""
    if shelf.is_empty:
        return [], True
    base = [row.at_price(price) for row, price in zip(rows, paid, strict=True)]
    board = Board(base, shelf, earnings, passes, combines=False)
    choice = choose(board)
    given = by_stage(choice.chosen) + _combining(board)
    if choice.receipt is not None:
        free = [settled.free for settled in choice.chosen]
        units = [settled.free_units for settled in choice.chosen]
        _spread(choice.receipt, free, units, earnings, given)
    for offer in shelf.combining_on_receipt:
        if passes(offer):
            _spread(offer, paid, [row.count for row in rows], earnings, given)
    return given, choice.is_exact


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
