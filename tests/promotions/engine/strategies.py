"""Small sales in which everything competes: few products and prices, so that ties are frequent."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from promotions.engine import (
    Basket,
    Effect,
    Goods,
    Kind,
    Line,
    OrderAmount,
    Picks,
    Products,
    ProductSet,
    Programme,
    Quote,
    Rule,
    Scope,
    Shopper,
    Stacking,
    Standing,
    Tier,
)
from tests.promotions.engine.builders import DAY, NOON, goods, product, quote

PROMOTION = 7
CATALOGUE = (
    product(1, [10]),
    product(1, [10]),
    product(2, [10, 11], [20]),
    product(3, [12], [20]),
    None,
)

SALES = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""The same sales in every run."""


@dataclass(frozen=True)
class Bought:
    """All that a quote depends on."""

    basket: Basket
    shopper: Shopper
    rules: tuple[Rule, ...]
    programme: Programme

    def with_rules(self, *rules: Rule) -> "Bought":
        return replace(self, rules=rules)

    def without(self, keys: Iterable[tuple[str, int]]) -> "Bought":
        gone = set(keys)
        return self.with_rules(*(rule for rule in self.rules if rule.key not in gone))

    def quote(self) -> Quote:
        return quote(self.basket, *self.rules, shopper=self.shopper, programme=self.programme)


unit_prices = st.sampled_from(
    [Decimal(price) for price in ("10.00", "3.33", "10.50", "3.35", "8.00", "0.01", "0")]
)
weights = st.sampled_from([Decimal(weight) for weight in ("0.335", "1.5", "2.0")])


def counts(most: int) -> st.SearchStrategy[Decimal]:
    return st.integers(1, most).map(Decimal)


@st.composite
def baskets(draw: st.DrawFn, most_units: int = 5, spend: bool = False) -> Basket:
    lines: list[Line] = []
    left = draw(st.sampled_from([1, *range(3, most_units + 1), most_units]))
    names = draw(st.permutations(["2", "10", "a", "b1", "B", "c"]))
    while left > 0 and len(lines) < len(names):
        weighed = draw(st.sampled_from([False] * 6 + [True]))
        quantity = draw(weights if weighed else counts(min(left, 2)))
        price = draw(st.just(Decimal("4.99")) if weighed else unit_prices)
        left -= int(quantity) if quantity == int(quantity) else 1
        what = draw(st.sampled_from(CATALOGUE))
        lines.append(Line(names[len(lines)], what, quantity, price))
    wish = draw(st.sampled_from(["0", "1", "4.57", "9999"])) if spend else "0"
    return Basket(tuple(lines), point_of_sale=1, points_to_spend=Decimal(wish))


wanted = st.sampled_from(
    [
        *[Goods(everything=True)] * 3,
        goods(1),
        goods(1, 2),
        goods(3, categories=frozenset({11})),
        Goods(categories=frozenset({10})),
        Goods(groups=frozenset({20})),
        Goods(promotion=PROMOTION, default=1),
    ]
)
product_sets = st.builds(ProductSet, wanted, st.integers(1, 2), st.integers(0, 2))
conditions = st.sampled_from(
    [
        *[()] * 12,
        (OrderAmount(Decimal(5)),),
        (OrderAmount(Decimal(1), Decimal(15)),),
        (Products(Goods(categories=frozenset({10})), 2), OrderAmount(Decimal(20))),
    ]
)
EVER = (NOON - DAY, NOON + DAY)
moments = st.sampled_from([*[EVER] * 12, (NOON + DAY / 2, NOON + DAY), (NOON - DAY, NOON)])
money = st.sampled_from([Decimal(value) for value in ("1", "2.5", "3.33", "5", "8", "0.01", "0")])
per_cents = st.sampled_from(
    [Decimal(value) for value in ("10", "15", "50", "33.3", "20", "100", "0")]
)


@st.composite
def tiers(draw: st.DrawFn, values: st.SearchStrategy[Decimal]) -> tuple[Tier, ...]:
    """None, mostly; else one or two, of which the higher may give less."""
    if draw(st.booleans()):
        return ()
    thresholds = st.sampled_from([Decimal(at) for at in ("1", "7.5", "8", "15", "20", "30")])
    chosen = draw(st.lists(thresholds, min_size=1, max_size=2, unique=True))
    return tuple(Tier(threshold, draw(values)) for threshold in sorted(chosen))


@st.composite
def discounts(draw: st.DrawFn, stackings: st.SearchStrategy[Stacking], number: int = 1) -> Rule:
    kind = draw(st.sampled_from(Kind))
    scope = draw(st.sampled_from([*[Scope.UNITS] * 6, Scope.LINES, Scope.RECEIPT]))
    start, end = draw(moments)
    made = Rule(
        id=number,
        kind=kind,
        value=draw(per_cents if kind == Kind.PERCENTAGE else money),
        start=start,
        end=end,
        scope=scope,
        stacking=draw(stackings),
        priority=draw(st.sampled_from([1, 100, 100])),
        currency="EUR",
        conditions=draw(conditions),
        any_condition=draw(st.booleans()),
    )
    if scope == Scope.RECEIPT:
        return replace(made, tiers=draw(tiers(per_cents if kind == Kind.PERCENTAGE else money)))
    shape = (
        draw(st.sampled_from(["limited", "sets", "all", "limited", "sets"]))
        if scope == Scope.UNITS
        else "all"
    )
    if shape == "sets":
        sets = draw(st.lists(product_sets, min_size=1, max_size=2))
        target = draw(st.builds(ProductSet, wanted, st.integers(1, 2), st.integers(1, 2)))
        uses = draw(st.sampled_from([1, 2, None]))
        return replace(made, sets=(*sets[1:], target), uses=uses)
    limit = draw(st.integers(1, 3)) if shape == "limited" else None
    return replace(made, goods=draw(wanted), units=limit)


earned = st.sampled_from([Decimal(value) for value in ("0.5", "5", "10", "150")])


@st.composite
def points(draw: st.DrawFn, stackings: st.SearchStrategy[Stacking], number: int = 1) -> Rule:
    scope = draw(st.sampled_from(Scope))
    limit = draw(st.sampled_from([None, 1, 2])) if scope == Scope.UNITS else None
    by_receipt = draw(tiers(earned)) if scope == Scope.RECEIPT else ()
    return Rule(
        id=number,
        kind=draw(st.sampled_from([Kind.PERCENTAGE, Kind.AMOUNT])),
        value=draw(earned),
        start=NOON - DAY,
        end=NOON + DAY,
        effect=Effect.POINTS,
        scope=scope,
        stacking=draw(stackings),
        priority=draw(st.sampled_from([1, 100, 100])),
        goods=Goods(everything=True) if scope == Scope.RECEIPT else draw(wanted),
        units=limit,
        currency="EUR" if by_receipt else None,
        tiers=by_receipt,
    )


@st.composite
def shoppers(draw: st.DrawFn, rules: tuple[Rule, ...]) -> Shopper:
    picks = Picks(
        draw(st.frozensets(st.integers(1, 3), max_size=2)), draw(st.frozensets(st.integers(1, 2)))
    )
    budgets = {
        rule.key: Standing(budget=draw(st.sampled_from([Decimal(0), Decimal(2), Decimal(5)])))
        for rule in rules
        if draw(st.sampled_from([False] * 9 + [True]))
    }
    answers = {
        (*rule.key, rule.item): draw(st.booleans())
        for rule in rules
        if rule.consent and draw(st.sampled_from([True, True, False]))
    }
    return Shopper(
        picks={PROMOTION: picks}, standings=budgets, is_known=draw(st.booleans()), answers=answers
    )


ONE_PER_ITEM = st.just(Stacking.ONE_PER_ITEM)
SINGLE = st.sampled_from([Stacking.ONE_PER_ITEM, Stacking.ONE_PER_ITEM, Stacking.ALONE])
ANY = st.sampled_from([Stacking.ONE_PER_ITEM, *Stacking])


@st.composite
def sales(
    draw: st.DrawFn,
    stackings: st.SearchStrategy[Stacking] = ANY,
    *,
    most_units: int = 5,
    most_rules: int = 4,
    earning: bool = False,
) -> Bought:
    """At most two rules with sets, for the oracle's sake; discounts only, unless `earning`."""
    rules: list[Rule] = []
    for number in draw(
        st.permutations(range(1, draw(st.sampled_from([2, 3, most_rules, most_rules])) + 1))
    ):
        kind = points if earning and draw(st.booleans()) else discounts
        made = draw(kind(stackings, number))
        if draw(st.sampled_from([False] * 7 + [True])):
            made = replace(made, members=draw(st.booleans()), consent=draw(st.booleans()))
        if not made.sets or sum(bool(rule.sets) for rule in rules) < 2:
            rules.append(made)
    shopper = draw(shoppers(tuple(rules)))
    basket = draw(baskets(most_units, spend=earning))
    programme = Programme(
        whole_points=earning and draw(st.booleans()),
        share=draw(st.sampled_from([Decimal(1), Decimal("0.3"), Decimal(0)])),
    )
    return Bought(basket, shopper, tuple(rules), programme)
