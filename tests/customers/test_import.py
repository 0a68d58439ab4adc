"""The import of customers: who a line is about, what it changes, and how it is taken back."""

import datetime as dt

import pytest

from customers.accounts import open_account
from customers.membership import add
from customers.models import Customer
from imports import exports
from imports.models import State
from offers.assignment import assign
from tests.customers.import_runs import run
from tests.factories import make_customer, make_group, make_offer, make_user
from tests.imports.runs import counts, rejects, undone
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def everybody() -> list[tuple[object, ...]]:
    fields = ("external_id", "email", "phone", "first_name", "last_name", "birth_date")
    return sorted(Customer.objects.values_list(*fields, "is_prospect", "user_id"), key=str)


ANN = ("C-1", "ann@example.com", "48600100200", "Ann", "Nowak", dt.date(1990, 2, 14), False, None)


def test_cells_are_trimmed_and_identities_written_in_their_one_form():
    job = run(" C-1 , ANN@example.com,+48 600-100-200, Ann ,Nowak\u00a0,1990-02-14\n")
    assert (counts(job), everybody()) == ({"created": 1}, [ANN])


def test_the_same_file_twice_changes_nothing():
    lines = "C-1,ann@example.com,48600100200,Ann,Nowak,1990-02-14\n,bob@example.com,,,,\n"
    assert counts(run(lines)) == {"created": 2}
    before = everybody()
    assert counts(run(lines)) == {"unchanged": 2}
    assert everybody() == before


def test_an_empty_cell_and_a_missing_column_leave_what_is_stored():
    run("C-1,ann@example.com,48600100200,Ann,Nowak,1990-02-14\n")
    assert counts(run("C-1,,,,,\n")) == {"unchanged": 1}
    assert counts(run("ann@example.com,Anna\n", header="Email,First name\n")) == {"updated": 1}
    assert everybody() == [(*ANN[:3], "Anna", *ANN[4:])]


@pytest.mark.parametrize(
    "line",
    [
        "C-1,new@example.com,48600100201",
        "C-1,,",
        ",ann@example.com,48600100201",
        ",,48600100200",
        "C-1,ann@example.com,48600100200",
    ],
)
def test_a_line_is_about_the_customer_with_its_strongest_known_identity(line):
    run("C-1,ann@example.com,48600100200,Ann,Nowak,1990-02-14\n")
    assert counts(run(f"{line},Anna,,\n")) == {"updated": 1}
    assert Customer.objects.get().first_name == "Anna"


def test_a_customer_known_by_email_or_phone_gets_the_external_id_of_a_line():
    make_customer("ann@example.com")
    Customer.objects.create(phone="48600100201")
    job = run("C-1,ann@example.com,,,,\nC-2,bob@example.com,48600100201,,,\n")
    assert counts(job) == {"updated": 2}
    assert [c[:3] for c in everybody()] == [
        ("C-1", "ann@example.com", None),
        ("C-2", "bob@example.com", "48600100201"),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("C-1,bob@example.com,", "different_customers"),
        ("C-1,,48600100202", "different_customers"),
        (",ann@example.com,48600100202", "different_customers"),
        ("C-9,ann@example.com,48600100202", "different_customers"),
        ("C-9,ann@example.com,", "other_customer"),
        ("C-9,,48600100201", "other_customer"),
        (",new@example.com,48600100201", "other_customer"),
        (",waits@example.com,48600100201", "other_customer"),
    ],
)
def test_a_line_that_would_mix_customers_up_is_refused(line, code):
    make_customer("ann@example.com", external_id="C-1", phone="48600100201")
    make_customer("bob@example.com", external_id="C-2", phone="48600100202")
    make_customer("waits@example.com", is_prospect=True)
    before = everybody()
    job = run(f"{line},Eve,,\n")
    assert (rejects(job), everybody()) == ([(code, 1, 2)], before)


def test_a_second_line_for_a_customer_is_refused_unless_it_says_the_same():
    make_customer("bob@example.com", external_id="C-2")
    job = run(
        "C-1,ann@example.com,,Ann,,\n"
        "C-1,ANN@example.com,,Ann,,\n"
        "C-1,other@example.com,,Ann,,\n"
        "C-9,ann@example.com,,Ann,,\n"
        "C-2,,,Bob,,\n"
        ",bob@example.com,,Rob,,\n"
    )
    assert counts(job) == {"created": 1, "updated": 1, "unchanged": 1, "rejected": 3}
    assert rejects(job) == [("repeated", 3, 4)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",,,Ann,,", "no_identity"),
        ("x" * 65 + ",,,,,", "external_id_long"),
        (",ann,,,,", "email"),
        (",ann@exаmple.com,,,,", "email_lookalike"),
        (",,12-34,,,", "phone"),
        (",,99900000000000,,,", "phone_impossible"),
        ("C-1,,," + "x" * 151 + ",,", "name_long"),
        ("C-1,,,,,14.02.1990", "birth_date"),
        ("C-1,,,,,1990-02-29", "birth_date"),
        ("C-1,,,,,1990-13-01", "birth_date"),
        ("C-1,,,,,1990-00-10", "birth_date"),
        ("C-1,,,,,1990-04-31", "birth_date"),
        ("C-1,,,,,1899-12-31", "birth_date_early"),
        ("C-1,,,,,0000-01-01", "birth_date_early"),
        ("C-1,,,,,9999-12-31", "birth_date_future"),
    ],
)
def test_a_bad_cell_refuses_its_line_and_no_other(line, code):
    job = run(f"{line}\nC-7,eve@example.com,,,,2000-02-29\n")
    assert (rejects(job), counts(job)) == ([(code, 1, 2)], {"created": 1, "rejected": 1})
    assert Customer.objects.get().external_id == "C-7"


def test_a_file_without_any_identity_is_refused():
    job = run("Ann,Nowak\n", header="First name,Last name\n")
    assert job.state == State.REFUSED
    assert job.message == (
        "The file has no column “External ID” or “Email” or “Phone”: it needs at least one of them."
    )


def test_a_prospect_becomes_a_customer_and_keeps_their_offers():
    prospect = make_customer("ann@example.com", is_prospect=True)
    assign(offer=make_offer(), customers=[prospect])
    before = everybody()
    job = run("C-1,ann@example.com,48600100200,Ann,Nowak,1990-02-14\n")
    assert (counts(job), everybody()) == ({"created": 1}, [ANN])
    assert Customer.objects.get().pk == prospect.pk
    undone(job)
    assert everybody() == before


def test_a_dry_run_says_the_same_and_changes_nothing():
    make_customer("ann@example.com", is_prospect=True)
    make_customer("bob@example.com", external_id="C-2")
    lines = ",ann@example.com,,,,\nC-2,,,Bob,,\nC-3,,,,,\nC-2,,,Bob,,\nC-3,x,,,,\n"
    before = everybody()
    dry = run(lines, dry=True)
    assert everybody() == before
    assert (
        counts(dry)
        == counts(run(lines))
        == {
            "created": 2,
            "updated": 1,
            "unchanged": 1,
            "rejected": 1,
        }
    )


def test_an_import_is_taken_back_whole():
    make_customer("ann@example.com", external_id="C-1", birth_date=dt.date(1980, 1, 1))
    make_customer("bob@example.com", is_prospect=True)
    before = everybody()
    job = run(
        "C-1,new@example.com,48600100200,Ann,Nowak,1990-02-14\n,bob@example.com,,Bob,,\nC-3,,,,,\n"
    )
    assert counts(job) == {"created": 2, "updated": 1}
    assert (undone(job).notes, everybody()) == ([], before)


def test_imports_are_taken_back_one_after_the_other():
    first = run("C-1,ann@example.com,,Ann,,\n")
    second = run("C-1,ann@example.com,48600100200,Anna,,\n")
    undone(second)
    undone(first)
    assert (first.notes, everybody()) == ([], [])


def test_an_undo_leaves_whom_somebody_changed_or_uses_since_and_says_so():
    make_customer("ann@example.com", external_id="C-1")
    job = run(
        "C-1,new@example.com,,Ann,,\nC-2,,,,,\nC-3,eve@example.com,,,,\nC-4,dan@example.com,,,,\n"
        "C-5,,48600100205,,,\n"
    )
    Customer.objects.filter(external_id="C-2").update(first_name="Bob")
    Customer.objects.filter(external_id="C-3").update(user=make_user("eve@example.com"))
    assign(offer=make_offer(), customers=Customer.objects.filter(external_id="C-4"))
    make_customer("ann@example.com")
    assert undone(job).notes == [
        "3 customers stay as they are: changed or in use since the import."
    ]
    assert [(c[0], c[1], c[6]) for c in everybody()] == [
        ("C-1", "new@example.com", False),
        ("C-2", None, False),
        ("C-3", "eve@example.com", False),
        (None, "ann@example.com", False),
        (None, "dan@example.com", True),
    ]


def test_an_undo_leaves_a_member_of_a_group_who_is_no_bare_address():
    job = run("C-1,ann@example.com,48600100200,Ann,Nowak,1990-02-14\n")
    add(group=make_group(), numbers=["48600100200"])
    assert undone(job).notes == ["1 customer stays as is: changed or in use since the import."]
    assert everybody() == [ANN]


def test_an_export_imports_unchanged_and_leaves_prospects_out():
    run("C-1,ann@example.com,48600100200,Ann,Nowak,1990-02-14\n=C2,+x@example.com,,-Bob,@x,\n")
    make_customer("waits@example.com", is_prospect=True)
    for format_ in ("csv", "xlsx"):
        data = b"".join(exports.chunks(exports.begin(type="customers", format=format_, user=None)))
        assert b"waits" not in data
        assert counts(run(data)) == {"unchanged": 2}


def test_imports_and_first_sign_ins_at_once_all_succeed():
    make_customer("old@example.com", external_id="C-1")
    lines = "".join(f"C-{n},ann{n}@example.com,48600100{n:03},,,\n" for n in range(300))
    other = "".join(f"D-{n},bob{n}@example.com,48600100{n:03},,,\n" for n in range(300))
    first, second, *users = at_once(
        lambda: run(lines),
        lambda: run(other),
        *(lambda n=n: open_account(email=f"ann{n}@example.com") for n in (0, 150, 299)),
    )
    assert {first.state, second.state} == {State.DONE}
    # Whoever came second meets numbers that are others' by now.
    codes = {reason["code"] for job in (first, second) for reason in job.reasons}
    assert codes <= {"other_customer", "different_customers"}
    assert (first.rejected + second.rejected) >= 299
    assert all(user.customer.email == user.email for user in users)
    phones = Customer.objects.filter(phone__isnull=False).values_list("phone", flat=True)
    assert len(phones) == 300
