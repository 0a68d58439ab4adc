"""A shopper's own rules are priced as if they were the book's, and told as one offer a key."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from promotions.engine import Quote, Reason, Rule, Stacking, Standing
from tests.promotions.engine.builders import ALONE
from tests.promotions.engine.strategies import ANY, SALES, Bought, sales

EVERY = settings(SALES, max_examples=120)
ANY_BUT_ALONE = frozenset(Stacking) - {Stacking.ALONE}
large = sales(ANY, most_units=8, most_rules=6, earning=True)
Key = tuple[str, int]
OFFER: Key = ("personal_offer", 3)


def parted(bought: Bought, data: st.DataObject) -> Bought:
    """Some of the rules as the shopper's own, given in any order."""
    own = [rule for rule in bought.rules if data.draw(st.booleans())]
    common = [rule for rule in bought.rules if rule not in own]
    shuffled = data.draw(st.permutations(own))
    return replace(
        bought, rules=tuple(common), shopper=replace(bought.shopper, rules=tuple(shuffled))
    )


@EVERY
@given(large, st.data())
def test_whose_a_rule_is_changes_no_price(bought: Bought, data: st.DataObject) -> None:
    """L20, P4: order, stacking, ties, budgets and reasons are those of one book."""
    with_own = parted(bought, data)
    one, other = bought.quote(), with_own.quote()
    assert one == other
    common = {rule.key for rule in with_own.rules}
    in_book = [each for each in one.skipped if (each.origin, each.id) in common]
    own = [each for each in one.skipped if (each.origin, each.id) not in common]
    assert list(other.skipped) == in_book + own
    assert list(other.explained.personal) == own


def item(rule: Rule) -> Rule:
    """One of the items of the shopper's offer; priorities are those of the rule."""
    return replace(rule, origin=OFFER[0], id=OFFER[1], item=rule.id)


def apart(rule: Rule) -> Rule:
    """The same rule as an offer by itself, at the same place in the order."""
    return replace(rule, id=rule.id * 100 + rule.item, item=0)


def with_items(
    bought: Bought, data: st.DataObject, stacking: frozenset[Stacking] = frozenset(Stacking)
) -> Bought:
    """Some of the rules are items of one offer of the shopper's own; nothing waits for a yes."""
    rules = [replace(rule, consent=False) for rule in bought.rules]
    own = [rule for rule in rules if rule.stacking in stacking and data.draw(st.booleans())]
    standings = {
        key: each
        for key, each in bought.shopper.standings.items()
        if key not in {rule.key for rule in own}
    }
    shopper = replace(bought.shopper, rules=tuple(item(rule) for rule in own), standings=standings)
    return replace(bought, rules=tuple(rule for rule in rules if rule not in own), shopper=shopper)


@EVERY
@given(large, st.data())
def test_items_of_an_offer_cost_what_as_many_offers_would(
    bought: Bought, data: st.DataObject
) -> None:
    """P4: what they share is a name, and the limits that go with it, unless they stand alone."""
    sale = with_items(bought, data, ANY_BUT_ALONE)
    shopper = sale.shopper
    standings = {(key[0], key[1] * 100): each for key, each in shopper.standings.items()}
    others = replace(
        sale,
        rules=tuple(map(apart, sale.rules)),
        shopper=replace(shopper, rules=tuple(map(apart, shopper.rules)), standings=standings),
    )
    one, other = sale.quote(), others.quote()
    assert (one.lines, one.is_exact) == (other.lines, other.is_exact)
    assert effects_of(one) == effects_of(other)
    reasons: dict[Key, list[Reason]] = defaultdict(list)
    for each in other.skipped:
        reasons[each.origin, each.id // 100].append(each.reason)
    applied = {(each.origin, each.id) for each in one.effects}
    order = list(Reason)
    assert {(each.origin, each.id): each.reason for each in one.skipped} == {
        key: max(found, key=order.index) for key, found in reasons.items() if key not in applied
    }


@EVERY
@given(large, st.data())
def test_items_that_stand_alone_do_so_together(bought: Bought, data: st.DataObject) -> None:
    """P4: all of them and nothing else, or none of them, whichever is worth more."""
    sale = with_items(bought, data, frozenset({Stacking.ONE_PER_ITEM}))
    shopper = sale.shopper
    alone = tuple(replace(rule, **ALONE) for rule in shopper.rules)
    one = replace(sale, shopper=replace(shopper, rules=alone)).quote()
    items = replace(sale, rules=()).quote()
    others = replace(sale, shopper=replace(shopper, rules=())).quote()
    assert worth_of(one) == max(worth_of(items), worth_of(others))
    if worth_of(items) != worth_of(others):
        better = max(items, others, key=worth_of)
        assert (one.lines, one.effects) == (better.lines, better.effects)


def effects_of(quote: Quote) -> dict[tuple[object, ...], tuple[Decimal, Decimal]]:
    """What each offer gave on each line, items by the offer that they are of."""
    found: dict[tuple[object, ...], tuple[Decimal, Decimal]] = {}
    for each in quote.effects:
        number = each.id if each.id < 100 else each.id // 100
        key = each.origin, number, each.line, bool(each.points)
        amount, points = found.get(key, (Decimal(0), Decimal(0)))
        found[key] = amount + each.amount, points + each.points
    return found


def worth_of(quote: Quote) -> Decimal:
    return quote.discount + quote.points_earned


def given_by_own(quote: Quote) -> Decimal:
    own = [each for each in quote.effects if (each.origin, each.id) == OFFER]
    return sum((each.amount + each.points for each in own), Decimal(0))


@EVERY
@given(large, st.data(), st.sampled_from(["0.5", "2", "4.20"]))
def test_items_never_give_more_together_than_is_left(
    bought: Bought, data: st.DataObject, left: str
) -> None:
    """P14: all that fit are priced as without a budget; else as without the offer."""
    sale = with_items(bought, data)
    budget = {**sale.shopper.standings, OFFER: Standing(budget=Decimal(left))}
    limited = replace(sale, shopper=replace(sale.shopper, standings=budget)).quote()
    assert given_by_own(limited) <= Decimal(left)
    if given_by_own(limited):
        return
    without = replace(sale, shopper=replace(sale.shopper, rules=())).quote()
    assert (limited.lines, limited.effects) == (without.lines, without.effects)
    for each in limited.explained.personal:
        if each.reason is Reason.BUDGET:
            assert each.figures["left"] == Decimal(left) < each.figures["needed"]
