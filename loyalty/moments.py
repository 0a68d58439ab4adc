"""Moments as files write them."""

import datetime as dt
import re
from typing import NamedTuple

from django.core.exceptions import ValidationError

from customers.audiences.calendar import check_moment
from customers.identity import TRIMMED

MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ]+(\d\d:\d\d(?::\d\d)?)(?:[.]0+)? ?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)


class Written(NamedTuple):
    moment: dt.datetime
    """Of a day its beginning; without a zone unless the cell names an offset."""
    is_day: bool


def read_moment(text: str) -> Written:
    """A day, or a day and a time like 2026-09-01 08:26:00, to the second, maybe with an offset.

    Raises ValueError, also for what no calendar has or what is out of `check_moment`'s years.
    """
    match = MOMENT.fullmatch(text.strip(TRIMMED))
    if match is None:
        raise ValueError("no moment")
    day, time, offset = match.groups()
    try:
        moment = dt.datetime.fromisoformat(f"{day} {time or '00:00'}{offset or ''}")
        check_moment(moment if offset else moment.replace(tzinfo=dt.UTC))
    except (ValueError, OverflowError, ValidationError) as error:
        raise ValueError("no moment that dates may have") from error
    return Written(moment, is_day=time is None)
