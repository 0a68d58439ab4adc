"""The attributes of customers in imports and exports: a column a key, checked by type (L3)."""

import csv
import datetime as dt
import io
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers.attributes.fields import Field, defined
from customers.attributes.values import Value, read, set_values, to_json, values_of
from customers.models import Customer
from imports import exports
from imports.cells import neutralise
from imports.models import Job
from tests.customers.import_runs import HEADER, counts, rejects, run, undo
from tests.factories import make_attribute, make_customer

pytestmark = pytest.mark.django_db(transaction=True)

CARS = ["Audi", "Fiat", "Škoda 120", "Audi A4"]
TYPES = {
    "gender": ("choice", ["female", "male"]),
    "city": ("text", []),
    "accepts_marketing": ("yes_no", []),
    "children_birth_dates": ("dates", []),
    "cars": ("choices", CARS),
    "nickname": ("text", []),
    "shoe_size": ("number", []),
    "married_on": ("date", []),
    "has_dog": ("yes_no", []),
    "order": ("choice", ["first", "second"]),
    "visits": ("dates", []),
    "select": ("choices", CARS),
}
KEYS = ",".join(TYPES)


@pytest.fixture
def fields() -> dict[str, Field]:
    for key, (type_, choices) in TYPES.items():
        make_attribute(key, type_, choices=choices)
    return defined()


def known(customer: Customer) -> dict[str, Value]:
    return values_of(customer, defined().values())


def one() -> dict[str, Value]:
    return known(Customer.objects.get())


ALL = (
    "female,Kraków,yes,2021-08-30|2019-05-01,Fiat|Audi,Żabka,42.50,1990-02-14,NO,second,"
    "2020-02-29,Audi A4"
)
ALL_KNOWN = {
    "gender": "female",
    "city": "Kraków",
    "accepts_marketing": True,
    "children_birth_dates": (dt.date(2019, 5, 1), dt.date(2021, 8, 30)),
    "cars": ("Audi", "Fiat"),
    "nickname": "Żabka",
    "shoe_size": read(Field("n", "n", "number"), "42.5"),
    "married_on": dt.date(1990, 2, 14),
    "has_dog": False,
    "order": "second",
    "visits": (dt.date(2020, 2, 29),),
    "select": ("Audi A4",),
}


def test_every_type_is_stored_in_its_one_form(fields):
    job = run(f"C-1,{ALL}\n", header=f"External ID,{KEYS}\n")
    assert (counts(job), one()) == ({"created": 1}, ALL_KNOWN)
    assert Customer.objects.get().attributes == {
        "nickname": "Żabka",
        "shoe_size": 42.5,
        "married_on": "1990-02-14",
        "has_dog": False,
        "order": "second",
        "visits": ["2020-02-29"],
        "select": ["Audi A4"],
    }


def test_the_same_values_in_another_form_change_nothing(fields):
    header = f"External ID,{KEYS}\n"
    run(f"C-1,{ALL}\n", header=header)
    again = (
        " female ,Kraków,TAK,2019-05-01| 2021-08-30|2019-05-01,|Audi|Fiat|,Żabka,+042.5,"
        "1990-02-14,nie,second,2020-02-29,Audi A4"
    )
    assert counts(run(f"C-1,{again}\n", header=header)) == {"unchanged": 1}


def test_an_empty_cell_and_a_missing_column_leave_what_is_stored(fields):
    run(f"C-1,{ALL}\n", header=f"External ID,{KEYS}\n")
    assert counts(run(f"C-1{',' * 12}\n", header=f"External ID,{KEYS}\n")) == {"unchanged": 1}
    job = run("C-1,Gdynia,44\n", header="External ID,city,SHOE_SIZE\n")
    assert (counts(job), job.notes) == ({"updated": 1}, [])
    assert one() == ALL_KNOWN | {"city": "Gdynia", "shoe_size": 44}


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("accepts_marketing", "yes", "no"),
        ("children_birth_dates", "2019-05-01|2021-08-30", "2019-05-01"),
        ("cars", "Audi|Fiat", "Fiat"),
        ("shoe_size", "42", "42.5"),
        ("has_dog", "yes", "no"),
        ("visits", "2019-05-01|2021-08-30", "2021-08-30"),
        ("select", "Audi|Fiat", "Audi"),
    ],
)
def test_a_value_is_replaced_whole_and_given_back(fields, key, before, after):
    header = f"External ID,{key}\n"
    run(f"C-1,{before}\n", header=header)
    job = run(f"C-1,{after}\n", header=header)
    assert (counts(job), one()) == ({"updated": 1}, {key: read(fields[key], after)})
    assert (undo(job).notes, one()) == ([], {key: read(fields[key], before)})


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


def test_a_second_line_for_a_customer_is_refused_if_its_attributes_differ(fields):
    header = "External ID,cars,shoe_size\n"
    lines = "C-1,Audi|Fiat,42\nC-1,Fiat|Audi,42.0\nC-1,Audi,42\nC-1,Audi|Fiat,43\n"
    job = run(lines, header=header)
    assert counts(job) == {"created": 1, "unchanged": 1, "rejected": 2}
    assert (rejects(job), one()) == (
        [("repeated", 2, 4)],
        {"cars": ("Audi", "Fiat"), "shoe_size": 42},
    )


def test_a_column_of_no_attribute_is_named_and_not_used():
    make_attribute("city")
    job = run("C-1,Gdynia,43\n", header="External ID,City,shoe_size\n")
    assert job.notes == ["Columns that were not used: shoe_size."]
    assert one() == {"city": "Gdynia"}


def test_an_undo_gives_back_what_was_known_and_leaves_what_was_written_since(fields):
    header = "External ID,city,shoe_size\n"
    run("C-1,Gdynia,42\nC-2,Gdynia,42\nC-3,Gdynia,42\n", header=header)
    job = run("C-1,Sopot,43\nC-2,Sopot,43\nC-3,Sopot,43\nC-4,Sopot,43\n", header=header)
    Customer.objects.filter(external_id="C-2").update(city="Hel")
    Customer.objects.filter(external_id="C-3").update(attributes={"shoe_size": 44})
    assert undo(job).notes == ["2 customers stay as they are: changed or in use since the import."]
    found = Customer.objects.order_by("external_id")
    assert [(c.external_id, c.city, c.attributes) for c in found] == [
        ("C-1", "Gdynia", {"shoe_size": 42}),
        ("C-2", "Hel", {"shoe_size": 43}),
        ("C-3", "Sopot", {"shoe_size": 44}),
    ]


def test_an_undo_makes_a_bare_address_of_a_prospect_again(fields):
    make_customer("ann@example.com", is_prospect=True)
    job = run("ann@example.com,Sopot,43\n", header="Email,city,shoe_size\n")
    assert one() == {"city": "Sopot", "shoe_size": 43}
    undo(job)
    assert (Customer.objects.get().is_prospect, one()) == (True, {})


def exported(format_: str) -> bytes:
    return b"".join(exports.chunks(exports.begin(type="customers", format=format_, user=None)))


def test_an_export_has_a_column_a_key_and_imports_unchanged(fields):
    header = f"External ID,{KEYS}\n"
    run(f"C-1,{ALL}\nC-2{',' * 12}\n", header=header)
    odd = make_customer(None, external_id="C-3")
    set_values(
        odd,
        {"nickname": "'=1+1", "city": "-x", "shoe_size": read(fields["shoe_size"], "-0.000001")},
    )
    odd.save()
    names = [name.strip() for name in HEADER.split(",")] + list(fields)
    assert next(csv.reader(io.StringIO(exported("csv").decode()))) == names
    for format_ in ("csv", "xlsx"):
        assert counts(run(exported(format_))) == {"unchanged": 3}


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


def expected(fields: dict[str, Field], key: str, cell: str) -> Value | str | None:
    """The value, or the code of the refusal after an exclamation mark."""
    try:
        return read(fields[key], cell)
    except ValidationError as error:
        return f"!{key}.{error.code}"


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
    told = {f"C-{n}": expected(fields, *each) for n, each in enumerate(cells)}
    refused = {id_: value for id_, value in told.items() if str(value).startswith("!")}
    assert Counter({f"!{r['code']}": r["count"] for r in job.reasons}) == Counter(refused.values())
    found = {c.external_id: (known(c), c.attributes) for c in Customer.objects.all()}
    assert found == {
        f"C-{n}": stored(fields[key], told[f"C-{n}"])
        for n, (key, _) in enumerate(cells)
        if f"C-{n}" not in refused
    }
    Customer.objects.all().delete()


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
