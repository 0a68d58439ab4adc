"""Whom an offer that did not apply is told of, by whom it is for and what was bought (P6, P7)."""

from dataclasses import replace
from decimal import Decimal

from promotions.engine import (
    Basket,
    InAudiences,
    InGroups,
    OrderAmount,
    Picks,
    Rule,
    Shopper,
    compile_rules,
    price,
)
from promotions.models import PointOfSale
from promotions.pricing.aims import asks_audiences, promotions_of
from promotions.pricing.book import Book, Version
from promotions.pricing.quoting import Priced
from promotions.pricing.relevance import told_and_near, told_to_shopper
from tests.promotions.engine.builders import (
    DAY,
    NOON,
    basket,
    buy,
    get,
    goods,
    of_promotion,
    percent,
)

ONE, TWO = InGroups(frozenset({1})), InAudiences(frozenset({2}))
DEAR = OrderAmount(Decimal(1000))


def priced(shopper: Shopper, *rules: Rule, bought: Basket) -> Priced:
    """By a book of these rules, of which nothing was read from a database."""
    personal = {rule.key: frozenset(promotions_of(rule)) for rule in rules}
    book = Book(
        Version(1, 1, 1),
        NOON,
        rules=compile_rules(rules),
        by_key={rule.key: rule for rule in rules},
        aimed={rule.key: rule for rule in rules if asks_audiences(rule)},
        personal={key: promotions for key, promotions in personal.items() if promotions},
    )
    quote = price(bought, shopper, book.rules, NOON)
    products = {line.id: line.product for line in bought.lines}
    return Priced(quote, PointOfSale(), 1, shopper, tuple(products), products, book)


def told(shopper: Shopper, rule: Rule) -> bool:
    return bool(told_to_shopper(priced(shopper, rule, bought=basket("10.00"))))


def lists(*promotions: int) -> Shopper:
    picks = Picks(frozenset(), frozenset({9}))
    return Shopper(picks=dict.fromkeys(promotions, picks))


def test_who_is_in_any_of_groups_and_audiences_is_told_where_one_is_enough() -> None:
    """E22: of an offer on goods that none of them bought."""
    either = percent("10", goods=goods(9), conditions=(ONE, TWO), any_condition=True)
    both = replace(either, any_condition=False)
    neither, first = Shopper(), Shopper(groups=frozenset({1}))
    all_of = Shopper(groups=frozenset({1}), audiences=frozenset({2}))
    assert [told(each, either) for each in (neither, first, all_of)] == [False, True, True]
    assert [told(each, both) for each in (neither, first, all_of)] == [False, False, True]


def test_everybody_is_told_where_something_else_would_be_enough() -> None:
    """E22: an order amount, which anybody could reach."""
    either = percent("10", currency="EUR", conditions=(ONE, DEAR), any_condition=True)
    assert told(Shopper(), either)
    assert not told(Shopper(), replace(either, any_condition=False))


def test_an_offer_from_two_lists_is_told_to_who_has_both() -> None:
    """E20: of one alone nothing could come."""
    from_lists = percent(
        "10", sets=(buy(1, 1), get(1, of=of_promotion(7)), get(1, of=of_promotion(8)))
    )
    assert [told(lists(*each), from_lists) for each in ((), (7,), (7, 8))] == [False, False, True]


def test_what_is_over_is_told_to_nobody() -> None:
    """P7: since whether it is in the book yet is chance."""
    assert not told(Shopper(), percent("10", start=NOON - 2 * DAY, end=NOON))


def test_a_default_on_the_list_makes_an_offer_near_when_it_is_bought() -> None:
    """E20: or what was chosen, which then counts alone."""
    rule = percent("10", sets=(get(2, of=of_promotion(7, default=1), required=3),))
    bought = basket("10.00")

    def is_near(*chosen: int, listed: int) -> bool:
        picks = {7: Picks(frozenset(chosen), frozenset({listed, *chosen}))}
        return bool(list(told_and_near(priced(Shopper(picks=picks), rule, bought=bought))))

    assert [is_near(listed=1), is_near(listed=2)] == [True, False]
    assert [is_near(1, listed=2), is_near(2, listed=1)] == [True, False]
