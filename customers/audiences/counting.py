"""How many customers conditions describe, and who, for example: fast enough to show while typing.

The table is read by several processes of the database at once, which its planner would not do
for smaller ones, and given up after a while: a count that nobody waits for must not cost.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from customers.audiences.fields import condition_fields
from customers.audiences.sql import compile_sql
from customers.audiences.tree import Node, parse_all
from customers.models import Audience, Customer

SAMPLES = 5
LONGEST = dt.timedelta(seconds=10)
SETTINGS = {
    "max_parallel_workers_per_gather": "4",
    "parallel_setup_cost": "100",
    "jit": "off",
    "statement_timeout": f"{LONGEST.total_seconds():.0f}s",
}
QUERY_CANCELED = "57014"
FIRST_IDS = 20_000
"""Examples are looked for among the oldest customers first: most conditions hold some of them."""


@dataclass(frozen=True)
class Count:
    customers: int
    of: int
    """All customers."""

    @property
    def share(self) -> float:
        """From 0 to 1; 0 of nobody."""
        return self.customers / self.of if self.of else 0.0


@dataclass(frozen=True)
class Difference:
    """What saving other conditions would do."""

    come: int
    leave: int
    stay: int
    who_come: list[Customer]
    who_leave: list[Customer]


def count(node: Node, at: dt.datetime, longest: dt.timedelta = LONGEST) -> Count:
    """How many customers, of how many. Two queries; ValidationError if one takes too long."""
    condition, params = compile_sql(node, at)
    with counting(_given_up_after(longest)) as cursor:
        customers = _number(cursor, f"{LISTED} AND {condition}", params)
        return Count(customers, _number(cursor, LISTED, []))


def how_many(node: Node, at: dt.datetime) -> int:
    """How many customers. One query; ValidationError if it takes too long."""
    condition, params = compile_sql(node, at)
    with counting() as cursor:
        return _number(cursor, f"{LISTED} AND {condition}", params)


def sample(
    node: Node, at: dt.datetime, number: int = SAMPLES, longest: dt.timedelta = LONGEST
) -> list[Customer]:
    """The first customers by id, as examples. Up to three queries."""
    with counting(_given_up_after(longest)) as cursor:
        return _sample(cursor, *compile_sql(node, at), number)


def difference(old: Node, new: Node, at: dt.datetime) -> Difference:
    """Who would come and who would leave, with examples of both. At most seven queries."""
    (before, before_params), (after, after_params) = compile_sql(old, at), compile_sql(new, at)
    comes = f"({after}) AND NOT ({before})", after_params + before_params
    leaves = f"({before}) AND NOT ({after})", before_params + after_params
    with counting() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE now AND NOT before), count(*) FILTER (WHERE before"
            f" AND NOT now), count(*) FILTER (WHERE now AND before) FROM (SELECT {after} AS now,"
            f" {before} AS before FROM {LISTED}) AS customers",
            after_params + before_params,
        )
        come, leave, stay = cursor.fetchone()
        who_come = _sample(cursor, *comes, SAMPLES) if come else []
        who_leave = _sample(cursor, *leaves, SAMPLES) if leave else []
    return Difference(come, leave, stay, who_come, who_leave)


def count_again(at: dt.datetime) -> int:
    """Put the counts of all audiences by conditions right; how many were counted.

    An audience a transaction, so that none is locked for long. Those whose conditions make no
    sense any more have nobody; one that takes too long keeps its old count.
    """
    stored = dict(_dynamic().values_list("pk", "conditions"))
    nodes = parse_all(stored, condition_fields())
    counted = 0
    for pk in stored:
        try:
            customers = how_many(nodes[pk], at) if pk in nodes else 0
        except ValidationError:
            continue
        # Not if somebody changed the conditions meanwhile: that page has counted them.
        unchanged = _dynamic().filter(pk=pk, conditions=stored[pk])
        counted += unchanged.update(members_count=customers, counted_at=at)
    return counted


def _dynamic() -> QuerySet[Audience]:
    return Audience.objects.filter(kind=Audience.Kind.DYNAMIC)


def _given_up_after(longest: dt.timedelta) -> dict[str, str]:
    return {**SETTINGS, "statement_timeout": f"{longest / dt.timedelta(milliseconds=1):.0f}ms"}


LISTED = "customers_customer AS customer WHERE NOT customer.is_prospect"


@contextmanager
def counting(settings: dict[str, str] = SETTINGS) -> Iterator[CursorWrapper]:
    """A cursor with settings for reading much, which end with it. Nothing may be written."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            names = ", ".join("set_config(%s, %s, true)" for _ in settings)
            cursor.execute(f"SELECT {names}", [part for pair in settings.items() for part in pair])
            yield cursor
            # Else they would last as long as a transaction around this one.
            transaction.set_rollback(True)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != QUERY_CANCELED:
            raise
        message = _("Counting takes too long. Simplify the conditions, or save and count later.")
        raise ValidationError(message, code="too_slow") from error


def _number(cursor: CursorWrapper, source: str, params: list[Any]) -> int:
    cursor.execute(f"SELECT count(*) FROM {source}", params)
    (number,) = cursor.fetchone()
    return int(number)


def _sample(
    cursor: CursorWrapper, condition: str, params: list[Any], number: int
) -> list[Customer]:
    found = f"SELECT customer.id FROM {LISTED} AND ({condition})"
    cursor.execute(
        f"{found} AND customer.id < %s ORDER BY customer.id LIMIT %s",
        [*params, FIRST_IDS, number],
    )
    ids = [pk for (pk,) in cursor.fetchall()]
    if len(ids) < number:
        # OFFSET 0 keeps the planner from walking the whole table in the order of ids.
        cursor.execute(f"SELECT id FROM ({found} OFFSET 0) AS f ORDER BY id LIMIT %s",
                       [*params, number])  # fmt: skip
        ids = [pk for (pk,) in cursor.fetchall()]
    return list(Customer.objects.filter(pk__in=ids).order_by("pk"))
