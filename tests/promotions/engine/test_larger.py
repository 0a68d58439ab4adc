"""Baskets too large for the oracle, whose best price is known otherwise."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from promotions.engine import Basket, Goods, Line, Scope, Shopper, Stacking
from tests.promotions.engine.builders import basket, buy, get, line, percent, quote
from tests.promotions.engine.oracle_goods import units_of
from tests.promotions.engine.strategies import (
    ANY,
    SALES,
    Bought,
    sales,
)

LARGER = settings(SALES, max_examples=60)
euros = st.integers(0, 30).map(lambda amount: Decimal(amount))
shelves = st.lists(st.tuples(euros, st.integers(1, 3)), min_size=8, max_size=16).map(
    lambda lines: basket(*(line(str(price), str(count)) for price, count in lines))
)


def dearest_first(bought: Basket) -> list[Decimal]:
    return sorted((Decimal(unit.price) / 100 for unit in units_of(bought)), reverse=True)


@LARGER
@given(shelves, st.lists(st.tuples(st.integers(1, 99), st.integers(1, 5)), max_size=5))
def test_the_highest_per_cents_go_to_the_dearest_units(
    bought: Basket, limits: list[tuple[int, int]]
) -> None:
    """P4, E23: of limited offers on everything; whole euros, so that nothing is rounded."""
    offers = [percent(str(rate), id, units=most) for id, (rate, most) in enumerate(limits, 1)]
    answer = quote(bought, *offers)
    rates = sorted((Decimal(rate) for rate, most in limits for _ in range(most)), reverse=True)
    saved = sum(
        rate * price / 100 for rate, price in zip(rates, dearest_first(bought), strict=False)
    )
    assume(answer.is_exact)
    assert answer.discount == saved


@LARGER
@given(shelves, st.integers(1, 3), st.integers(1, 3), st.sampled_from([1, 2, 5, None]))
def test_a_set_of_everything_discounts_the_dearest_units(
    bought: Basket, required: int, discounted: int, uses: int | None
) -> None:
    """P12, E23: as many as there are, in as many applications as leave most targets."""
    offer = percent("50", uses=uses, sets=(buy(required), get(discounted)))
    prices = dearest_first(bought)
    targets = max(
        min(times * discounted, len(prices) - times * required)
        for times in range(min(uses or len(prices), len(prices) // (required + 1)) + 1)
    )
    answer = quote(bought, offer)
    assert answer.discount == sum(prices[:targets], Decimal(0)) / 2


def moved(goods: Goods, by: int) -> Goods:
    if goods.everything or goods.promotion is not None or goods.categories or goods.groups:
        return Goods(products=frozenset({1 + by, 2 + by}))
    return Goods(products=frozenset(number + by for number in goods.products))


def apart(bought: Bought, by: int) -> Bought:
    """The same sale of other products, lines and rules; nothing that sees other lines."""
    lines = tuple(
        Line(
            f"{by}{each.id}",
            each.product
            and replace(each.product, id=each.product.id + by, categories=(), groups=()),
            each.quantity,
            each.unit_price,
        )
        for each in bought.basket.lines
    )
    rules = tuple(
        replace(
            each,
            id=each.id + by,
            conditions=(),
            goods=each.goods if each.sets else moved(each.goods, by),
            sets=tuple(replace(one, goods=moved(one.goods, by)) for one in each.sets),
        )
        for each in bought.rules
        if each.scope != Scope.RECEIPT and each.stacking != Stacking.ALONE
    )
    return replace(
        bought, basket=replace(bought.basket, lines=lines), rules=rules, shopper=Shopper()
    )


@LARGER
@given(st.lists(sales(ANY), min_size=2, max_size=4))
def test_sales_that_have_nothing_in_common_add_up(parts: list[Bought]) -> None:
    """P4: offers and goods that don't compete are priced as if on receipts of their own."""
    own = [apart(part, 100 * place) for place, part in enumerate(parts, 1)]
    together = own[0].with_rules(*(rule for part in own for rule in part.rules))
    lines = tuple(line for part in own for line in part.basket.lines)
    answer = replace(together, basket=replace(together.basket, lines=lines)).quote()
    separate = [part.quote() for part in own]
    assert answer.is_exact
    assert set(answer.effects) == {each for part in separate for each in part.effects}
    assert answer.payable == sum(part.payable for part in separate)
    assert answer.lines == tuple(line for part in separate for line in part.lines)
