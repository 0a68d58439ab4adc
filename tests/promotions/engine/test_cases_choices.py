"""Sets of a personalized promotion: each shopper's own."""

from promotions.engine import Reason
from tests.promotions.engine.builders import (
    basket,
    buy,
    get,
    line,
    of_promotion,
    percent,
    picks,
)
from tests.promotions.engine.cases import Case, check, each_case, off

TO_BUY, ONE, OTHER = 1, 2, 3
BASKET = basket(line("4.00", of=TO_BUY), line("6.00", "2", of=ONE), line("8.00", "2", of=OTHER))
HALF = percent("50", sets=(buy(1, TO_BUY), get(1, of=of_promotion(7))))
HALF_OR_ONE = percent("50", sets=(buy(1, TO_BUY), get(1, of=of_promotion(7, default=ONE))))
NO_CHOICE = (Reason.NO_CHOICE, {"promotion": 7})


@each_case(
    Case(
        "what was chosen from the list gets the discount",
        "E17 E18 E19",
        BASKET,
        (HALF,),
        pays="29.00",
        effects=(off(1, "2", "3.00"),),
        shopper=picks(7, ONE, listed=[ONE, OTHER]),
    ),
    Case(
        "of two that were chosen the dearer gets the discount",
        "E17 E23",
        BASKET,
        (HALF,),
        pays="28.00",
        effects=(off(1, "3", "4.00"),),
        shopper=picks(7, ONE, OTHER),
    ),
    Case(
        "two units of the chosen product get it where this many is two",
        "E16 E17",
        BASKET,
        (percent("50", sets=(buy(1, TO_BUY), get(2, of=of_promotion(7)))),),
        pays="26.00",
        effects=(off(1, "2", "6.00", "2"),),
        shopper=picks(7, ONE),
    ),
    Case(
        "the default product counts where nothing was chosen",
        "E20",
        BASKET,
        (HALF_OR_ONE,),
        pays="29.00",
        effects=(off(1, "2", "3.00"),),
        shopper=picks(7, listed=[ONE, OTHER]),
    ),
    Case(
        "the default product doesn't count beside what was chosen",
        "E20",
        BASKET,
        (HALF_OR_ONE,),
        pays="28.00",
        effects=(off(1, "3", "4.00"),),
        shopper=picks(7, OTHER, listed=[ONE, OTHER]),
    ),
    Case(
        "the default product doesn't count off the shopper's list",
        "E20 P7",
        BASKET,
        (HALF_OR_ONE,),
        pays="32.00",
        skips={1: NO_CHOICE},
        shopper=picks(7, listed=[OTHER]),
    ),
    Case(
        "no choice and no default is no discount",
        "E20 P7",
        BASKET,
        (HALF,),
        pays="32.00",
        skips={1: NO_CHOICE},
        shopper=picks(7, listed=[ONE]),
    ),
    Case(
        "a choice in another promotion is no choice in this one",
        "E17 P7",
        BASKET,
        (HALF,),
        pays="32.00",
        skips={1: NO_CHOICE},
        shopper=picks(8, ONE, listed=[ONE]),
    ),
    Case(
        "somebody unknown has chosen nothing, default or not",
        "P6 E20",
        BASKET,
        (HALF_OR_ONE,),
        pays="32.00",
        skips={1: NO_CHOICE},
    ),
    Case(
        "a choice that isn't in the basket leaves the set incomplete",
        "E17 P7",
        BASKET,
        (HALF,),
        pays="32.00",
        skips={1: (Reason.SET_INCOMPLETE, {"set": 1, "required": 1, "found": 0})},
        shopper=picks(7, 99),
    ),
    Case(
        "a choice that is required in two gets one discount for two",
        "E15 E16 E17",
        BASKET,
        (percent("50", sets=(get(1, of=of_promotion(7), required=2),)),),
        pays="29.00",
        effects=(off(1, "2", "3.00"),),
        shopper=picks(7, ONE),
    ),
)
def test_the_choices(case: Case) -> None:
    check(case)
