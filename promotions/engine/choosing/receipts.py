"""Whether a one-per-item rule on the receipt is worth a search of its own; mostly it isn't."""

from promotions.engine.choosing.goals import Goal
from promotions.engine.choosing.margins import least_loss
from promotions.engine.choosing.prospects import Contender
from promotions.engine.choosing.settled import Settled
from promotions.engine.gains import Money


def helped(goal: Goal, found: list[Contender]) -> set[int]:
    """Of a percentage: lines on which it could take off more than they lose that are left to it.

    None if it is not a cent together. Of a line that contests could take units of, it may get a
    part only; so that what the line loses counts for each unit, or not at all where rules combine.
    """
    contested = {place for each in found for place in each.contest.places}
    board = goal.board
    places = set()
    most: Money = 0
    for row in board.rows:
        held, is_soft = board.base[row.place], board.combining and board.combining[row.place]
        free: Money = row.price
        loss = held.saved
        if is_soft:
            bare = held if held.plain is None else board.settle(row.place, bare=True)
            free, loss = bare.free, bare.cost - held.cost
        if row.place in contested:
            loss = 0 if is_soft else least_loss(board, row.place) * row.count
        could = free * goal.of_free - loss * goal.of_cost
        if could > 0:
            places.add(row.place)
            most += could
    return places if most * 2 >= goal.of_cost else set()


def is_best_on_top(goal: Goal, chosen: list[Settled]) -> bool:
    """Of an amount or a fixed price: whether the best choice without it stays the best with it.

    So it does where the rule gives all that it could give to anything, or where no unit is worth
    less to the plain offers than what is missing.
    """
    board = goal.board
    given = sum(settled.cost for settled in chosen) - goal.cost(chosen)
    missing = goal.slack - given
    if not missing:
        return True
    if board.combining:
        return False
    losses = [
        least_loss(board, row.place)
        for row in board.rows
        if chosen[row.place].free_units < row.count
    ]
    return not losses or missing <= min(losses)
