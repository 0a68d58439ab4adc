"""Which moments can be asked about, and years counted back."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from customers.audiences.calendar import check_moment, years_before
from customers.audiences.operators.dates import MOST_DAYS, MOST_YEARS, of_age, within_next_days


@pytest.mark.parametrize("at", ["1900-01-01T00:00:00Z", "2199-12-31T23:59:59.999999Z"])
def test_the_first_and_the_last_moment_can_be_asked_about_and_leave_room_for_conditions(at):
    moment = dt.datetime.fromisoformat(at)
    check_moment(moment)
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        today = moment.astimezone(ZoneInfo(zone)).date()
        ((_, latest),) = of_age(MOST_YEARS + 1, today).ranges
        ((_, far),) = within_next_days(MOST_DAYS, today).ranges
        assert latest < today < far


@pytest.mark.parametrize(
    "at",
    [
        "1899-12-31T23:59:59.999999Z",
        "1900-01-01T00:00:00+00:01",
        "2199-12-31T23:59:00-00:01",
        "2200-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_other_moments_are_refused_whatever_their_zone(at):
    with pytest.raises(ValidationError) as refused:
        check_moment(dt.datetime.fromisoformat(at))
    assert refused.value.messages == ["Give a moment from 1900 to 2199 (UTC)."]


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_ends_of_all_time_are_refused_in_zones_with_rules_too(day):
    for zone in ("Europe/Warsaw", "Pacific/Kiritimati", "America/New_York"):
        with pytest.raises(ValidationError):
            check_moment(dt.datetime.combine(day, dt.time.min, ZoneInfo(zone)))


def test_only_29_february_becomes_another_day_and_only_where_it_is_missing():
    assert years_before(dt.date(2024, 2, 29), 4) == dt.date(2020, 2, 29)
    assert years_before(dt.date(2024, 2, 29), 1) == dt.date(2023, 2, 28)
    assert years_before(dt.date(2023, 2, 28), 3) == dt.date(2020, 2, 28)


@pytest.mark.parametrize("day", [dt.date(10, 5, 31), dt.date(10, 2, 28)])
def test_a_year_that_is_none_is_an_error_and_not_another_day(day):
    with pytest.raises(ValueError, match="year"):
        years_before(day, 18)
