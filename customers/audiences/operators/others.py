"""Operators of everything but dates."""

from django.utils.translation import gettext_lazy as _

from customers.audiences import values
from customers.audiences.operators.operator import Operator
from customers.audiences.primitives import Containing, Having, Missing, OneOf, Within, lowered

TEXT = [
    Operator(
        "equals_any",
        _("is one of"),
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
        values.Kind(),
        lambda _, today: OneOf(frozenset([True])),
    ),
    Operator(
        "is_no",
        _("is “no”"),
        _("%(field)s is “no”"),
        values.Kind(),
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
        _("contains any of"),
        _("%(field)s contains %(value)s"),
        values.Options(),
        lambda chosen, today: OneOf(chosen),
    ),
    Operator(
        "contains_all",
        _("contains all of"),
        _("%(field)s contains %(value)s"),
        values.Options(joined_by_and=True),
        lambda chosen, today: Having(chosen),
    ),
]
IN_GROUPS = [
    Operator(
        "in_any",
        _("has any of"),
        _("is in the group %(value)s"),
        values.Options("groups", item=int),
        lambda ids, today: OneOf(ids),
    ),
]
EVERY_TYPE = [
    Operator(
        "is_empty",
        _("is empty"),
        _("%(field)s is empty"),
        values.Kind(),
        lambda _, today: Missing(),
    ),
]
