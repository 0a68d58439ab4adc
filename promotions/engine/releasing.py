"""Which lines go without their plain offer for an amount off, or a fixed price of, the receipt.

Such a receipt rule gives the same however the lines that it covers are chosen, as soon as they
cost enough. A line that is released to it loses what its plain offer saved. All ways are tried as
long as there are few; a way is left when what it lost is more than the receipt rule could bring.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from promotions.engine.board import Settled, Takes

if TYPE_CHECKING:
    from promotions.engine.goals import Goal

WAYS = 500


def release(goal: "Goal", takes: Sequence[Takes]) -> tuple[list[Settled], bool]:
    """How each line is settled for the least to pay; False if not all ways were tried."""
    board = goal.board
    held = [board.settle(place, taken) for place, taken in enumerate(takes)]
    best = goal.value(held)
    chosen, tried = held, 0
    for way in _ways(goal, takes, held):
        tried += 1
        if tried > WAYS:
            return chosen, False
        value = goal.value(way)
        if value < best:
            best, chosen = value, way
    return chosen, True


def _ways(
    goal: "Goal", takes: Sequence[Takes], held: list[Settled]
) -> Iterator[list[Settled]]:
    """With more and more lines released, those that lose least for what they bring first."""
    bare = {
        place: goal.board.settle(place, takes[place], bare=True)
        for place, settled in enumerate(held)
        if settled.plain is not None
    }
    order = sorted(bare, key=lambda place: _loss(held[place], bare[place]))
    most = goal.cost(held) - goal.cost([bare.get(i, each) for i, each in enumerate(held)])
    most += sum(bare[place].cost - held[place].cost for place in order)

    def further(first: int, way: list[Settled], lost: int) -> Iterator[list[Settled]]:
        for number in range(first, len(order)):
            place = order[number]
            lost_now = lost + bare[place].cost - held[place].cost
            if lost_now > most:
                continue
            more = way.copy()
            more[place] = bare[place]
            yield more
            yield from further(number + 1, more, lost_now)

    yield from further(0, held, 0)


def _loss(held: Settled, bare: Settled) -> float:
    return float((bare.cost - held.cost) / max(bare.free - held.free, 1))
