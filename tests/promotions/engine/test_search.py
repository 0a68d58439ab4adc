"""The search for the best assignment: what it looks at, in which parts, and what ends it."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promotions.engine import Basket, ProductSet, Rule, Stacking, compile_rules
from promotions.engine.choosing.board import Board
from promotions.engine.choosing.goals import Goal
from promotions.engine.choosing.margins import contenders, strongest
from promotions.engine.choosing.prospects import Contender
from promotions.engine.choosing.search import Search, components, with_more
from promotions.engine.gains import Savings
from promotions.engine.rows import rows_of
from promotions.engine.taking_part import everybody
from tests.promotions.engine.builders import (
    ALONE,
    ANYBODY,
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
    quote,
)
from tests.promotions.engine.strategies import SALES

NO_END = 1_000_000


def board_of(bought: Basket, rules: Iterable[Rule]) -> Board:
    book = compile_rules(rules)
    rows = rows_of(bought, ANYBODY, book.personal)
    shelf = book.stock(1, "EUR", 2, NOON).discounts
    return Board(rows, shelf, Savings(), everybody, combines=True)


def ids(found: Iterable[Contender]) -> list[int]:
    return [each.contest.offer.rule.id for each in found]


def looked_at(bought: Basket, *rules: Rule) -> list[int]:
    return ids(contenders(board_of(bought, rules)))


def test_a_set_that_saves_less_than_a_plain_offer_is_not_looked_at() -> None:
    """P4: its units are better off without it, whatever else happens."""
    found = looked_at(
        basket("10.00", "8.00"),
        percent("30", 1),
        percent("29", 2, sets=(buy(1, 1), get(1, 2))),
        percent("31", 3, units=1),
        amount_off("2", 4, units=1),
        fixed_price("1", 5, sets=(get(1, 9),)),
    )
    assert found == [3]


def test_a_limit_that_saves_as_much_is_looked_at_only_if_it_is_earlier() -> None:
    """P4: it could win the tie, or it could not."""
    plain = percent("30", 2)
    assert looked_at(basket("10.00"), percent("30", 1, units=1), plain) == [1]
    assert looked_at(basket("10.00"), percent("30", 3, units=1), plain) == []


def test_triggers_cost_a_set_what_they_lose() -> None:
    """P13: one free of three is worth less than half of all three."""
    three = basket(line("9.00", "3"))
    one_free = percent("100", 1, sets=(get(1, required=3),))
    assert looked_at(three, one_free, percent("50", 2)) == []
    assert looked_at(three, one_free, percent("30", 2)) == [1]


def test_a_set_without_enough_units_is_not_looked_at() -> None:
    """E15."""
    assert looked_at(basket("9.00", "9.00"), percent("100", sets=(get(1, required=3),))) == []


def test_where_rules_combine_a_trigger_may_lose_nothing() -> None:
    """P10: what combines may take off the same with or without the plain offer."""
    found = looked_at(
        basket("10.00", "8.00"),
        percent("50", 1),
        percent("60", 2, sets=(buy(1, 1), get(1, 2))),
        fixed_price("1", 3, goods=goods(1), stacking=Stacking.COMBINES),
    )
    assert found == [2]


def test_contests_are_searched_together_if_they_share_lines() -> None:
    """P13: directly, or through others; the rest apart."""
    bought = basket("1.00", "2.00", "3.00", "4.00", "5.00")
    rules = [
        percent("10", 1, goods=goods(1, 2), units=1),
        percent("10", 2, goods=goods(4, 5), units=1),
        percent("10", 3, goods=goods(3), units=1),
        percent("10", 4, goods=goods(2, 4), units=1),
    ]
    parts = components(contenders(board_of(bought, rules)))
    assert sorted(sorted(ids(part)) for part in parts) == [[1, 2, 4], [3]]


def test_of_many_contests_the_strongest_are_kept_and_none_that_settles_ties_only() -> None:
    """P4: by what each could take off what is left to pay."""
    rules = [
        percent("40", 1, goods=goods(1), units=1),
        percent("90", 2, goods=goods(2), units=1),
        percent("60", 3, goods=goods(2), units=1),
        percent("10", 4, goods=goods(3), units=1),
        percent("100", 5, goods=goods(3), stacking=Stacking.COMBINES),
    ]
    board = board_of(basket("10.00", "10.00", "90.00"), rules)
    found = contenders(board)
    assert ids(found) == [1, 2, 3, 4]
    assert ids(strongest(board, found, 4)) == [1, 2, 3]
    assert ids(strongest(board, found, 2)) == [2, 3]


def searched(board: Board, steps: int) -> tuple[int, bool]:
    """What is left to pay after a search of all contests together."""
    search = Search(Goal(board), contenders(board), steps)
    takes = search.run()
    chosen = [board.settle(row.place, takes.get(row.place, ())) for row in board.rows]
    return sum(settled.cost for settled in chosen), search.is_exact


def test_greed_is_not_enough_and_the_search_goes_on() -> None:
    """P4: the offer that saves most takes the unit that another needs."""
    bought = basket("10.00", "9.00")
    rules = [percent("50", 1, units=1), percent("40", 2, goods=goods(1), units=1)]
    board = board_of(bought, rules)
    assert searched(board, 1) == (1400, False)
    assert searched(board, NO_END) == (1050, True)


def test_each_way_of_each_contest_is_a_step() -> None:
    """P4: the dear unit and nothing, the other unit and the dear one; nothing else could be as
    good."""
    bought = basket("10.00", "9.00")
    rules = [percent("50", 1, units=1), percent("40", 2, goods=goods(1), units=1)]
    board = board_of(bought, rules)
    assert searched(board, 3) == (1400, False)
    assert searched(board, 4) == (1050, True)


@pytest.mark.parametrize(
    ("contests", "units", "are_all"),
    [(4, (3, 3, 3, 3), True), (4, (3, 3, 3, 4), False), (5, (2, 2, 2), False)],
)
def test_only_of_few_contests_on_few_units_all_ways_are_tried(
    contests: int, units: tuple[int, ...], are_all: bool
) -> None:
    """P4: up to four, on up to twelve units."""
    lines = [line(f"{10 + of}.37", str(count), of=of) for of, count in enumerate(units, 1)]
    rules = [percent(str(31 + 3 * id), id, units=2) for id in range(1, contests + 1)]
    assert quote(basket(*lines), *rules).is_exact is are_all


def many_sets() -> tuple[Basket, list[Rule]]:
    """That overlap in many ways on many units."""
    lines = [line(f"{10 + number}.37", "3", of=number) for number in range(1, 13)]
    return basket(*lines), [
        percent(
            str(31 + number * 3),
            number,
            uses=None,
            sets=(buy(2, number, number + 1, number + 3), get(1, number + 1, number + 2)),
        )
        for number in range(1, 11)
    ]


def test_a_quote_tells_that_its_search_was_ended() -> None:
    """P4."""
    bought, rules = many_sets()
    answer = quote(bought, *rules)
    assert not answer.is_exact
    assert answer.discount > 0


def test_who_stands_alone_is_not_sure_to_be_best_if_the_others_were_not_searched() -> None:
    """P4: it was compared with what was found of them by then."""
    bought, rules = many_sets()
    answer = quote(bought, *rules, percent("90", 99, **ALONE))
    assert {effect.id for effect in answer.effects} == {99}
    assert not answer.is_exact
    assert quote(bought, percent("90", 99, **ALONE)).is_exact


def test_who_takes_more_of_a_line_leaves_the_others_what_they_have() -> None:
    """P4: those before it and those after it."""
    rules = [percent("10", number, sets=(get(1),)) for number in (1, 2, 3)]
    one, two, three = [
        each.contest for each in contenders(board_of(basket(line("1.00", "9")), rules))
    ]
    takes = (one, 1, 0), (two, 1, 2), (three, 1, 1)
    assert with_more(takes, (one, 2, 1)) == ((one, 3, 1), (two, 1, 2), (three, 1, 1))
    assert with_more(takes, (two, 2, 1)) == ((one, 1, 0), (two, 3, 3), (three, 1, 1))
    assert with_more(takes[:2], (three, 1, 1)) == takes


def test_a_limit_of_uses_that_costs_triggers_is_not_used_up() -> None:
    """P13: fewer applications may save more, as those after them would take dear triggers."""
    bought = basket(line("10.00", "2", of=1), line("40.00", "2", of=2), line("1.00", of=3))
    rules = [
        percent("100", 1, uses=3, sets=(buy(1, 2, 3), get(1, 1))),
        percent("50", 2, goods=goods(2)),
    ]
    answer = quote(bought, *rules)
    assert answer.is_exact
    assert answer.discount == 50


def test_of_an_even_tie_lines_come_before_the_receipt() -> None:
    """P4: the same is left to pay; one-per-item rules on lines save more without the receipt's."""
    answer = quote(basket("10.00"), percent("50", 2, units=1), percent("50", 1, **RECEIPT))
    assert {(effect.id, effect.amount) for effect in answer.effects} == {(2, 5)}


prices = st.integers(1, 40).map(lambda number: f"{number}.00")
named = st.sets(st.integers(1, 4), min_size=1, max_size=3)
tens = st.integers(1, 10).map(lambda number: str(number * 10))


@st.composite
def contests(draw: st.DrawFn) -> tuple[Basket, list[Rule]]:
    """Whole prices and tens of per cent, so that nothing is rounded; sets that share no goods."""
    lines = [line(draw(prices), str(draw(st.integers(1, 2))), of=number) for number in range(1, 5)]
    rules = [percent(draw(tens), 99)] if draw(st.booleans()) else []
    for number in range(1, draw(st.integers(2, 4)) + 1):
        target = draw(named)
        trigger = {1, 2, 3, 4} - target
        sets = [ProductSet(goods(*target), draw(st.integers(0, 2)), draw(st.integers(1, 2)))]
        if draw(st.booleans()):
            sets.append(ProductSet(goods(*trigger), 1))
        rules.append(percent(draw(tens), number, sets=tuple(sets)))
    return basket(*lines), rules


@settings(SALES, max_examples=200)
@given(contests())
def test_a_search_that_ends_brings_its_share_of_the_best(sale: tuple[Basket, list[Rule]]) -> None:
    """P4: one part in k + 1, where k is the most units that an application takes."""
    bought, rules = sale
    board = board_of(bought, rules)
    plain = sum(settled.cost for settled in board.base)
    most = max(sum(max(s.required, s.discounted) for s in rule.sets) for rule in rules)
    (ended, _), (best, is_exact) = searched(board, 1), searched(board, NO_END)
    assert is_exact
    assert plain >= ended >= best
    assert (plain - ended) * (most + 1) >= plain - best
