"""Moments as files of receipts and of customers' items write them."""

import datetime as dt

import pytest

from loyalty.moments import read_moment
from loyalty.personal import cells

EARLY = dt.datetime(2026, 9, 1, 8, 26)  # noqa: DTZ001 by the clock of a place that the cell does not name


@pytest.mark.parametrize(
    ("text", "moment", "is_day"),
    [
        ("2026-09-01", EARLY.replace(hour=0, minute=0), True),
        (" 2026-09-01 08:26 ", EARLY, False),
        ("2026-09-01T08:26:07.000", EARLY.replace(second=7), False),
        ("2026-09-01 08:26 Z", EARLY.replace(tzinfo=dt.UTC), False),
        (
            "2026-09-01T08:26+0200",
            EARLY.replace(tzinfo=dt.timezone(2 * dt.timedelta(hours=1))),
            False,
        ),
    ],
)
def test_a_day_or_a_time_with_or_without_an_offset(text, moment, is_day):
    assert read_moment(text) == (moment, is_day)
    assert read_moment(text).moment.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-02-30", "1.9.2026", "2026-09-01 25:00", "2026-09-01 08:26:00.5"),
        *("2026-09-01Z", "0001-01-01T00:00+10:00", "2200-01-01", "٢٠٢٦-٠٩-٠١"),
    ],
)
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(ValueError, match="no moment"):
        read_moment(text)


def test_items_of_customers_name_no_offset():
    with pytest.raises(cells.ValidationError):
        cells.clean_start("2026-09-01 08:26Z")
