"""The minutes of a week as the bits of a number: which of them days and hours leave."""

import datetime as dt

DAY = 24 * 60
WEEK = 7 * DAY
EVER = (1 << WEEK) - 1


def minutes_of(days: frozenset[int], begin: dt.time | None, end: dt.time | None) -> int:
    """As the engine reads them: hours that pass midnight belong to the day they begin on."""
    first = _minute(begin) if begin else 0
    last = _minute(end) if end else DAY
    length = last - first if last > first else last + DAY - first
    found = 0
    for day in days or frozenset(range(7)):
        found |= _run(day * DAY + first, length)
    return found


def minutes_of_window(start: dt.datetime, end: dt.datetime) -> int:
    """Of `start <= at < end`, on the clocks that these show."""
    length = -(-int((end - start).total_seconds()) // 60)
    return EVER if length >= WEEK else _run(start.weekday() * DAY + _minute(start.time()), length)


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _run(first: int, length: int) -> int:
    """So many minutes from one on, going on with Monday after Sunday."""
    run = ((1 << length) - 1) << first
    return (run | run >> WEEK) & EVER
