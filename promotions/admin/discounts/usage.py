"""How much of its limits a discount has used up, as the list and the form show it."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from promotions.models import EVERYBODY, Discount, UseCounter
from promotions.wording import money

MOST_COUNTED = 10_000
COUNTED = f"""
    SELECT discount.id, (SELECT count(*) FROM (
        SELECT FROM promotions_use AS use
        WHERE use.discount_id = discount.id AND NOT use.is_given_back LIMIT {MOST_COUNTED + 1}
    ) AS first_ones) FROM unnest(%s::int[]) AS discount (id)
"""


@dataclass(frozen=True)
class Bar:
    """A progress bar with its words."""

    words: str
    percent: int | None = None
    """None where nothing is limited."""


def with_counters(discounts: QuerySet[Discount]) -> QuerySet[Discount]:
    """Annotated `used` and `spent`, which are counted where all uses together are limited."""
    of_all = UseCounter.objects.filter(
        discount=OuterRef("pk"), customer_id=EVERYBODY, period=UseCounter.Period.EVER
    )
    return discounts.annotate(
        used=Subquery(of_all.values("used")[:1]), spent=Subquery(of_all.values("spent")[:1])
    )


def counted_uses(ids: Collection[int]) -> dict[int, int]:
    """Uses that were not given back, counted up to MOST_COUNTED + 1 each. One query."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [list(ids)])
        return dict(cursor.fetchall())


def uses_bar(discount: Any, counted: int) -> Bar:
    if discount.most_uses is None:
        if counted > MOST_COUNTED:
            return Bar(_("more than %(number)s uses") % {"number": _number(MOST_COUNTED)})
        words = ngettext("%(number)s use", "%(number)s uses", counted)
        return Bar(words % {"number": _number(counted)})
    used = discount.used or 0
    words = _("%(used)s of %(most)s uses")
    return Bar(
        words % {"used": _number(used), "most": _number(discount.most_uses)},
        _percent(Decimal(used), Decimal(discount.most_uses)),
    )


def budget_bar(discount: Any) -> Bar | None:
    if discount.budget is None:
        return None
    spent = discount.spent or Decimal(0)
    words = _("%(spent)s of %(budget)s given away") % {
        "spent": money(spent, ""),
        "budget": money(discount.budget, discount.currency),
    }
    return Bar(words, _percent(spent, discount.budget))


def _percent(part: Decimal, whole: Decimal) -> int:
    return min(100, int(part * 100 / whole)) if whole else 100


def _number(number: int) -> str:
    return number_format(number, force_grouping=True)
