"""Zones and days are the same to Python, which prices, and to the database, which counts."""

import datetime as dt
import zoneinfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from promotions.models.points_of_sale import time_zones, validate_time_zone
from promotions.periods import SINCE


@pytest.mark.django_db
@pytest.mark.parametrize("month", [1, 7])
def test_every_zone_that_can_be_chosen_is_the_same_to_python_and_the_database(month):
    at = dt.datetime(2026, month, 1, 12, tzinfo=dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT zone, %s AT TIME ZONE zone FROM unnest(%s::text[]) AS zone",
            [at, sorted(time_zones())],
        )
        there = dict(cursor.fetchall())
    assert there == {
        zone: at.astimezone(zoneinfo.ZoneInfo(zone)).replace(tzinfo=None) for zone in time_zones()
    }


@pytest.mark.parametrize("zone", ["CET", "EET", "localtime", "Poland", ""])
def test_a_zone_that_the_database_takes_for_another_is_refused(zone):
    with pytest.raises(ValidationError):
        validate_time_zone(zone)


@pytest.mark.django_db
@settings(max_examples=50, deadline=None)
@drawn(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_python_and_the_database_have_the_same_calendar(day):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT date_trunc('month', %(day)s::date)::date,"
            " date_trunc('week', %(day)s::date)::date",
            {"day": day},
        )
        assert cursor.fetchone() == (SINCE["month"](day), SINCE["week"](day))
