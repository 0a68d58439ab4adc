"""A value of an attribute is the same whichever way it comes in and wherever it is kept."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from customers.attributes.fields import Field
from customers.attributes.rules import EARLIEST, LATEST
from customers.attributes.values import (
    clean,
    from_json,
    read,
    set_values,
    to_json,
    values_of,
    write,
)
from customers.models import AttributeType, Customer
from tests.factories import make_customer

CARS = ("Audi", "Fiat", "Škoda", "Ė")


def field(type: str, key: str = "it", choices: tuple[str, ...] = (), **more) -> Field:
    return Field(key=key, label="It", type=AttributeType(type), choices=choices, **more)


FIELDS = {
    "text": field("text"),
    "number": field("number"),
    "date": field("date"),
    "yes_no": field("yes_no"),
    "choice": field("choice", choices=CARS),
    "dates": field("dates"),
    "choices": field("choices", choices=CARS),
}
dates = st.dates(EARLIEST, LATEST)
# Up to 15 digits, a point anywhere within the last six.
decimals = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(0, 6),
)
GIVEN = {
    "text": st.text("aŻß1 |=+-'\"\\\u00a0\u200d\ufeff🚗", max_size=100),
    "number": decimals | st.integers(-(10**15) + 1, 10**15 - 1) | decimals.map(float),
    "date": dates | dates.map(str),
    "yes_no": st.booleans(),
    "choice": st.sampled_from(CARS),
    "dates": st.lists(dates | dates.map(str), max_size=20),
    "choices": st.lists(st.sampled_from(CARS), max_size=20),
}
values = st.sampled_from(sorted(GIVEN)).flatmap(lambda type: st.tuples(st.just(type), GIVEN[type]))


@given(values)
@example(("number", Decimal("999999999.999999")))
@example(("number", 1e-6))
@example(("number", -0.0))
@example(("number", 10**14))
def test_a_value_comes_back_from_a_cell_and_from_json_as_it_was(value):
    type_, given_ = value
    of_type = FIELDS[type_]
    cleaned = clean(of_type, given_)
    assert read(of_type, write(of_type, cleaned)) == cleaned
    assert from_json(of_type, json.loads(json.dumps(to_json(cleaned)))) == cleaned
    assert clean(of_type, to_json(cleaned)) == cleaned
    assert clean(of_type, cleaned) == cleaned


@given(values)
def test_no_value_is_empty(value):
    cleaned = clean(FIELDS[value[0]], value[1])
    assert cleaned is None or cleaned not in ("", ())


@pytest.mark.parametrize(
    ("type_", "cell", "value"),
    [
        ("text", "  Sovetsky\u00a0", "Sovetsky"),
        ("text", "", None),
        ("number", " 12.50 ", Decimal("12.5")),
        ("number", "+7", Decimal(7)),
        ("number", "000000000000000000001", Decimal(1)),
        ("number", "-0.0", Decimal(0)),
        ("date", "2024-02-29", dt.date(2024, 2, 29)),
        ("yes_no", "Yes", True),
        ("yes_no", "NO", False),
        ("yes_no", "tak", True),
        ("yes_no", "0", False),
        ("choice", "Audi", "Audi"),
        (
            "dates",
            "2021-08-30| 2019-05-01 |2021-08-30|",
            (dt.date(2019, 5, 1), dt.date(2021, 8, 30)),
        ),
        ("dates", "|", None),
        ("choices", "Fiat|Audi|Fiat", ("Audi", "Fiat")),
    ],
)
def test_a_cell_is_understood_L3(type_, cell, value):
    assert read(FIELDS[type_], cell) == value


@pytest.mark.parametrize(
    ("type_", "cell", "code"),
    [
        ("text", "x" * 101, "text_long"),
        ("text", "a\0b", "text_control"),
        ("text", "two\nlines", "text_control"),
        ("number", "1e400", "number"),
        ("number", "NaN", "number"),
        ("number", "Infinity", "number"),
        ("number", "12,5", "number"),
        ("number", "1_000", "number"),
        ("number", "١٢", "number"),
        ("number", "1234567890123456", "number_digits"),
        ("number", "1.0000001", "number_digits"),
        ("number", "123456789012.123456", "number_digits"),
        ("number", "9" * 5000, "number_digits"),
        ("date", "2023-02-29", "date"),
        ("date", "14.02.1990", "date"),
        ("date", "20240229", "date"),
        ("date", "1899-12-31", "date_range"),
        ("date", "2200-01-01", "date_range"),
        ("yes_no", "maybe", "yes_no"),
        ("choice", "audi", "unknown_choice"),
        ("dates", "2020-01-01|2020-13-01", "date"),
        (
            "dates",
            "|".join(f"2020-01-{day:02}|2021-01-{day:02}" for day in range(1, 27)),
            "list_long",
        ),
        ("choices", "Audi|Lada", "unknown_choice"),
    ],
)
def test_a_cell_that_is_none_is_refused_with_what_to_do(type_, cell, code):
    with pytest.raises(ValidationError) as refused:
        read(FIELDS[type_], cell)
    assert (refused.value.code, cell in refused.value.messages[0]) == (code, False)


@pytest.mark.parametrize(
    ("type_", "given_", "code"),
    [
        ("text", 5, "text"),
        ("text", "\ud800", "text_control"),
        ("number", True, "number"),
        ("number", float("nan"), "number"),
        ("number", float("inf"), "number"),
        ("number", Decimal("sNaN"), "number"),
        ("number", Decimal("1e400"), "number_digits"),
        pytest.param("number", 10**5000, "number_digits", id="beyond what Python writes out"),
        ("number", 0.1 + 0.2, "number_digits"),
        ("number", [], "number"),
        ("date", 19900214, "date"),
        ("date", dt.datetime(1990, 2, 14, tzinfo=dt.UTC), "date"),
        ("yes_no", "yes", "yes_no"),
        ("yes_no", 1, "yes_no"),
        ("choice", ["Audi"], "text"),
        ("dates", "2020-01-01", "list"),
        ("dates", {"2020-01-01": 1}, "list"),
        ("choices", [["Audi"]], "text"),
    ],
)
def test_json_of_another_type_is_refused(type_, given_, code):
    with pytest.raises(ValidationError) as refused:
        clean(FIELDS[type_], given_)
    assert refused.value.code == code


@pytest.mark.django_db
def test_values_are_stored_in_their_column_or_under_their_key_and_removed_again():
    cars = field("choices", "cars", CARS, column="cars")
    born = field("dates", "children_birth_dates", column="children_birth_dates")
    size, shoes = field("number", "size"), field("dates", "shoes_bought")
    fields = [cars, born, size, shoes]
    day = dt.date(2020, 2, 29)
    values = {
        "cars": ("Audi", "Fiat"),
        "children_birth_dates": (day,),
        "size": Decimal("38.5"),
        "shoes_bought": (day,),
    }
    customer = make_customer()
    set_values(customer, values)
    customer.save()
    stored = Customer.objects.get()
    assert (stored.cars, stored.attributes) == (
        ["Audi", "Fiat"],
        {"size": 38.5, "shoes_bought": ["2020-02-29"]},
    )
    assert values_of(stored, fields) == values
    set_values(stored, dict.fromkeys(values))
    stored.save()
    stored.refresh_from_db()
    assert (stored.cars, stored.children_birth_dates, stored.attributes) == (None, None, {})
    assert values_of(stored, fields) == {}
