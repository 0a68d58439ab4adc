"""Statements planned ahead: they outlive a database that was restarted between two requests."""

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from customers.planned import fetch_one

PID = "SELECT pg_backend_pid()"


def pid() -> int:
    row = fetch_one(PID, [])
    assert row
    return row[0]


def end_connections() -> None:
    """As a restarted server does, seen from here."""
    place = connection.get_connection_params()
    names = {"dbname": place["dbname"], "host": place["host"], "user": place["user"]}
    with psycopg.connect(**names) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def kept(transactional_db):
    """The process of a connection that an earlier request has left."""
    before = pid()
    connection.close_if_unusable_or_obsolete()
    yield before
    connection.close()


def test_a_kept_connection_serves_on(kept):
    assert [pid(), pid()] == [kept, kept]


def test_one_that_was_lost_since_the_last_request_is_made_anew(kept):
    end_connections()
    after = pid()
    assert after != kept
    assert pid() == after


def test_one_that_is_lost_in_the_middle_of_a_request_is_an_error(kept):
    assert pid() == kept
    end_connections()
    with pytest.raises(OperationalError):
        pid()


def test_one_that_is_lost_in_a_transaction_is_an_error_too(kept):
    @transaction.atomic
    def interrupted():
        pid()
        end_connections()
        pid()

    with pytest.raises(OperationalError):
        interrupted()
    connection.close()
    assert pid() != kept


def test_what_fails_on_a_healthy_connection_is_not_sent_again(kept):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY SEQUENCE tried")
        cursor.execute("SET statement_timeout = '50ms'")
    connection.close_if_unusable_or_obsolete()
    with pytest.raises(OperationalError, match="statement timeout"):
        fetch_one("SELECT nextval('tried'), pg_sleep(5)", [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value, pg_backend_pid() FROM tried")
        assert cursor.fetchone() == (1, kept)
