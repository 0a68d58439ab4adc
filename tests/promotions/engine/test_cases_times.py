"""Days and hours as conditions."""

import datetime as dt

from promotions.engine import Times
from tests.promotions.engine.builders import DAY, NOON, percent
from tests.promotions.engine.cases import Case, check, each_case
from tests.promotions.engine.ten_percent import applies, failed, fails, ten_percent

WEDNESDAY = frozenset({2})
NIGHT = Times(WEDNESDAY, dt.time(22), dt.time(2))


def moment(day: int, *clock: int) -> dt.datetime:
    """In June 2026; the 3rd is a Wednesday."""
    return dt.datetime(2026, 6, day, *clock, tzinfo=dt.UTC)


@each_case(
    applies(
        "hours begin on the minute",
        "E22",
        ten_percent(Times(begin=dt.time(12), end=dt.time(13))),
    ),
    fails(
        "hours end before the minute",
        "E22 P7",
        ten_percent(Times(begin=dt.time(11), end=dt.time(12))),
        failed(("times", {"at": NOON})),
    ),
    applies("a day without hours is the whole day", "E22", ten_percent(Times(WEDNESDAY))),
    fails(
        "another day",
        "E22 P7",
        ten_percent(Times(frozenset({1, 3}))),
        failed(("times", {"at": NOON})),
    ),
    applies(
        "hours without an end are until midnight", "E22", ten_percent(Times(begin=NOON.time()))
    ),
    applies(
        "hours without a beginning are from midnight",
        "E22",
        ten_percent(Times(end=dt.time(2))),
        at=moment(3, 0),
    ),
    applies(
        "hours that pass midnight begin on their own day",
        "E22",
        ten_percent(NIGHT),
        at=moment(3, 22),
    ),
    fails(
        "hours that pass midnight don't begin on another day's evening",
        "E22 P7",
        ten_percent(NIGHT),
        failed(("times", {"at": moment(2, 23)})),
        at=moment(2, 23),
    ),
    applies(
        "hours that pass midnight belong to the evening before",
        "E22",
        ten_percent(NIGHT),
        at=moment(4, 1, 59),
    ),
    fails(
        "hours that pass midnight are over at their end",
        "E22 P7",
        ten_percent(NIGHT),
        failed(("times", {"at": moment(4, 2)})),
        at=moment(4, 2),
    ),
    fails(
        "the small hours of the day itself belong to the day before",
        "E22 P7",
        ten_percent(NIGHT),
        failed(("times", {"at": moment(3, 1)})),
        at=moment(3, 1),
    ),
    applies(
        "hours past midnight of a Sunday reach into Monday",
        "E22",
        (
            percent(
                "10",
                end=NOON + 9 * DAY,
                conditions=(Times(frozenset({6}), dt.time(22), dt.time(2)),),
            ),
        ),
        at=moment(8, 1),
    ),
    applies(
        "hours that end when they begin are a day from then on",
        "E22",
        ten_percent(Times(WEDNESDAY, dt.time(8), dt.time(8))),
        at=moment(4, 7, 59),
    ),
)
def test_the_hours(case: Case) -> None:
    check(case)
