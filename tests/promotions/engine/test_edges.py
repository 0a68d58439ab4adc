"""Where one cent, or one set of goods, more or less would make another quote."""

from decimal import Decimal

from tests.promotions.engine.builders import (
    COMBINES,
    basket,
    buy,
    fixed_price,
    get,
    line,
    percent,
    quote,
    reason,
)


def test_a_fixed_price_that_no_unit_is_above_takes_no_part_of_a_cent() -> None:
    """P10: one unit is free, the other costs as much already."""
    answer = quote(
        basket(line("0.01", "2")), percent("100", 1, units=1), fixed_price("0.01", 2, **COMBINES)
    )
    assert {(each.id, each.amount) for each in answer.effects} == {(1, Decimal("0.01"))}


def test_the_first_of_three_sets_leaves_what_the_second_wants() -> None:
    """P7, E15: so that it is the third that lacks units, though no other wants the dear one."""
    three = percent("50", 1, sets=(buy(1, 1, 2), buy(1, 1), get(1, 3)))
    lacking = reason(quote(basket("10.00", "5.00"), three))
    assert lacking.figures == {"set": 2, "required": 1, "found": 0}
