"""Tests of what is in Customer.attributes, as PostgreSQL's jsonpath and as JSON to be contained."""

import datetime as dt
import json
from typing import Any

from customers.audiences.comparisons import ends
from customers.audiences.fields import ConditionField
from customers.audiences.primitives import Within
from customers.models import AttributeType

LEAP_YEAR = [dt.date(2000, 1, 1) + dt.timedelta(days) for days in range(366)]


def number_filter(test: Within) -> str:
    # A range binds its two ends stronger than ranges are joined.
    return " || ".join(ends("@ {} {:f}", range_, " && ") for range_ in test.ranges)


def text_filter(items: str, test: Within) -> str:
    """A jsonpath to those of some dates, as text, for which the test is true."""
    if test.of == "value":
        ranges = [ends('@ {} "{}"', range_, " && ") for range_ in test.ranges]
        return f"{items} ? ({' || '.join(ranges)})"
    # Paths have no way to cut a text; so all days of a leap year of which it is true are listed.
    days = [day for day in LEAP_YEAR if test.holds([day])]
    listed = "|".join(f"{day:%m-%d}" for day in days)
    return f'{items} ? (@ like_regex "^[0-9]{{4}}-({listed})$")'


def contained(field: ConditionField, values: Any) -> str:
    """JSON that the attributes contain whose field is, or has, the values."""
    if field.type == AttributeType.NUMBER:
        return f'{{"{field.key}": {values:f}}}'
    if field.is_list and not isinstance(values, list):
        values = [values]
    return json.dumps({field.key: values}, ensure_ascii=False)
