"""Pasted lists of phone numbers (D6)."""

import pytest
from django.core.exceptions import ValidationError

from customers.identity import normalize_phone
from customers.phone_lists import MOST_NUMBERS, parse


def complaints(text: str) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        parse(text)
    return refusal.value.messages


@pytest.mark.parametrize(
    "text",
    [
        "380980000000\n48600100200",
        "+380 98 000-00-00\r\n+48 (600) 100-200\r\n",
        "\ufeff 380980000000\t\n\n\n48600100200\n   ",
        "380980000000; 48600100200;",
        "380980000000,48600100200",
        "+380-98-000-00-00 ,\n; +48\u00a0600\u00a0100\u00a0200",
    ],
)
def test_numbers_come_one_a_line_however_people_write_them_D6(text):
    assert parse(text) == ["380980000000", "48600100200"]


def test_order_and_repeats_are_kept_for_the_report_D6():
    assert parse("48600100200\n380980000000\n+48 600 100 200") == [
        "48600100200",
        "380980000000",
        "48600100200",
    ]


@pytest.mark.parametrize("text", ["", "\n \n", ";,\n"])
def test_an_empty_list_has_no_numbers(text):
    assert parse(text) == []


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("4860o100200", "not a phone number: 8 to 15 digits with the country code"),
        ("1234567", "not a phone number: 8 to 15 digits with the country code"),
        ("1234567890123456", "not a phone number: 8 to 15 digits with the country code"),
        ("4.86E+10", "not a phone number: 8 to 15 digits with the country code"),
        ("٤٨٦٠٠١٠٠٢٠٠", "not a phone number: 8 to 15 digits with the country code"),
        ("48600100200 48600100201", "not a phone number: 8 to 15 digits with the country code"),
        ("999999999999999", "no country has such a phone number"),
    ],
)
def test_a_malformed_line_is_named_with_its_number_and_text_D2(wrong, why):
    assert complaints(f"48600100200\n\n{wrong}\n") == [f"Line 3, “{wrong}”: {why}."]


def test_fifteen_digits_are_a_number_where_a_country_has_such():
    assert parse("491512345678901") == ["491512345678901"]


def test_many_wrong_lines_are_summed_up_and_long_ones_cut_D2():
    found = complaints("\n".join(["x" * 500] * 25))
    assert len(found) == 21
    assert found[0].startswith(f"Line 1, “{'x' * 40}…”: ")
    assert found[-1] == "5 more are wrong."


def test_too_many_numbers_are_sent_to_the_import():
    found = complaints("48600100200\n" * (MOST_NUMBERS + 1))
    assert found == [
        "More than 100,000 numbers: put them in a file and import it as"
        " “Members of customer groups”."
    ]


def test_the_quick_way_finds_what_the_rule_finds():
    numbers = [f"{prefix}{'5' * rest}" for prefix in range(100, 1000) for rest in range(4, 13)]

    def outcome(read, number):
        try:
            return read(number)
        except ValidationError as error:
            return error.messages[0].removeprefix(f"Line 1, “{number}”: ").removesuffix(".")

    assert [outcome(lambda n: parse(n)[0], n) for n in numbers] == [
        outcome(normalize_phone, n) for n in numbers
    ]
