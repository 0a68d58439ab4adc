"""Codes that tills, pages and stored rows know: they don't change."""

from promotions.engine import Fault, Reason


def test_reasons_in_the_order_in_which_they_are_given() -> None:
    """P7."""
    assert [reason.value for reason in Reason] == [
        "not_yet",
        "over",
        "not_here",
        "currency",
        "not_for_you",
        "not_accepted",
        "no_choice",
        "no_products",
        "condition",
        "limit",
        "below_threshold",
        "set_incomplete",
        "budget",
        "nothing_to_save",
        "alone",
        "others_save_more",
        "outdone",
    ]


def test_faults_are_named_as_they_are_stored() -> None:
    """E13: each by its own name in lower case."""
    assert [fault.value for fault in Fault] == [name.lower() for name in Fault.__members__]
