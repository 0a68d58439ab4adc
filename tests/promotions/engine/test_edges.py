"""Where one cent, set of goods or membership, more or less, would make another quote."""

from decimal import Decimal

from promotions.engine import Kind, Reason, Shopper
from tests.promotions.engine.builders import (
    COMBINES,
    LINES,
    RECEIPT,
    amount_off,
    basket,
    buy,
    fixed_price,
    get,
    goods,
    line,
    of_promotion,
    percent,
    picks,
    points,
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


def test_a_first_set_without_goods_is_not_made_up_for_by_the_second() -> None:
    """P7, E15: though both together have units enough."""
    both = percent("50", 1, sets=(get(1, 9), buy(1, 1)))
    lacking = reason(quote(basket(line("10.00", "2")), both))
    assert lacking.figures == {"set": 0, "required": 1, "found": 0}


def test_a_member_is_told_that_the_goods_are_missing() -> None:
    """P6, P7: who is in the group, of an offer on goods that they did not buy."""
    offer = percent("5", goods=goods(9), groups=frozenset({3}))
    found = reason(quote(basket("5.00"), offer, shopper=Shopper(groups=frozenset({3}))))
    assert found.reason is Reason.NO_PRODUCTS


def test_who_has_a_list_is_told_that_its_offer_is_for_others() -> None:
    """P6, P7, E20: before anything is said of goods."""
    offer = percent("5", groups=frozenset({3}), sets=(get(1, of=of_promotion(7)),))
    found = reason(quote(basket("5.00"), offer, shopper=picks(7, 9, listed=(9,))))
    assert found.reason is Reason.NOT_FOR_YOU


def test_a_set_that_combines_comes_before_a_receipt_that_is_free_anyway() -> None:
    """P4: of an even tie; whichever of the two is earlier."""
    off = percent("20", 1, sets=(get(1),), **COMBINES)
    for receipt in (2, 0):
        answer = quote(basket("10.00"), off, percent("100", receipt, **RECEIPT))
        given = {each.id: each.amount for each in answer.effects}
        assert (given, answer.is_exact) == ({1: 2, receipt: 8}, True)


def test_what_is_free_already_is_saved_one_per_item_if_the_receipt_can_do_the_rest() -> None:
    """P4: nothing is left to pay either way; 11.00 on a line is more than 10.00."""
    answer = quote(
        basket("11.00", "10.00"),
        percent("100", 1, units=1),
        amount_off("11", 2, goods=goods(1), **COMBINES),
        percent("100", 3, **RECEIPT),
    )
    given = {(each.id, each.line): each.amount for each in answer.effects}
    assert (given, answer.is_exact) == ({(1, "1"): 11, (3, "2"): 10}, True)


def test_which_line_is_left_to_the_receipt_is_settled_by_the_earliest_rule() -> None:
    """P4: one of two is enough for the amount; it is that of the later rule, tried first."""
    answer = quote(
        basket("10.00", "10.00"),
        percent("10", 2, goods=goods(1)),
        percent("10", 1, goods=goods(2)),
        amount_off("10", 9, **RECEIPT),
    )
    given = {(each.id, each.line): each.amount for each in answer.effects}
    assert given == {(1, "2"): 1, (9, "1"): 10}


def test_points_for_the_receipt_get_the_line_that_earns_least_by_itself() -> None:
    """P5, P15: all of them for any line, so that a dear one is not worth it."""
    answer = quote(
        basket("9.00", "9.00", "3.00"),
        points("0.5", 1, **LINES),
        points("10", 2, kind=Kind.AMOUNT, **RECEIPT),
    )
    given = {(each.id, each.line): each.points for each in answer.effects}
    five = Decimal("0.05")
    assert (given, answer.is_exact) == ({(1, "1"): five, (1, "2"): five, (2, "3"): 10}, True)


def test_a_million_units_are_priced_without_looking_at_each_number_of_uses() -> None:
    """P12: with a limit of uses and without one, also where the line's own offer is in the way."""
    bought = basket(line("10.00", "999999"))
    half = percent("50", 1, uses=None, sets=(get(1),))
    assert quote(bought, half).discount == Decimal("4999995.00")
    limited = percent("50", 1, uses=500_000, sets=(get(1),))
    assert quote(bought, limited).discount == Decimal("2500000.00")
    all_at_once = amount_off("5000000", 2, **LINES)
    assert quote(bought, half, all_at_once).discount >= Decimal("5000000.00")


def test_twenty_sets_are_filled_without_looking_at_all_of_their_combinations() -> None:
    """E15: each of them with goods that it shares with the next."""
    bought = basket(*["10.00"] * 21)
    sets = tuple(get(1, number, number + 1) for number in range(1, 21))
    assert quote(bought, percent("50", 1, sets=sets)).discount == 100


def test_no_line_costs_less_than_nothing_after_half_cents_are_rounded() -> None:
    """P10: a unit of half a cent has no whole cent to take off."""
    answer = quote(
        basket(line("0.01", "2", of=1), line("1.00", of=2)),
        percent("33.3", 1, units=3, priority=1, **COMBINES),
        amount_off("3.33", 2, sets=(get(1, 1),), **COMBINES),
        percent("100", 3, units=2, goods=goods(1), **COMBINES),
        percent("100", 4, units=1, goods=goods(1), **COMBINES),
    )
    assert [priced.payable >= 0 for priced in answer.lines] == [True, True]


def test_a_tenth_of_a_unit_is_not_that_of_another_line_of_the_same_price() -> None:
    """P9: one of three units for 30.00 is left to it, and the only one for 30.00."""
    answer = quote(
        basket(line("10.00", "3"), line("30.00")), amount_off("10", 1, units=2), percent("10", 2)
    )
    given = {(each.id, each.line): each.amount for each in answer.effects}
    assert given == {(1, "1"): 20, (2, "1"): 1, (2, "2"): 3}
