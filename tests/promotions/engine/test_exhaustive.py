"""The search against one without bounds, on baskets that are too large for the oracle."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from random import Random

import pytest

from promotions.engine import Goods, Kind, ProductSet, Rule, Scope, Stacking, compile_rules
from promotions.engine.choosing.board import Board
from promotions.engine.choosing.goals import Goal
from promotions.engine.choosing.lone import Lone
from promotions.engine.choosing.margins import contenders
from promotions.engine.choosing.releasing import release
from promotions.engine.choosing.search import Search
from promotions.engine.choosing.settled import Takes
from promotions.engine.gains import Earnings, Savings
from promotions.engine.offers import Offer
from promotions.engine.rows import rows_of
from promotions.engine.solving import choose
from promotions.engine.taking_part import everybody
from tests.promotions.engine.builders import (
    ANYBODY,
    COMBINES,
    NOON,
    basket,
    goods,
    line,
    points,
    rule,
)
from tests.promotions.engine.exhaustive import Worth, best_of_all, ranked, ways, worth_of

NO_END = 1_000_000
WAYS = 800
"""Roughly, of one sale."""
PRICES = ("10.00", "9.99", "10.00", "3.35", "7.50", "0.05", "20.00")


@dataclass(frozen=True)
class Sale:
    board: Board
    competing: list[Offer]
    receipts: list[Offer]

    def best(self) -> Worth:
        return best_of_all(self.board, self.competing, self.receipts)


def some_goods(random: Random, lines: int) -> Goods:
    if random.random() < 0.25:
        return Goods(everything=True)
    return goods(*random.sample(range(1, lines + 1), random.randint(1, lines - 1)))


def some_rule(random: Random, id: int, **more: object) -> Rule:
    kind = random.choice([Kind.PERCENTAGE, Kind.PERCENTAGE, Kind.AMOUNT, Kind.FIXED_PRICE])
    rates, sums = ["10", "20", "33.3", "50", "100"], ["0.5", "1", "3.33", "5", "8"]
    return rule(id, kind, random.choice(rates if kind == Kind.PERCENTAGE else sums), **more)


def competing_rule(random: Random, id: int, lines: int, **more: object) -> Rule:
    if random.random() < 0.4:
        return some_rule(
            random, id, goods=some_goods(random, lines), units=random.randint(1, 3), **more
        )
    sets = [
        ProductSet(some_goods(random, lines), random.randint(0, 2), random.randint(1, 2)),
        ProductSet(some_goods(random, lines), random.randint(1, 2), random.choice([0, 0, 1])),
    ]
    few = random.randint(1, 2)
    if random.random() < 0.2:
        more = {**more, **COMBINES}
    return some_rule(
        random, id, sets=tuple(sets[:few]), uses=random.choice([1, 1, 2, None]), **more
    )


def plain_rule(random: Random, id: int, lines: int, **more: object) -> Rule:
    scope = random.choice([Scope.UNITS, Scope.UNITS, Scope.LINES])
    return some_rule(random, id, goods=some_goods(random, lines), scope=scope, **more)


def some_rules(random: Random, lines: int, most: int) -> list[Rule]:
    """At least one that competes; earlier and later ones than the plain ones."""
    ids = random.sample(range(1, 100), 20)
    found = [competing_rule(random, ids.pop(), lines) for _ in range(random.randint(1, most))]
    found += [plain_rule(random, ids.pop(), lines) for _ in range(random.randint(0, 3))]
    if random.random() < 0.3:
        found.append(plain_rule(random, ids.pop(), lines, stacking=Stacking.COMBINES))
    return found


def board_of(random: Random, rules: list[Rule], lines: int) -> Board:
    bought = basket(*(line(random.choice(PRICES), str(random.randint(1, 3))) for _ in range(lines)))
    numbered = basket(
        *(
            line(str(each.unit_price), str(each.quantity), of=number)
            for number, each in enumerate(bought.lines, 1)
        )
    )
    book = compile_rules(rules)
    shelf = book.stock(1, "EUR", 2, NOON).discounts
    rows = rows_of(numbered, ANYBODY, book.personal)
    return Board(rows, shelf, Savings(), everybody, combines=True)


def few_enough(board: Board, offers: list[Offer], times: int = 1) -> bool:
    return prod(len(ways(offer, board)) for offer in offers) * times <= WAYS * 6


def some_sales(
    first: int, number: int, lines: int, most: int, receipts: int = 0
) -> Iterator[tuple[int, Sale]]:
    """With the seed of each, so that a failure names it."""
    seed = first
    while number:
        seed += 1
        random = Random(seed)
        rules = some_rules(random, lines, most)
        on_receipt = {"scope": Scope.RECEIPT}
        rules += [some_rule(random, 200 + n, **on_receipt) for n in range(receipts)]
        board = board_of(random, rules, lines)
        offers = sorted(compile_rules(rules).offers(2), key=lambda each: each.rank)
        competing = [each for each in offers if each.competes]
        alone = [each for each in offers if each.on_receipt]
        if few_enough(board, competing, 2**lines if receipts else 1):
            number -= 1
            yield seed, Sale(board, competing, alone)


def settled(goal: Goal, found: dict[int, Takes]) -> Worth:
    board = goal.board
    chosen = [board.settle(row.place, found.get(row.place, ())) for row in board.rows]
    first, saved = worth_of(board, chosen, goal.receipt)
    return *first, ranked(saved)


@pytest.mark.parametrize(("lines", "most", "number"), [(3, 3, 150), (4, 3, 150), (5, 4, 60)])
def test_no_bound_leaves_out_the_best(lines: int, most: int, number: int) -> None:
    """P4, P12, P13, E23: what is paid, what is saved, and by which rule."""
    for seed, sale in some_sales(lines * 10_000, number, lines, most):
        goal, found = Goal(sale.board), contenders(sale.board)
        search = Search(goal, found, NO_END)
        takes = search.run() if found else {}
        assert search.is_exact
        assert (seed, settled(goal, takes)) == (seed, sale.best())


def test_a_contest_by_itself_is_filled_in_the_best_way() -> None:
    """P4, P13: without a search."""
    tried = 0
    for seed, sale in some_sales(70_000, 120, 4, 1):
        for each in contenders(sale.board):
            found = Lone(Goal(sale.board), each).run()
            if found is not None:
                tried += 1
                assert (seed, settled(Goal(sale.board), found)) == (seed, sale.best())
    assert tried > 50


@pytest.mark.parametrize(("lines", "receipts"), [(3, 1), (3, 2), (4, 1)])
def test_rules_on_the_receipt_get_what_is_best_left_to_them(lines: int, receipts: int) -> None:
    """P2, P4: whichever of its lines that costs their plain offer, or a set its unit."""
    exact = 0
    for seed, sale in some_sales(100_000 * receipts + lines, 70, lines, 2, receipts):
        choice, best = choose(sale.board), sale.best()
        if choice.is_exact:
            exact += 1
            found = *choice.value.first, ranked(choice.value.by_rank())
            assert (seed, found) == (seed, best)
        assert choice.value.first >= best[:2]
    assert exact > 40


def test_lines_are_released_for_the_least_of_all() -> None:
    """P2, P4: of all ways to leave lines to an amount off, or a fixed price of, the receipt."""
    for seed in range(400):
        random, lines = Random(seed), 6
        rules = [plain_rule(random, id, lines) for id in range(1, 6)]
        kind = random.choice([Kind.AMOUNT, Kind.FIXED_PRICE])
        value = str(random.choice([1, 2.5, 5, 12, 30]))
        if random.random() < 0.3:
            rules.append(plain_rule(random, 9, lines, stacking=Stacking.COMBINES))
        rules.append(rule(20, kind, value, scope=Scope.RECEIPT))
        board = board_of(random, rules, lines)
        [[[receipt]]] = board.shelf.on_receipt
        goal = Goal(board, receipt)
        goal.ways = NO_END
        chosen, is_certain = release(goal, [()] * lines)
        first, saved = worth_of(board, chosen, receipt)
        assert is_certain
        each_line = [(one, board.settle(p, (), bare=True)) for p, one in enumerate(board.base)]
        all_ways = [worth_of(board, way, receipt) for way in product(*each_line)]
        least = min(each[0] for each in all_ways)
        ranks = [offer.rank for offer in compile_rules(rules).offers(2)]
        ranks += [1_000_000 + rank for rank in ranks]
        equal = [[s.get(rank, 0) for rank in ranks] for each, s in all_ways if each == least]
        assert (seed, first) == (seed, least)
        assert [saved.get(rank, 0) for rank in ranks] == max(equal)


@pytest.mark.parametrize("whole", [False, True])
def test_points_rules_choose_the_units_that_earn_most(whole: bool) -> None:
    """P5, P15: with limits, on what is paid in money."""
    for seed in range(120):
        random, lines = Random(seed), 4
        rules = []
        for id in random.sample(range(1, 9), random.randint(2, 5)):
            scope = random.choice([Scope.UNITS, Scope.UNITS, Scope.UNITS, Scope.LINES])
            units = random.choice([1, 2, None]) if scope == Scope.UNITS else None
            kind = random.choice([Kind.PERCENTAGE, Kind.AMOUNT])
            value = random.choice(["5", "10", "1.5", "50"])
            which = some_goods(random, lines)
            rules.append(points(value, id, kind, goods=which, scope=scope, units=units))
        book = compile_rules(rules)
        rows = board_of(random, [], lines).rows
        paid = [random.randint(0, row.price) for row in rows]
        rows = [row.at_price(price) for row, price in zip(rows, paid, strict=True)]
        earnings = Earnings(paid, [max(p + random.randint(0, 300), 1) for p in paid], 2, whole)
        shelf = book.stock(1, "EUR", 2, NOON).points
        board = Board(rows, shelf, earnings, everybody, combines=False)
        competing = [offer for offer in book.offers(2) if offer.competes]
        if not few_enough(board, competing):
            continue
        choice = choose(board)
        if choice.is_exact:
            found = *choice.value.first, ranked(choice.value.by_rank())
            assert (seed, found) == (seed, best_of_all(board, competing))
