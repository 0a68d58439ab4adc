"""The greedy choice, in figures known by hand."""

from promotions.engine import ProductSet
from promotions.engine.choosing.applications import choose_greedily
from promotions.engine.choosing.board import Board
from promotions.engine.choosing.goals import Goal
from promotions.engine.choosing.margins import contenders
from promotions.engine.choosing.search import Search
from tests.promotions.engine.builders import (
    LINES,
    amount_off,
    basket,
    buy,
    fixed_price,
    get,
    goods,
    line,
    percent,
)
from tests.promotions.engine.test_search import board_of


def greedy(board: Board) -> tuple[int, list[tuple[int, dict[int, tuple[int, int]]]]]:
    """What is left to pay, and what was applied in which order."""
    search = Search(Goal(board), contenders(board))
    applied = [application for application, _ in choose_greedily(search)]
    return search.cost, [(contest.offer.rule.id, counts) for contest, counts in applied]


def test_greed_applies_what_brings_most_first_and_again_while_uses_last() -> None:
    """P4, P12."""
    board = board_of(
        basket(line("10.00", "3"), line("8.00", "2", of=2)),
        [
            percent("50", 1, uses=2, sets=(get(1),)),
            percent("90", 2, goods=goods(2), units=1),
            percent("60", 3, goods=goods(1), units=1),
        ],
    )
    assert greedy(board) == (
        4600 - 720 - 600 - 1000,
        [(2, {1: (1, 0)}), (3, {0: (1, 0)}), (1, {0: (2, 0)})],
    )


def test_greed_applies_a_set_without_a_limit_as_often_as_units_last() -> None:
    """P12: at once."""
    board = board_of(
        basket(line("10.00", "7")), [percent("100", 1, uses=None, sets=(get(1, required=3),))]
    )
    assert greedy(board) == (5000, [(1, {0: (2, 4)})])


def test_greed_takes_the_cheapest_triggers_and_the_dearest_targets() -> None:
    """P13: and a target that wins nothing only if it must."""
    bought = basket("10.00", "9.00", "8.00", "1.00")
    half = percent("50", 1, sets=(ProductSet(goods(1, 2, 3, 4), 3, 1),))
    assert greedy(board_of(bought, [half])) == (2300, [(1, {0: (1, 0), 3: (0, 1), 2: (0, 1)})])
    to_five = fixed_price("5", 1, sets=(get(3, required=0),))
    assert greedy(board_of(bought, [to_five])) == (
        1600,
        [(1, {0: (1, 0), 1: (1, 0), 2: (1, 0)})],
    )
    all_four = fixed_price("5", 1, sets=(get(4, required=4),))
    assert greedy(board_of(bought, [all_four])) == (
        1600,
        [(1, {0: (1, 0), 1: (1, 0), 2: (1, 0), 3: (1, 0)})],
    )


def test_greed_takes_triggers_that_lose_least() -> None:
    """P13: of what their plain offers give."""
    board = board_of(
        basket("10.00", "5.00", "9.00"),
        [percent("40", 1, goods=goods(2)), percent("50", 2, sets=(buy(1, 2, 3), get(1, 1)))],
    )
    assert greedy(board) == (1700, [(2, {0: (1, 0), 2: (0, 1)})])


def test_greed_leaves_what_brings_nothing_any_more() -> None:
    """P4: the trigger of one set is the other's target."""
    board = board_of(
        basket("10.00", "9.00"),
        [percent("50", 1, sets=(buy(1, 2), get(1, 1))), percent("50", 2, sets=(get(1, 2),))],
    )
    assert greedy(board) == (1400, [(1, {0: (1, 0), 1: (0, 1)})])


def test_greed_repeats_a_set_only_if_that_brings_more() -> None:
    """P12: the line's own offer is lost with its last unit."""
    board = board_of(
        basket(line("10.00", "2")),
        [amount_off("9", 1, **LINES), percent("60", 2, uses=None, sets=(get(1),))],
    )
    assert greedy(board) == (500, [(2, {0: (1, 0)})])
    board = board_of(
        basket(line("10.00", "2")),
        [amount_off("9", 1, **LINES), percent("90", 2, uses=None, sets=(get(1),))],
    )
    assert greedy(board) == (200, [(2, {0: (1, 0)})])


def test_greed_leaves_what_only_settles_a_tie() -> None:
    """P4: the search settles it."""
    assert greedy(board_of(basket("10.00"), [percent("50", 1, units=1), percent("50", 2)])) == (
        500,
        [],
    )
