"""The database judges the cells of an import as the rule of values does (L3)."""

import csv
import datetime as dt
import io
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers.attributes.fields import Field
from customers.attributes.values import Value, read, to_json
from customers.models import Customer
from imports.cells import neutralise
from imports.models import Job
from tests.customers.attributes.every_type import CARS, TYPES, known
from tests.customers.import_runs import run
from tests.imports.runs import counts, rejects

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("key", "cell", "code", "words"),
    [
        ("city", "x" * 101, "text_long", "Write at most 100 characters."),
        ("nickname", '"a\nb"', "text_control", "Write it in one line, without control characters."),
        ("shoe_size", "1e400", "number", "Write a number like 12.5."),
        ("shoe_size", "NaN", "number", "Write a number like 12.5."),
        ("shoe_size", "forty", "number", "Write a number like 12.5."),
        ("shoe_size", '"42,5"', "number", "Write a number like 12.5."),
        (
            "shoe_size",
            "1234567890123456",
            "number_digits",
            "Write at most 15 digits, at most 6 behind the point.",
        ),
        ("married_on", "14.02.1990", "date", "Write a date that exists, like 1990-02-14."),
        ("married_on", "1990-02-1O", "date", "Write a date that exists, like 1990-02-14."),
        ("married_on", "1990-02-29", "date", "Write a date that exists, like 1990-02-14."),
        ("married_on", "1899-12-31", "date_range", "Write a date from 1900 to 2199."),
        ("has_dog", "perhaps", "yes_no", "Write yes or no; in JSON true or false."),
        ("gender", "Female", "unknown_choice", "Choose one of: female, male."),
        (
            "children_birth_dates",
            "2019-05-01;2021-08-30",
            "date",
            "Write a date that exists, like 1990-02-14.",
        ),
        (
            "cars",
            "Audi|Volvo",
            "unknown_choice",
            "Choose one of: Audi, Fiat, Škoda 120, Audi A4.",
        ),
        (
            "visits",
            "|".join(f"20{n:02}-01-31" for n in range(51)),
            "list_long",
            "Write at most 50 entries.",
        ),
    ],
)
def test_a_bad_cell_refuses_its_line_and_no_other(fields, key, cell, code, words):
    good = "Škoda 120" if key in ("cars", "select") else ""
    job = run(f"C-1,{cell}\nC-2,{good}\n", header=f"External ID,{key}\n")
    assert (rejects(job), counts(job)) == ([(f"{key}.{code}", 1, 2)], {"created": 1, "rejected": 1})
    reason = f"{key}: {words}"
    assert job.reasons[0]["reason"] == reason
    with job.rejects.open("rb") as file:
        assert list(csv.reader(io.StringIO(file.read().decode())))[1][-2:] == ["2", reason]
    assert Customer.objects.get().external_id == "C-2"


def test_the_first_bad_cell_of_a_line_is_named_once(fields):
    header = "External ID,shoe_size,city,married_on\n"
    job = run(f"C-1,x,{'x' * 101},y\n,z,,\nC-3,,,y\n", header=header)
    assert rejects(job) == [
        ("city.text_long", 1, 2),
        ("no_identity", 1, 3),
        ("married_on.date", 1, 4),
    ]


CELLS = {
    "text": st.text(
        st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=105
    ),
    "number": st.one_of(
        st.from_regex(r"[ +-]?[0-9]{0,17}(\.[0-9]{0,8})?", fullmatch=True),
        st.decimals().map(str),
    ),
    "date": st.one_of(
        st.dates(dt.date(1880, 1, 1), dt.date(2230, 1, 1)).map(str),
        st.from_regex(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-3][0-9] ?", fullmatch=True),
    ),
    "yes_no": st.sampled_from(["yes", "no", "YES", " no", "1", "0", "tak", "Nie", "y", "True"]),
    "choice": st.sampled_from(["female", "male ", "first", "second", "Second", "third", "'first"]),
    "choices": st.lists(
        st.sampled_from([*CARS, "", " Audi", "audi", "Fiat\u00a0"]), max_size=5
    ).map("|".join),
}
CELLS["dates"] = st.lists(st.one_of(CELLS["date"], st.just("")), max_size=55).map("|".join)
EMPTY = st.sampled_from(["", " ", "\u200b", "|", "'", "x", "null", "{}", "%s"])


def refusal(field: Field, cell: str) -> str | None:
    try:
        read(field, cell)
    except ValidationError as error:
        return f"{field.key}.{error.code}"
    return None


@given(data=st.data())
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_database_reads_cells_as_the_rule_does(fields, data):
    cells = [
        (key, cell)
        for key, (type_, _) in TYPES.items()
        for cell in data.draw(st.lists(st.one_of(CELLS[type_], EMPTY), max_size=25))
    ]
    job = import_cells(cells)
    refusals = [refusal(fields[key], cell) for key, cell in cells]
    found = {c.external_id: (known(c), c.attributes) for c in Customer.objects.all()}
    Customer.objects.all().delete()  # before what may fail, for the next example's sake
    told = Counter({reason["code"]: reason["count"] for reason in job.reasons})
    assert told == Counter(code for code in refusals if code)
    assert found == {
        f"C-{n}": stored(fields[key], read(fields[key], cell))
        for n, (key, cell) in enumerate(cells)
        if not refusals[n]
    }


def stored(field: Field, value: Value | None) -> tuple[dict[str, Value], dict[str, object]]:
    values = {} if value is None else {field.key: value}
    return values, {} if field.column else {key: to_json(each) for key, each in values.items()}


def import_cells(cells: list[tuple[str, str]]) -> Job:
    """Each cell in a line of its own."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["External ID", *TYPES])
    for number, (key, cell) in enumerate(cells):
        writer.writerow([f"C-{number}", *(neutralise(cell) if k == key else "" for k in TYPES)])
    return run(out.getvalue().encode())
