"""What customers were answered lately, given again while all that it was made of is the same.

Who opens the account, says yes and looks again asks several times within minutes, and making a
list takes longer than asking the database. So the database is asked each time, and the list is
made anew only if it says another word, or if time alone changed something.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

Made = TypeVar("Made")
MOST_KEPT = 2_000
"""Answers. Each is a reference for every offer in it, and the customer's own."""
QUARTER = 15 * 60
"""Seconds. In no zone does a day, on which ages and limits depend, begin but on a quarter hour."""


class _Kept(NamedTuple, Generic[Made]):
    told: object
    zone: dt.tzinfo | None
    since: float
    until: float
    made: Sequence[Made]


class Lately(Generic[Made]):
    """Of one book; threads share it."""

    def __init__(self) -> None:
        self._kept: dict[object, _Kept[Made]] = {}

    def find(self, key: object, told: object, at: dt.datetime) -> Sequence[Made] | None:
        """What was kept of the same, if `told` and what holds `at` are as they were."""
        kept = self._kept.get(key)
        if kept is None or kept.told != told or kept.zone != at.tzinfo:
            return None
        return kept.made if kept.since <= at.timestamp() < kept.until else None

    def keep(
        self,
        key: object,
        told: object,
        at: dt.datetime,
        made: Sequence[Made],
        moments: Iterable[dt.datetime],
    ) -> None:
        """`moments` are those at which, told the same, something else would have been made."""
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        now = at.timestamp()
        quarter = now - now % QUARTER + QUARTER
        ahead = (then for each in moments if (then := each.timestamp()) > now)
        self._kept[key] = _Kept(told, at.tzinfo, now, min((quarter, *ahead)), made)
