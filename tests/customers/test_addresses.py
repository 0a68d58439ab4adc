"""What the database accepts on its own, the rule of customers.identity accepts just so."""

import random
import string

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers import addresses, phones
from customers.identity import TRIMMED, normalize_email, normalize_phone

pytestmark = pytest.mark.django_db

SOUP = "aZz09.-_+'@@@.\\%{}/!#$^`| \t\n\u00a0\ufeffİıKſßΣσςéаñ。"
PIECES = [*SOUP, "example.com", "ann", "xn--bcher-kva", "bücher", ".co", "a" * 63, "b" * 64, "@"]
# Few examples of many texts: one query judges all of an example.
many = settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))


def soups(seed: int) -> list[str]:
    """Texts that look like addresses more or less; the seed is what hypothesis varies."""
    chance = random.Random(seed)
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 9))) for _ in range(3000)]


def domains(seed: int) -> list[str]:
    chance = random.Random(seed)
    return ["a@" + "".join(chance.choices("ab0.-", k=chance.randint(3, 9))) for _ in range(3000)]


seeds = st.integers(0, 2**32)
texts = (
    st.builds(soups, seeds)
    | st.builds(domains, seeds)
    | st.lists(st.emails() | st.text(max_size=12), min_size=20, max_size=60)
).map(lambda found: list(filter(storable, found)))


def storable(text: str) -> bool:
    """Whether a cell can hold it: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def accepted_emails(found: list[str]) -> dict[str, str]:
    """The texts that the SQL takes for addresses, and the addresses it makes of them."""
    lowered = addresses.trimmed_lower("written")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT written, email FROM (SELECT written, {lowered} AS email"
            " FROM unnest(%(texts)s::text[]) AS written) AS cells"
            f" WHERE {addresses.IS_PLAIN}",
            {"texts": found, "trimmed": TRIMMED, **addresses.PLAIN_VALUES},
        )
        return dict(cursor.fetchall())


def accepted_phones(found: list[str]) -> dict[str, str]:
    digits = phones.DIGITS.format(column="phone")
    known = [list(column) for column in zip(*phones.possible_lengths(), strict=True)]
    is_possible = phones.IS_POSSIBLE.format(digits=digits)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH lengths AS (SELECT * FROM unnest(%(prefixes)s::text[], %(lengths)s::int[])"
            " AS known (prefix, length))"
            f" SELECT written, {digits} FROM (SELECT written, btrim(written, %(trimmed)s) AS phone"
            " FROM unnest(%(texts)s::text[]) AS written) AS cells"
            f" JOIN lengths AS possible ON {is_possible}",
            {"texts": found, "trimmed": TRIMMED, "prefixes": known[0], "lengths": known[1]},
        )
        return dict(cursor.fetchall())


def by_rule(rule, text: str) -> str:
    try:
        return rule(text)
    except ValidationError as error:
        return f"refused: {error.code}"


@given(texts)
@many
def test_no_address_is_accepted_or_written_otherwise_than_by_the_rule(found):
    for text, email in accepted_emails(found).items():
        assert by_rule(normalize_email, text) == email


@given(texts)
@many
def test_lower_case_by_the_database_leads_the_rule_to_the_same_address(found):
    """What is not plain goes through the rule as the database trimmed and lowered it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT written, {addresses.trimmed_lower('written')}"
            " FROM unnest(%(texts)s::text[]) AS written",
            {"texts": found, "trimmed": TRIMMED},
        )
        for text, lowered in cursor.fetchall():
            assert by_rule(normalize_email, lowered) == by_rule(normalize_email, text)


def test_ordinary_addresses_need_no_rule():
    ordinary = ["ann@example.com", " Ann.O'Neil+x@Mail.Example.CO ", "a_b-c@x1.pl"]
    assert list(accepted_emails(ordinary)) == ordinary


def test_every_length_that_the_database_takes_is_possible_by_the_rule():
    chance = random.Random(1)
    numbers = [
        prefix + "".join(chance.choices(string.digits, k=length - 3))
        for prefix, length in sorted(phones.possible_lengths())
        for _ in range(2)
    ]
    assert set(accepted_phones(numbers)) == set(numbers)
    assert [number for number in numbers if by_rule(normalize_phone, number) != number] == []


@given(
    st.lists(
        st.text(st.sampled_from("0123456789" * 3 + " +-()\t\u00a0٤"), max_size=18),
        min_size=50,
        max_size=100,
    )
)
@many
def test_no_number_is_accepted_or_written_otherwise_than_by_the_rule(found):
    for text, phone in accepted_phones(found).items():
        assert by_rule(normalize_phone, text) == phone


def test_ordinary_numbers_need_no_rule():
    ordinary = ["48600100200", "+48 600-100-200", "+380 (98) 000 00 00", "1 212 555 0100"]
    assert sorted(accepted_phones(ordinary)) == sorted(ordinary)
