"""Operators of everything but dates."""

from django.utils.translation import gettext_lazy as _

from customers.audiences import values
from customers.audiences.operators.operator import Operator
from customers.audiences.primitives import Containing, Having, Missing, OneOf, Within, lowered
from imports.resources import Text

TEXT = [
    Operator(
        "equals_any",
        # Letter by letter, which indexes serve.
        _("is exactly one of"),
        _("%(field)s is %(value)s"),
        values.Texts(),
        lambda texts, today: OneOf(texts),
    ),
    Operator(
        "contains",
        _("contains"),
        _("%(field)s contains %(value)s"),
        values.Text(),
        lambda text, today: Containing(lowered(text)),
    ),
    Operator(
        "starts_with",
        _("starts with"),
        _("%(field)s starts with %(value)s"),
        values.Text(),
        lambda text, today: Containing(lowered(text), at_start=True),
    ),
]
NUMBER = [
    Operator(
        "equals",
        _("is"),
        _("%(field)s is %(value)s"),
        values.Number(),
        lambda number, today: OneOf(frozenset([number])),
    ),
    Operator(
        "at_least",
        _("is at least"),
        _("%(field)s is at least %(value)s"),
        values.Number(),
        lambda number, today: Within(((number, None),)),
    ),
    Operator(
        "at_most",
        _("is at most"),
        _("%(field)s is at most %(value)s"),
        values.Number(),
        lambda number, today: Within(((None, number),)),
    ),
    Operator(
        "between",
        _("is between"),
        _("%(field)s is between %(value)s"),
        values.Pair(values.Number()),
        lambda pair, today: Within((pair,)),
    ),
]
YES_NO = [
    Operator(
        "is_yes",
        _("is “yes”"),
        _("%(field)s is “yes”"),
        values.NOTHING,
        lambda _, today: OneOf(frozenset([True])),
    ),
    Operator(
        "is_no",
        _("is “no”"),
        _("%(field)s is “no”"),
        values.NOTHING,
        lambda _, today: OneOf(frozenset([False])),
    ),
]
CHOICE = [
    Operator(
        "equals_any",
        _("is one of"),
        _("%(field)s is %(value)s"),
        values.Options(),
        lambda chosen, today: OneOf(chosen),
    ),
]
CHOICES = [
    Operator(
        "contains_any",
        _("at least one of"),
        _("%(field)s: %(value)s"),
        values.Options(),
        lambda chosen, today: OneOf(chosen),
    ),
    Operator(
        "contains_all",
        _("all of"),
        _("%(field)s: %(value)s"),
        values.Options(joined_by_and=True),
        lambda chosen, today: Having(chosen),
    ),
]
IN_GROUPS = [
    Operator(
        "in_any",
        _("at least one of"),
        _("is in the group %(value)s"),
        values.Options("groups", item=int),
        lambda ids, today: OneOf(ids),
    ),
]


def _is_empty(words: Text, opposite: Text) -> Operator:
    meaning = Missing()
    return Operator(
        "is_empty", _("is empty"), words, values.NOTHING, lambda _, today: meaning, opposite
    )


IS_EMPTY = _is_empty(_("%(field)s is empty"), _("%(field)s is not empty"))
NONE_LISTED = _is_empty(_("%(field)s: none"), _("%(field)s: at least one"))
IN_NO_GROUP = _is_empty(_("is in no group"), _("is in a group"))
