"""What a contest could bring at most, in figures known by hand."""

from random import Random

import pytest

from promotions.engine import Basket, Kind, Rule, Scope, compile_rules
from promotions.engine.choosing.board import Board
from promotions.engine.choosing.choice import choose
from promotions.engine.choosing.goals import Goal
from promotions.engine.choosing.margins import contenders, least_loss
from promotions.engine.choosing.receipts import helped, is_best_on_top
from promotions.engine.gains import Savings
from promotions.engine.offers import Offer
from promotions.engine.rows import rows_of
from tests.promotions.engine.builders import (
    ANYBODY,
    COMBINES,
    LINES,
    NOON,
    RECEIPT,
    amount_off,
    basket,
    buy,
    fixed_price,
    get,
    goods,
    line,
    percent,
    rule,
)
from tests.promotions.engine.test_search import board_of


def brings(bought: Basket, *rules: Rule) -> list[tuple[int, ...]]:
    """By contest: of one use, of two, of up to three."""
    found = contenders(board_of(bought, rules))
    return [(*each.brings(1), *each.brings(2), *each.at_most(3)) for each in found]


def test_a_contest_brings_what_its_best_targets_win_over_the_plain_offers() -> None:
    """P4: with the triggers that lose least."""
    bought = basket("10.00", "8.00", "6.00", "2.00")
    pairs = percent("50", 1, uses=3, sets=(buy(1, 3, 4), get(1, 1, 2)))
    assert brings(bought, pairs) == [(500, 500, 900, 900, 900, 900)]
    tenth = percent("10", 2)
    assert brings(bought, pairs, tenth) == [(380, 380, 640, 640, 640, 640)]


def test_a_contest_may_bring_less_if_used_more() -> None:
    """P12: at most is the best number of uses."""
    bought = basket("10.00", "4.00", "3.00")
    two = fixed_price("4", 1, uses=3, sets=(get(1),))
    assert brings(bought, two, percent("10", 2, goods=goods(2, 3))) == [
        (600, 600, 570, 570, 600, 600)
    ]


def test_where_rules_combine_a_contest_brings_what_they_leave() -> None:
    """P10: a percentage of all units takes its part, with cents for what is rounded."""
    bought = basket("10.00", "8.00")
    half = percent("50", 1, units=1)
    fifth = percent("20", 2, **COMBINES)
    assert brings(bought, half, fifth)[0][:2] == (403, 500)
    assert brings(bought, half, percent("99", 2, **COMBINES))[0][:2] == (8, 500)
    assert brings(bought, half, amount_off("1", 2, **COMBINES))[0][:2] == (500, 500)
    assert brings(bought, half, amount_off("9.50", 2, **COMBINES))[0][:2] == (50, 500)
    assert brings(bought, half, percent("50", 2, units=1, **COMBINES))[0][:2] == (400, 500)
    early = amount_off("5", 3, priority=1, sets=(get(1, 1),), **COMBINES)
    assert brings(bought, early, fifth)[0][:2] == (403, 0)
    later = amount_off("5", 3, sets=(get(1, 1),), **COMBINES)
    assert brings(bought, later, fifth)[0][:2] == (500, 0)
    late = percent("50", 3, sets=(get(1, 1),), **COMBINES)
    assert brings(bought, late, fifth)[0][:2] == (403, 0)


@pytest.mark.parametrize(
    ("offer", "least"),
    [
        (percent("33.3"), 333),
        (amount_off("4"), 400),
        (fixed_price("4"), 600),
        (amount_off("4", **LINES), 0),
        (fixed_price("4", **LINES), 1000 - 400),
        (percent("33.3", **LINES), 333),
    ],
)
def test_a_unit_loses_at_least_the_least_step_of_its_plain_saving(offer: Rule, least: int) -> None:
    """P4: of three units of ten euros."""
    assert least_loss(board_of(basket(line("10.00", "3")), [offer]), 0) == least


def test_one_unit_loses_all_of_its_plain_saving() -> None:
    """P4: on its line too."""
    board = board_of(basket("10.00", line("10.00", "21", of=2)), [amount_off("4", **LINES)])
    assert (least_loss(board, 0), least_loss(board, 1)) == (400, 0)


def test_of_more_than_twenty_units_a_line_is_taken_to_lose_nothing() -> None:
    """P4: each unit more of a fixed price of the line saves all that it costs, the first 6.00."""
    board = board_of(
        basket(line("10.00", "20"), line("10.00", "21", of=2)), [fixed_price("4", **LINES)]
    )
    assert (least_loss(board, 0), least_loss(board, 1)) == (600, 0)


def with_receipt(bought: Basket, *rules: Rule) -> Goal:
    board = board_of(bought, rules)
    [[[receipt]]] = board.shelf.on_receipt
    return Goal(board, receipt)


def test_a_percentage_of_the_receipt_helps_lines_that_lose_less_to_it() -> None:
    """P2, P4: none if it comes to no cent."""
    bought = basket("10.00", "10.00", "10.00")
    rules = [percent("10", 1, goods=goods(1)), percent("20", 2, goods=goods(2))]
    goal = with_receipt(bought, *rules, percent("15", 9, **RECEIPT))
    assert helped(goal, []) == {0, 2}
    assert helped(with_receipt(bought, percent("0.01", 9, **RECEIPT)), []) == set()
    assert helped(with_receipt(basket("0.01"), percent("50", 9, **RECEIPT)), []) == {0}
    assert helped(with_receipt(basket("0.01"), percent("49", 9, **RECEIPT)), []) == set()
    equal = with_receipt(bought, percent("15", 1), percent("15", 9, **RECEIPT))
    assert helped(equal, []) == set()
    by_a_hundredth_of_a_cent = with_receipt(
        basket("0.97", "10.00"),
        amount_off("0.32", 1, goods=goods(1)),
        percent("33", 9, **RECEIPT),
    )
    assert helped(by_a_hundredth_of_a_cent, []) == {0, 1}


def test_a_contested_line_is_helped_by_what_it_gets_in_part() -> None:
    """P2, P4: what it loses is the least of its units."""
    rules = [amount_off("4", 1, **LINES), percent("50", 2, units=1)]
    goal = with_receipt(basket(line("10.00", "2")), *rules, percent("15", 9, **RECEIPT))
    found = contenders(goal.board)
    assert (helped(goal, []), helped(goal, found)) == (set(), {0})


def test_an_amount_off_the_receipt_is_best_on_top_if_nothing_of_it_is_missing() -> None:
    """P2, P4: or if what is missing is no more than any unit would lose."""
    bought = basket("10.00", "10.00")

    def is_best(*rules: Rule) -> bool:
        goal = with_receipt(bought, *rules)
        return is_best_on_top(goal, goal.board.base)

    off = percent("20", 1, goods=goods(1))
    assert is_best(amount_off("15", 9, **RECEIPT))
    assert is_best(off, amount_off("10", 9, **RECEIPT))
    assert is_best(off, amount_off("12", 9, **RECEIPT))
    assert not is_best(off, amount_off("12.01", 9, **RECEIPT))
    assert not is_best(off, percent("1", 2, **COMBINES), amount_off("12", 9, **RECEIPT))


def best_by_hand(board: Board, offers: list[Offer], taking: set[int], units: int) -> tuple:
    gains = [
        (-board.gains.on_line(offer, board.rows[0], units), offer.rank)
        for offer in offers
        if offer.rank in taking
    ]
    least = min(gains, default=(0, -1))
    return (-least[0], least[1]) if least[0] else (0, -1)


def test_the_best_plain_offer_of_many_is_the_best_of_those_that_take_part() -> None:
    """P4: in a tie the earliest, whichever of its kind stands in front."""
    for seed in range(300):
        random = Random(seed)
        rules = []
        for id in range(random.randint(1, 14)):
            kind = random.choice([Kind.PERCENTAGE, Kind.AMOUNT, Kind.FIXED_PRICE])
            scope = random.choice([Scope.UNITS, Scope.LINES])
            value = random.choice(["10", "10.01", "20", "30", "1", "8"])
            rules.append(rule(id, kind, value, scope=scope, priority=random.choice([1, 2])))
        book = compile_rules(rules)
        offers = list(book.offers(2))
        for _ in range(3):
            taking = {offer.rank for offer in offers if random.random() < 0.4}
            bought = basket(line(random.choice(["10.00", "0.10", "40.00"]), "2"))
            rows = rows_of(bought, ANYBODY, book.personal)
            shelf = book.stock(1, "EUR", 2, NOON).discounts
            board = Board(rows, shelf, Savings(), lambda o, t=taking: o.rank in t, combines=True)
            for units in (1, 2):
                gain, offer = board.plain(0, units)
                found = gain, -1 if offer is None else offer.rank
                assert (seed, found) == (seed, best_by_hand(board, offers, taking, units))


def chosen_on(board: Board) -> tuple[int, int | None]:
    choice = choose(board)
    return choice.value.first[0], None if choice.receipt is None else choice.receipt.rank


def test_of_many_rules_on_the_receipt_the_best_applies() -> None:
    """P4: the earliest of those that save the same, kind by kind."""
    for seed in range(200):
        random = Random(seed)
        rules = []
        for id in range(1, random.randint(2, 10)):
            kind = random.choice([Kind.PERCENTAGE, Kind.AMOUNT, Kind.FIXED_PRICE])
            value = random.choice(["10", "20", "20.001", "5", "15"])
            rules.append(rule(id, kind, value, priority=random.choice([1, 2]), **RECEIPT))
        board = board_of(basket("20.00", "5.00"), rules)
        offers = compile_rules(rules).offers(2)
        most = max((Savings().on_receipt(offer, 2500), -offer.rank) for offer in offers)
        choice = chosen_on(board)
        assert (seed, choice) == (seed, (2500 - most[0], -most[1] if most[0] else None))


def test_many_uses_bring_so_often_what_one_brings() -> None:
    """P12: without looking at each number of them."""
    half = percent("50", 1, uses=None, sets=(get(1),))
    [each] = contenders(board_of(basket(line("10.00", "30")), [half]))
    assert (each.brings(21), each.at_most(30)) == ((10_500, 10_500), (15_000, 15_000))
