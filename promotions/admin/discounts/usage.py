"""How much of its limits an offer has used up, as the list and the form show it."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from promotions.models import EVERYBODY, UseCounter
from promotions.models.counting import DISCOUNTS, Tables
from promotions.models.limited import AbstractUseCounter
from promotions.wording import money

MOST_COUNTED = 10_000
COUNTED = """
    SELECT offer.id, (SELECT count(*) FROM (
        SELECT FROM {uses} AS use
        WHERE use.{column} = offer.id AND NOT use.is_given_back LIMIT {most}
    ) AS first_ones) FROM unnest(%s::int[]) AS offer (id)
"""


@dataclass(frozen=True)
class Bar:
    """A progress bar with its words."""

    words: str
    percent: int | None = None
    """None where nothing is limited."""


def with_counters(
    offers: QuerySet[Any], *, counters: type[AbstractUseCounter] = UseCounter, of: str = "discount"
) -> QuerySet[Any]:
    """Annotated `used` and `spent`, which are counted where all uses together are limited."""
    of_all = counters._default_manager.filter(
        **{of: OuterRef("pk")}, customer_id=EVERYBODY, period=AbstractUseCounter.Period.EVER
    )
    return offers.annotate(
        used=Subquery(of_all.values("used")[:1]), spent=Subquery(of_all.values("spent")[:1])
    )


def counted_uses(ids: Collection[int], tables: Tables = DISCOUNTS) -> dict[int, int]:
    """Uses that were not given back, counted up to MOST_COUNTED + 1 each. One query."""
    statement = COUNTED.format(uses=tables.uses, column=tables.column, most=MOST_COUNTED + 1)
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids)])
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


def budget_bar(discount: Any, currency: str | None = None) -> Bar | None:
    """In the discount's currency, unless another word stands after the amount."""
    if discount.budget is None:
        return None
    spent = discount.spent or Decimal(0)
    words = _("%(spent)s of %(budget)s given away") % {
        "spent": money(spent, ""),
        "budget": money(discount.budget, discount.currency if currency is None else currency),
    }
    return Bar(words, _percent(spent, discount.budget))


def _percent(part: Decimal, whole: Decimal) -> int:
    return min(100, int(part * 100 / whole)) if whole else 100


def _number(number: int) -> str:
    return number_format(number, force_grouping=True)
