"""Rule books: order, what is found for a place and a day, and that nobody else can change them."""

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from promotions.engine import Rule, compile_rules, price
from promotions.engine.compiling import STOCKS_KEPT, RuleBook, RuleError
from promotions.engine.offers import Offer
from promotions.engine.rows import rows_of
from promotions.engine.shelves import Shelf
from tests.promotions.engine.builders import (
    ALONE,
    ANYBODY,
    DAY,
    NOON,
    RECEIPT,
    amount_off,
    basket,
    fixed_price,
    get,
    goods,
    percent,
    points,
)

PRODUCT_1 = frozenset({("p", 1, 0), ("*", 0, 0)})


def shelf_of(book: RuleBook, at: dt.datetime = NOON, point_of_sale: int = 1) -> Shelf:
    return book.stock(point_of_sale, "EUR", 2, at).discounts


def ids(offers: Sequence[Offer]) -> list[int]:
    return [offer.rule.id for offer in offers]


def plain_ids(shelf: Shelf) -> list[list[list[int]]]:
    """Amounts, fixed prices, percentages; each by value; of a line of product 1."""
    return [[ids(step) for step in ladder] for ladder in shelf.stack(PRODUCT_1).plain]


def test_rules_are_in_the_order_of_priority_then_id() -> None:
    """P4: whatever the order in which they were given."""
    rules = [percent("1", 3), percent("1", 2, priority=200), percent("1", 1)]
    assert [rule.id for rule in compile_rules(rules).rules] == [1, 3, 2]


def test_two_rules_of_one_name_are_refused() -> None:
    """P4: their order would be nobody's choice."""
    with pytest.raises(RuleError, match="another rule has its origin and id"):
        compile_rules([percent("1", 1), percent("2", 1, priority=1)])


def test_the_same_id_of_another_kind_of_offer_is_another_rule() -> None:
    """P4: and then by origin."""
    rules = [percent("1", 1, origin="offer"), percent("1", 1)]
    assert [rule.key for rule in compile_rules(rules).rules] == [("discount", 1), ("offer", 1)]


def test_offers_of_one_kind_are_best_first_and_equal_ones_together() -> None:
    """P4: the best of each kind is found without looking at the others."""
    rules = [
        *(percent(value, number) for number, value in enumerate(("5", "20", "5"), 1)),
        *(amount_off(value, number) for number, value in enumerate(("1", "3"), 4)),
        *(fixed_price(value, number) for number, value in enumerate(("9", "2", "4"), 6)),
    ]
    found = plain_ids(shelf_of(compile_rules(rules)))
    assert found == [[[5], [4]], [[7], [8], [6]], [[2], [1, 3]]]


def test_a_line_is_shown_offers_of_its_own_goods_only() -> None:
    """P7: of product, everything, and no other."""
    rules = [percent("1", 1, goods=goods(1)), percent("1", 2, goods=goods(2)), percent("1", 3)]
    assert plain_ids(shelf_of(compile_rules(rules))) == [[[1, 3]]]


@pytest.mark.parametrize(
    ("rule", "is_there"),
    [
        (percent("1", points_of_sale=frozenset({1, 2})), True),
        (percent("1", points_of_sale=frozenset({2})), False),
        (percent("1", currency="SEK"), False),
        (percent("1", start=NOON + dt.timedelta(hours=11)), True),
        (percent("1", start=NOON + 2 * DAY, end=NOON + 3 * DAY), False),
        (percent("1", end=NOON - dt.timedelta(hours=11)), True),
        (percent("1", start=NOON - 3 * DAY, end=NOON - 2 * DAY), False),
    ],
)
def test_a_place_and_day_have_what_may_hold_at_some_hour(rule: Rule, is_there: bool) -> None:
    """P14: the moment itself is asked again by each quote."""
    found = plain_ids(shelf_of(compile_rules([rule])))
    assert found == ([[[1]]] if is_there else [])


def test_a_rule_of_the_same_day_begins_at_its_own_moment() -> None:
    """P7: the day's stock is shared, its moments are not."""
    book = compile_rules([percent("10", start=NOON)])
    bought = basket("10.00")
    before = price(bought, ANYBODY, book, NOON - dt.timedelta(seconds=1))
    assert (before.payable, price(bought, ANYBODY, book, NOON).payable) == (10, 9)


def test_what_stands_alone_points_and_receipts_have_places_of_their_own() -> None:
    """P4, P5."""
    rules = [
        percent("1", 1, **ALONE),
        points("1", 2),
        percent("1", 3, **RECEIPT),
        percent("1", 4, sets=(get(1, 1),)),
    ]
    book = compile_rules(rules)
    stock = book.stock(1, "EUR", 2, NOON)
    assert ids(stock.alone(rows_of(basket("10.00"), ANYBODY, book.personal))) == [1]
    assert ids(stock.points.stack(PRODUCT_1).plain[0][0]) == [2]
    assert ids(stock.discounts.on_receipt[0][0]) == [3]
    assert ids(stock.discounts.stack(PRODUCT_1).competing[0][0]) == [4]


def test_values_are_in_the_cents_of_the_baskets_currency() -> None:
    """P3: of a currency without cents, with two and with three."""
    book = compile_rules([amount_off("1.5")])
    assert [book.offers(digits)[0].amount for digits in (0, 2, 3)] == [2, 150, 1500]


def test_a_stock_is_kept_but_not_for_ever() -> None:
    """What is kept is bounded: a book may be asked for any number of unlike points of sale."""
    places = range(1, STOCKS_KEPT + 2)
    book = compile_rules([percent("1", n, points_of_sale=frozenset({n})) for n in places])
    first, common = (book.stock(place, "EUR", 2, NOON) for place in (1, 0))
    assert book.stock(1, "EUR", 2, NOON + dt.timedelta(minutes=1)) is first
    for place in places[1:]:
        book.stock(place, "EUR", 2, NOON)
    assert book.stock(1, "EUR", 2, NOON) is not first
    # All others stand on it.
    assert book.stock(0, "EUR", 2, NOON) is common


def test_places_and_days_share_what_is_the_same_there() -> None:
    """P14: those that no rule tells apart."""
    named = {"points_of_sale": frozenset({1, 2})}
    book = compile_rules([percent("1", 1), percent("1", 2, **named)])

    def kept(place: int, at: dt.datetime = NOON, currency: str = "EUR") -> tuple[int, int]:
        asked = (place, currency, 2, at)
        return id(book.stock(*asked)), id(book.foregone(*asked))

    assert kept(1) == kept(2) == kept(1, NOON + dt.timedelta(hours=9))
    assert kept(3) == kept(4)
    apart = [kept(1), kept(3), kept(1, NOON + 400 * DAY), kept(1, currency="SEK")]
    assert [len({each[n] for each in apart}) for n in (0, 1)] == [4, 4]


def test_threads_share_a_book() -> None:
    """P4: the same quotes as one thread would give."""
    rules = [percent(str(number), number, goods=goods(number)) for number in range(1, 40)]
    bought = [basket(*["10.00"] * number) for number in range(1, 40)]
    alone = [price(each, ANYBODY, compile_rules(rules), NOON).payable for each in bought]
    shared = compile_rules(rules)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda each: price(each, ANYBODY, shared, NOON).payable, bought))
    assert together == alone
    assert alone[1] == Decimal("19.70")
