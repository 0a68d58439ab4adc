"""Who may have an offer: members, and whoever accepted it (P6, L14)."""

from promotions.engine import (
    Reason,
    Rule,
    Shopper,
    Skipped,
    compile_rules,
    price,
)
from tests.promotions.engine.builders import (
    ANYBODY,
    COMBINES,
    NOON,
    basket,
    goods,
    percent,
)
from tests.promotions.engine.cases import Case, check, each_case, off
from tests.promotions.engine.personal_offers import (
    BORN_IN_FEBRUARY,
    DRIVERS,
    KEY,
    MEMBER,
    for_audience,
    own,
)


def common_of(rules: list[Rule]) -> list[tuple[Skipped | None, ...]]:
    """What a book says in common to members, and to others."""
    book = compile_rules(rules)
    return [
        price(basket("10.00"), shopper, book, NOON).explained.common
        for shopper in (MEMBER, ANYBODY)
    ]


@each_case(
    Case(
        "for members, who are known",
        "P6",
        basket("10.00"),
        (percent("10", 1, members=True),),
        "9.00",
        (off(1, "1", "1.00"),),
        shopper=MEMBER,
    ),
    Case(
        "for members is not for somebody unknown",
        "P6, P7",
        basket("10.00"),
        (percent("10", 1, members=True),),
        "10.00",
        skips={1: Reason.NOT_FOR_YOU},
    ),
    Case(
        "for members of an audience, which this one is not in",
        "P6, P7",
        basket("10.00"),
        (percent("10", 1, members=True, **for_audience(DRIVERS)),),
        "10.00",
        skips={1: Reason.NOT_FOR_YOU},
        shopper=BORN_IN_FEBRUARY,
    ),
    Case(
        "what was accepted applies, what was declined or waits does not",
        "L14",
        basket("10.00"),
        tuple(percent(str(number), number, consent=True, **COMBINES) for number in (10, 20, 30)),
        "9.00",
        (off(10, "1", "1.00"),),
        {
            20: (Reason.NOT_ACCEPTED, {"answer": "declined"}),
            30: (Reason.NOT_ACCEPTED, {"answer": "pending"}),
        },
        shopper=Shopper(answers={("discount", 10, 0): True, ("discount", 20, 0): False}),
    ),
    Case(
        "whether it is accepted is not said of what is for others",
        "L14, P7",
        basket("10.00"),
        (percent("10", 1, consent=True, **for_audience(DRIVERS)),),
        "10.00",
        skips={1: Reason.NOT_FOR_YOU},
    ),
    Case(
        "it is said of what isn't in the basket, too",
        "L14, P7",
        basket("10.00"),
        (
            percent("10", 1, consent=True, goods=goods(99)),
            percent("10", 2, consent=True, goods=goods(99)),
            percent("10", 3, consent=True, goods=goods(99)),
        ),
        "10.00",
        skips={
            1: Reason.NO_PRODUCTS,
            2: (Reason.NOT_ACCEPTED, {"answer": "declined"}),
            3: (Reason.NOT_ACCEPTED, {"answer": "pending"}),
        },
        shopper=Shopper(answers={("discount", 1, 0): True, ("discount", 2, 0): False}),
    ),
    Case(
        "of an offer of the shopper's own each item is accepted for itself",
        "L14",
        basket("10.00", "10.00"),
        (),
        "19.00",
        (off(5, "1", "1.00"),),
        shopper=own(
            percent("10", goods=goods(1), consent=True),
            percent("10", goods=goods(2), consent=True),
            answers={(*KEY, 0): True, (*KEY, 1): False},
        ),
    ),
)
def test_who_may_have_it(case: Case) -> None:
    check(case)


def test_members_and_others_are_told_the_same_while_no_rule_asks() -> None:
    """P7: what is said to all is one object, so that texts of it can be kept."""
    rules = [percent("1", 1, goods=goods(9))]
    member, other = common_of(rules)
    assert member is other
    rules.append(percent("1", 2, goods=goods(9), members=True))
    member, other = common_of(rules)
    assert [each.reason for each in member] == [Reason.NO_PRODUCTS, Reason.NO_PRODUCTS]
    assert [each.reason for each in other] == [Reason.NO_PRODUCTS, Reason.NOT_FOR_YOU]
