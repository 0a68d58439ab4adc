"""Where a field's items are in customers_customer, and the primitives' SQL about them.

Each test is true or false, never NULL. Columns are compared as they are; what is in
Customer.attributes as text or by jsonpath, since a cast would fail on what is no date or number,
and equality by containment, which the GIN index serves. No test of a column or of the attributes
has a subquery: one that looks at its row would keep PostgreSQL from counting in parallel.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from customers.audiences.comparisons import Sql, equals_any, in_ranges
from customers.audiences.fields import GROUPS, ConditionField
from customers.audiences.jsonpath import contained, number_filter, text_filter
from customers.audiences.primitives import (
    Containing,
    Having,
    Missing,
    OneOf,
    Primitive,
    Within,
)
from customers.models import AttributeType

DAY = dt.timedelta(days=1)
ONE_BY_ONE = 8
"""Up to so many values are asked one by one, which an index can serve; more by a hash table."""

# What of a date is compared: of a column, and of text, with how that is written.
PARTS = {
    "value": "{0}",
    "month": "date_part('month', {0})",
    "month_day": "date_part('month', {0}) * 100 + date_part('day', {0})",
}
TEXT_PARTS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "value": ("{0}", str),
    "month": ("substr({0}, 6, 2)", lambda month: f"{month:02}"),
    "month_day": ("substr({0}, 6, 5)", lambda day: f"{day // 100:02}-{day % 100:02}"),
}


class Column:
    """One value; none is NULL."""

    def __init__(self, sql: str) -> None:
        self.sql = sql

    def test(self, primitive: Primitive) -> Sql:
        match primitive:
            case Within():
                return self.within(primitive)
            case OneOf(values):
                return self.one_of(sorted(values))
            case Having(values):
                return self.having(sorted(values))
            case Containing():
                return self.containing(primitive)
            case Missing():
                return self.missing()
        raise NotImplementedError(primitive)

    def within(self, test: Within) -> Sql:
        return in_ranges(PARTS[test.of].format(self.sql), test.ranges)

    def one_of(self, values: list[Any]) -> Sql:
        return equals_any(self.sql, values)

    def having(self, values: list[Any]) -> Sql:
        raise NotImplementedError("A single value has no several.")

    def containing(self, test: Containing) -> Sql:
        asked = "starts_with(lower({0}), %s)" if test.at_start else "strpos(lower({0}), %s) > 0"
        return f"({asked.format(self.sql)}) IS TRUE", [test.text]

    def missing(self) -> Sql:
        return f"{self.sql} IS NULL", []


class TextColumn(Column):
    def missing(self) -> Sql:
        return f"coalesce({self.sql}, '') = ''", []


class MomentColumn(Column):
    """A moment, taken for the date that it was in the zone of `at`."""

    def __init__(self, sql: str, at: dt.datetime) -> None:
        super().__init__(sql)
        self.at = at

    def within(self, test: Within) -> Sql:
        if test.of != "value":
            local = f"({self.sql} AT TIME ZONE {zone_sql(self.at)})"
            return in_ranges(PARTS[test.of].format(local), test.ranges)
        ((low, high),) = test.ranges
        bounds = [("<", high + DAY)] if high else []
        bounds += [(">=", low)] if low else []
        moments = [dt.datetime.combine(day, dt.time(), self.at.tzinfo) for _, day in bounds]
        return " AND ".join(f"{self.sql} {sign} %s" for sign, _ in bounds), moments


class ListColumn(Column):
    """An array; one of dates is sorted, which makes any_within a matter of two look-ups."""

    def within(self, test: Within) -> Sql:
        if test.of != "value":
            exists = f"jsonb_path_exists(to_jsonb({self.sql}), %s::jsonpath)"
            return f"({exists}) IS TRUE", [text_filter("$[*]", test)]
        ((low, high),) = test.ranges
        if low is None:
            return f"({self.sql}[1] <= %s) IS TRUE", [high]
        asked = f"width_bucket(%s::date, {self.sql}) > width_bucket(%s::date, {self.sql})"
        return f"({asked}) IS TRUE", [high, low - DAY]

    def one_of(self, values: list[Any]) -> Sql:
        return f"({self.sql} && %s::varchar[]) IS TRUE", [values]

    def having(self, values: list[Any]) -> Sql:
        return f"({self.sql} @> %s::varchar[]) IS TRUE", [values]

    def missing(self) -> Sql:
        return f"coalesce(cardinality({self.sql}), 0) = 0", []


class Json(Column):
    """A value in Customer.attributes; a list's test is true if it is of one of its items."""

    def __init__(self, customer: str, field: ConditionField) -> None:
        self.field = field
        self.attributes = f"{customer}.attributes"
        super().__init__(f"({self.attributes} ->> '{field.key}')")

    def within(self, test: Within) -> Sql:
        if self.field.type == AttributeType.NUMBER:
            path = f'$."{self.field.key}" ? ({number_filter(test)})'
        elif self.field.is_list:
            path = text_filter(f'$."{self.field.key}"[*]', test)
        else:
            part, write = TEXT_PARTS[test.of]
            ranges = [(low and write(low), high and write(high)) for low, high in test.ranges]
            return in_ranges(part.format(self.sql) + ' COLLATE "C"', ranges)
        # The operator @? could go by the index, which is of no use for ranges and far slower.
        return f"jsonb_path_exists({self.attributes}, %s::jsonpath, '{{}}', true)", [path]

    def one_of(self, values: list[Any]) -> Sql:
        if len(values) > ONE_BY_ONE and not self.field.is_list:
            return super().one_of(values)
        asked = f"{self.attributes} @> %s::jsonb"
        return f"({' OR '.join([asked] * len(values))})", [self.having(x)[1][0] for x in values]

    def having(self, values: Any) -> Sql:
        return f"{self.attributes} @> %s::jsonb", [contained(self.field, values)]

    def missing(self) -> Sql:
        value = f"{self.attributes} -> '{self.field.key}'"
        return f"coalesce({value}, 'null') IN ('null', '\"\"', '[]')", []


class Groups(Column):
    """The groups by phone numbers in which a customer is; `sql` is the table's alias."""

    def one_of(self, values: list[Any]) -> Sql:
        return f"EXISTS ({self.members()} AND member.group_id = ANY(%s))", [values]

    def missing(self) -> Sql:
        return f"NOT EXISTS ({self.members()})", []

    def members(self) -> str:
        return (
            f"SELECT FROM customers_groupmember AS member WHERE member.customer_id = {self.sql}.id"
        )


def column_of(field: ConditionField, customer: str, at: dt.datetime) -> Column:
    """Where the field's items are in the table or alias `customer`."""
    sql = f"{customer}.{field.key}"
    if field.is_custom:
        return Json(customer, field)
    if field.type == GROUPS:
        return Groups(customer)
    if field.is_moment:
        return MomentColumn(f"{customer}.created_at", at)
    if field.key == "signed_in":
        return Column(f"({customer}.user_id IS NOT NULL)")
    if field.is_list:
        return ListColumn(sql)
    if field.type in (AttributeType.TEXT, AttributeType.CHOICE):
        return TextColumn(sql)
    return Column(sql)


def zone_sql(at: dt.datetime) -> str:
    """The zone of `at` for AT TIME ZONE; one without a name is as far from UTC as it is then."""
    if isinstance(at.tzinfo, ZoneInfo) and at.tzinfo.key:
        return f"'{at.tzinfo.key}'"
    offset = at.utcoffset() or dt.timedelta()
    return f"interval '{offset.total_seconds():.0f} seconds'"
