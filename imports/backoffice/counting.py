"""How many entries a list has, said without ever counting a large table."""

import json
from dataclasses import dataclass
from enum import Enum

from django.db.models import QuerySet
from django.utils.formats import number_format


class Precision(Enum):
    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more than"


@dataclass(frozen=True)
class Count:
    number: int
    precision: Precision

    def __str__(self) -> str:
        return str(number_format(self.number, force_grouping=True))

    @property
    def is_exact(self) -> bool:
        return self.precision is Precision.EXACT


def count_up_to(limit: int, queryset: QuerySet) -> Count:
    """The number of rows, exact up to `limit`. One query, and one more beyond the limit.

    Beyond it the planner's estimate, to two digits; "more than `limit`" if even that is less.
    """
    rows = queryset.order_by().values("pk")
    number = rows[: limit + 1].count()
    if number <= limit:
        return Count(number, Precision.EXACT)
    if (estimated := _planned_rows(rows)) > limit:
        return Count(round(estimated, 2 - len(str(estimated))), Precision.ABOUT)
    return Count(limit, Precision.MORE_THAN)


def _planned_rows(queryset: QuerySet) -> int:
    (plan,) = json.loads(queryset.explain(format="json"))
    return int(plan["Plan"]["Plan Rows"])
