"""The attributes of customers in imports and exports: a column a key, and an undo (L3)."""

import csv
import io

import pytest

from customers.attributes.values import read, set_values
from customers.models import Customer
from imports import exports
from tests.customers.attributes.every_type import ALL, ALL_KNOWN, KEYS, one
from tests.customers.import_runs import HEADER, run
from tests.factories import make_attribute, make_customer
from tests.imports.runs import counts, rejects, undone

pytestmark = pytest.mark.django_db(transaction=True)


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
    assert (undone(job).notes, one()) == ([], {key: read(fields[key], before)})


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
    assert undone(job).notes == [
        "2 customers stay as they are: changed or in use since the import."
    ]
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
    undone(job)
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
