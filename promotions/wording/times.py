"""Days and hours, such as "Mon–Fri 9:00–12:00"."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import time_format
from django.utils.translation import gettext as _

MIDNIGHT = dt.time(0)


def times_in_words(days: Iterable[int], begin: dt.time | None, end: dt.time | None) -> str:
    """Monday is 0; without days every day, without hours the whole day."""
    return " ".join(filter(None, [days_in_words(days), hours_in_words(begin, end)])) or _(
        "every day"
    )


def days_in_words(days: Iterable[int]) -> str:
    chosen = sorted(set(days))
    if len(chosen) in (0, 7):
        return ""
    runs = [
        [day for _place, day in run]
        for _key, run in groupby(enumerate(chosen), key=lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(_run(run) for run in runs)


def _run(days: list[int]) -> str:
    names = [str(WEEKDAYS_ABBR[day]) for day in days]
    return f"{names[0]}–{names[-1]}" if len(names) > 2 else ", ".join(names)


def hours_in_words(begin: dt.time | None, end: dt.time | None) -> str:
    if begin is None and end is None:
        return ""
    return f"{clock(begin or MIDNIGHT)}–{clock(end) if end else '24:00'}"


def clock(time: dt.time) -> str:
    return time_format(time, "G:i")
