"""The engine against one that tries everything (oracle.py)."""

from hypothesis import given, settings

from promotions.engine import Quote
from tests.promotions.engine.builders import NOON
from tests.promotions.engine.oracle import Answer, answers
from tests.promotions.engine.strategies import ANY, ONE_PER_ITEM, SALES, Bought, sales


def said(quote: Quote, bought: Bought) -> Answer:
    """The quote in the oracle's terms."""
    savings, points = [], []
    for rule in sorted(bought.rules, key=lambda rule: rule.order):
        effects = [each for each in quote.effects if (each.origin, each.id) == rule.key]
        if amount := sum(each.amount for each in effects):
            savings.append((rule.key, int(amount * 100)))
        if earned := sum(each.points for each in effects):
            points.append((rule.key, int(earned * 100)))
    return Answer(
        int(quote.payable * 100), int(quote.points_spent * 100), tuple(savings), tuple(points)
    )


def agrees(bought: Bought) -> None:
    quote = bought.quote()
    allowed = answers(bought.basket, bought.shopper, bought.rules, NOON, bought.programme)
    if quote.is_exact:
        assert said(quote, bought) in allowed
    else:
        assert quote.payable * 100 >= min(answer.payable for answer in allowed)


@settings(SALES, max_examples=200)
@given(sales(ONE_PER_ITEM))
def test_one_offer_an_item_is_the_cheapest_of_all_assignments(bought: Bought) -> None:
    """P4, P12, P13, E23: the saving of each rule as well, so that ties go to the earliest."""
    agrees(bought)


@settings(SALES, max_examples=200)
@given(sales(ANY))
def test_all_stackings_together_cost_what_trying_everything_finds(bought: Bought) -> None:
    """P2, P4, P9, P10, P14: combining, alone and one per item, with budgets and conditions."""
    agrees(bought)


@settings(SALES, max_examples=200)
@given(sales(ANY, most_units=4, earning=True))
def test_points_are_those_that_trying_everything_finds(bought: Bought) -> None:
    """P5, P15: beside discounts, with points spent."""
    agrees(bought)
