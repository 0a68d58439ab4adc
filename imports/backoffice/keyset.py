"""Pages found by the last row of the page before, which costs the same however deep they are.

OFFSET reads and throws away all rows before a page. Here a page is one or a few ranges of the
sort order, each contiguous in an index that ends in the id: the rows equal to the last one with
a higher id, the rows with a higher value, the rows without one. Rows come by their ids, so that
whatever lies before them is never fetched whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, OrderBy, Q, QuerySet


@dataclass(frozen=True)
class Key:
    """One part of a sort order; as in PostgreSQL, NULL is higher than any value unless told."""

    expression: Any
    descending: bool
    nulls_last: bool
    nullable: bool

    @classmethod
    def of(cls, model: type[Model], part: Any) -> "Key":
        """`part` as `order_by()` takes it."""
        order: OrderBy
        if isinstance(part, str):
            order = OrderBy(F(part.removeprefix("-")), descending=part.startswith("-"))
        else:
            order = part if isinstance(part, OrderBy) else part.asc()
        nulls_last = bool(order.nulls_last) or not (order.descending or order.nulls_first)
        nullable = _is_nullable(model, order.expression)
        return cls(order.expression, order.descending, nulls_last, nullable)

    def reversed(self) -> "Key":
        return replace(self, descending=not self.descending, nulls_last=not self.nulls_last)

    def order_by(self) -> OrderBy:
        # NULLS is written only where it isn't PostgreSQL's own, or it would hide indexes.
        usual = self.nulls_last is not self.descending
        nulls = {} if usual else {"nulls_last" if self.nulls_last else "nulls_first": True}
        return OrderBy(self.expression, descending=self.descending, **nulls)

    def same(self, alias: str, value: Any) -> Q:
        return Q(**{f"{alias}__isnull": True}) if value is None else Q(**{alias: value})

    def beyond(self, alias: str, value: Any) -> Iterator[Q]:
        """The ranges that come after `value` in this order."""
        if value is not None:
            yield Q(**{f"{alias}__lt" if self.descending else f"{alias}__gt": value})
        if self.nullable and self.nulls_last is not (value is None):
            yield Q(**{f"{alias}__isnull": value is not None})


def total_order(model: type[Model], ordering: Sequence[Any]) -> list[Key]:
    """Keys that no two rows share: cut at the id, or ended by it in the direction before it.

    The same direction, because then one index on (column, id) serves both ways.
    """
    keys: list[Key] = []
    for part in ordering:
        key = Key.of(model, part)
        if _names_pk(model, key.expression):
            break
        keys.append(key)
    descending = keys[-1].descending if keys else key.descending if ordering else True
    pk = Key(F("pk"), descending, nulls_last=not descending, nullable=False)
    return [*keys, pk]


def rows_at(queryset: QuerySet, keys: Sequence[Key], *, offset: int, size: int) -> QuerySet:
    """Up to `size` rows in order from `offset`; only ids are read of the rows before."""
    order = [key.order_by() for key in keys]
    if not offset:
        return queryset.order_by(*order)[:size]
    return _rows(queryset, queryset.order_by(*order).values("pk")[offset : offset + size], order)


def rows_after(
    queryset: QuerySet, keys: Sequence[Key], values: Sequence[Any], *, size: int
) -> QuerySet:
    """Up to `size` rows in order that come after the row whose keys have these values."""
    order = [key.order_by() for key in keys]
    aliases = {f"sort_key_{number}": key.expression for number, key in enumerate(keys)}
    ranges = [
        queryset.alias(**aliases).filter(condition).order_by(*order).values("pk")[:size]
        for condition in _ranges(keys, list(aliases), values)
    ]
    ids = ranges[0].union(*ranges[1:], all=True) if len(ranges) > 1 else ranges[0]
    return _rows(queryset, ids, order)[:size]


def values_of(queryset: QuerySet, keys: Sequence[Key], pk: int) -> tuple[Any, ...] | None:
    """The values of a row's keys; None if there is no such row. One query."""
    columns = {f"sort_key_{number}": key.expression for number, key in enumerate(keys)}
    row: tuple[Any, ...] | None = (
        queryset.filter(pk=pk).annotate(**columns).values_list(*columns).first()
    )
    return row


def _ranges(keys: Sequence[Key], aliases: list[str], values: Sequence[Any]) -> Iterator[Q]:
    for depth in reversed(range(len(keys))):
        same = Q()
        for key, alias, value in zip(keys[:depth], aliases[:depth], values[:depth], strict=True):
            same &= key.same(alias, value)
        for beyond in keys[depth].beyond(aliases[depth], values[depth]):
            yield same & beyond


def _rows(queryset: QuerySet, ids: QuerySet, order: list[OrderBy]) -> QuerySet:
    return queryset.filter(pk__in=ids).order_by(*order)


def _names_pk(model: type[Model], expression: Any) -> bool:
    return _field_name(expression) in ("pk", model._meta.pk.name)


def _is_nullable(model: type[Model], expression: Any) -> bool:
    name = _field_name(expression)
    try:
        return name is None or bool(getattr(model._meta.get_field(name), "null", True))
    except FieldDoesNotExist:
        return True


def _field_name(expression: Any) -> str | None:
    return getattr(expression, "name", None) if isinstance(expression, F) else None
