"""Copies of what has a name of its own."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

LONGEST_SUFFIX = 50
"""In any language."""


def free_name(name: str, others: QuerySet, longest: int) -> str:
    """`name` with a suffix that makes it one which none of `others` has. One query.

    Names differ by more than capitals and are not longer than `longest`.
    """
    same = others.filter(name__istartswith=name[: longest - LONGEST_SUFFIX])
    taken = {other.lower() for other in same.values_list("name", flat=True)}
    number = 1
    while True:
        suffix = _(" (copy)") if number == 1 else _(" (copy %(number)d)") % {"number": number}
        copy = name[: longest - len(suffix)] + suffix
        if copy.lower() not in taken:
            return copy
        number += 1
