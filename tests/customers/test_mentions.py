"""Customers as files mention them: how their phones are looked up."""

import pytest

from customers.mentions import PHONES
from customers.phones import make_lengths
from imports.models import Job, State
from imports.runs import Run

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentioned() -> Run:
    job = Job.objects.create(type="audience-members", state=State.CHECKING)
    run = Run(job, dry=True, tell=lambda step, share: None)
    make_lengths(run)
    run.make(
        "mentioned",
        "SELECT 'phone' AS kind, '+48 ' || 500000000 + number AS text"
        " FROM generate_series(1, 2000) AS number UNION ALL VALUES ('phone', '12'), ('id', '48')",
    )
    return run


def test_plain_phones_are_known_by_their_length_and_others_left_to_the_rule(mentioned):
    mentioned.make("phones", PHONES)
    shown = "SELECT count(normal), count(*), count(code) FROM {phones}"
    assert mentioned.one(shown) == (2000, 2001, 0)
    assert mentioned.one("SELECT normal FROM {phones} WHERE written = '+48 500000007'") == (
        "48500000007",
    )


def test_the_table_of_lengths_is_joined_not_looked_up_line_by_line(mentioned):
    mentioned.execute(f"EXPLAIN {PHONES}")
    plan = "\n".join(line for (line,) in mentioned.cursor.fetchall())
    assert "Join" in plan
    assert "SubPlan" not in plan
