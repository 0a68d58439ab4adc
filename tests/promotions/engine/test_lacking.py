"""What is said of a set that lacks units is true, with however many sets (P7, E15, P13)."""

from itertools import combinations
from random import Random

import pytest

from promotions.engine import Reason, Rule, Skipped
from tests.promotions.engine.builders import basket, buy, get, line, percent, quote

Sets = list[tuple[int, set[int]]]
"""Units that each requires, and its products."""
OWN = 100
"""Added to a set's place: a product of that set alone."""


def sale(random: Random, number: int) -> tuple[list[int], Sets]:
    """A few units, each of its product, and sets that share most of what they want."""
    products = range(1, random.randint(2, 5) + 1)
    units = [each for each in products for _ in range(random.randint(1, 3))]
    sets = []
    for place in range(number):
        wanted = random.sample(products, random.randint(1, min(3, len(products))))
        sets.append((random.choice([1, 1, 1, 2]), {*wanted, OWN + place}))
    return units, sets


def told(units: list[int], sets: Sets) -> Skipped | None:
    """Of half price for one unit of the last set, triggered by the others."""
    *triggers, (required, products) = [(count, sorted(wanted)) for count, wanted in sets]
    made = [buy(count, *wanted) for count, wanted in triggers]
    half: Rule = percent("50", sets=(*made, get(1, *products, required=required)))
    skipped = quote(basket(*[line("10.00", of=each) for each in units]), half).skipped
    return skipped[0] if skipped else None


def can_be_filled(units: list[int], sets: Sets) -> bool:
    """By trying everything."""
    if not sets:
        return True
    (required, wanted), *others = sets
    suitable = [place for place, each in enumerate(units) if each in wanted]
    return any(
        can_be_filled([each for place, each in enumerate(units) if place not in taken], others)
        for taken in combinations(suitable, required)
    )


@pytest.mark.parametrize("number", [3, 5, 7, 8])
def test_a_set_lacks_just_so_many_units_as_are_said(number: int) -> None:
    """That many of its own, and it is a later set or none; one less, and it is this one yet."""
    lacked = 0
    for seed in range(250):
        units, sets = sale(Random(seed), number)
        skipped = told(units, sets)
        assert (seed, skipped is None) == (seed, can_be_filled(units, sets))
        if skipped is None:
            continue
        lacked += 1
        assert (seed, skipped.reason) == (seed, Reason.SET_INCOMPLETE)
        place, missing = skipped.figures["set"], missing_of(skipped)
        after = told([*units, *[OWN + place] * missing], sets)
        assert (seed, after is None or after.figures["set"] > place) == (seed, True)
        before = told([*units, *[OWN + place] * (missing - 1)], sets)
        assert before is not None
        assert (seed, before.figures["set"], missing_of(before)) == (seed, place, 1)
    assert lacked > 40


def missing_of(skipped: Skipped) -> int:
    return int(skipped.figures["required"] - skipped.figures["found"])


def test_of_seven_sets_the_one_that_nothing_is_left_for_lacks_a_unit() -> None:
    """The first takes the only unit of 1 that the last could have; the others have theirs."""
    others = [buy(1, number) for number in range(2, 7)]
    half = percent("50", sets=(buy(1, 1), *others, get(1, 1, 2)))
    [skipped] = quote(basket(*["10.00"] * 6), half).skipped
    assert skipped.reason is Reason.SET_INCOMPLETE
    assert skipped.figures == {"set": 6, "required": 1, "found": 0}


def test_a_million_units_are_lacking_without_taking_them_one_by_one() -> None:
    """Of 999,999 that are required one is taken by the set before, which has no other."""
    half = percent("50", sets=(buy(1, 1), get(1, 1, required=999_999)))
    [skipped] = quote(basket(line("10.00", "999999")), half).skipped
    assert skipped.figures == {"set": 1, "required": 999_999, "found": 999_998}
