"""The import of who is in fixed audiences, from file to table and back (T34, T36)."""

import pytest
from django.core.exceptions import ValidationError

from customers.models import Audience, AudienceMember, Customer
from imports import exports, registry
from imports.models import Job
from tests.factories import make_audience, make_customer, make_staff
from tests.imports.runs import (
    checked,
    counts,
    imported,
    rejects,
    undone,
)

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = "Audience,Customer"


@pytest.fixture
def drivers():
    return make_audience(name="Test drivers")


@pytest.fixture
def ann():
    return make_customer("ann@example.com", phone="48600100200", external_id="C-1")


def run(*lines, header=HEADER, options=None, dry=False) -> Job:
    data = "\n".join([header, *lines]).encode()
    make = checked if dry else imported
    return make("audience-members", data, options=options)


def members():
    return set(AudienceMember.objects.values_list("audience__name", "customer__email"))


def numbers():
    return dict(Audience.objects.values_list("name", "members_count"))


def test_a_customer_is_named_in_any_way_and_a_repeated_line_changes_nothing(drivers, ann):
    mentions = [
        f"id:{ann.pk}",
        "email:ann@example.com",
        " ANN@Example.com ",
        "phone:+48 600-100-200",
        "+48 600 100 200",
        "48600100200",
        "external:C-1",
        "External: C-1",
    ]
    job = run(*(f"test DRIVERS,{each}" for each in mentions))
    assert counts(job) == {"created": 1, "unchanged": 7}
    assert (members(), numbers()) == ({("Test drivers", "ann@example.com")}, {"Test drivers": 1})
    assert counts(run(*(f"Test drivers,{each}" for each in mentions))) == {"unchanged": 8}


def test_bad_lines_are_reported_and_good_ones_taken(drivers, ann):
    make_audience({"all": []}, name="Everybody")
    make_customer("prospect@example.com", is_prospect=True)
    job = run(
        "Test drivers,ann@example.com",
        "Nobody,ann@example.com",
        "Everybody,ann@example.com",
        ",ann@example.com",
        "Test drivers,",
        "Test drivers,whoever",
        "Test drivers,id:x",
        "Test drivers,id:99999999999",
        f"Test drivers,id:{ann.pk + 1000}",
        "Test drivers,bob@example.com",
        "Test drivers,prospect@example.com",
        "Test drivers,email:no address",
        "Test drivers,phone:12",
        "Test drivers,999999999999999",
        "Test drivers,external:c-1",
    )
    assert rejects(job) == [
        ("unknown_customer", 4, 10),
        ("address", 3, 7),
        ("unknown_audience", 2, 3),
        ("by_conditions", 1, 4),
        ("no_customer", 1, 6),
        ("email", 1, 13),
        ("phone", 1, 14),
        ("phone_impossible", 1, 15),
    ]
    assert counts(job) == {"created": 1, "rejected": 14}
    assert members() == {("Test drivers", "ann@example.com")}


def test_a_dry_run_says_what_would_come_and_changes_nothing(drivers, ann):
    job = run("Test drivers,ann@example.com", "Test drivers,C-1", dry=True)
    assert (counts(job), members(), numbers()) == (
        {"created": 1, "rejected": 1},
        set(),
        {"Test drivers": 0},
    )


def test_undo_takes_out_whom_this_import_added_and_nobody_else(drivers, ann):
    make_customer("bob@example.com")
    run("Test drivers,bob@example.com")
    job = run("Test drivers,ann@example.com", "Test drivers,bob@example.com")
    assert numbers() == {"Test drivers": 2}
    undone(job)
    assert (members(), numbers()) == ({("Test drivers", "bob@example.com")}, {"Test drivers": 1})


def test_an_import_to_one_audience_needs_no_column_and_refuses_others(drivers, ann):
    make_audience(name="Other")
    options = {"audience": drivers.pk}
    assert counts(run("ann@example.com", header="Customer", options=options)) == {"created": 1}
    job = run("Other,ann@example.com", ",ann@example.com", options=options)
    assert (rejects(job), counts(job)) == (
        [("other_audience", 1, 2)],
        {"unchanged": 1, "rejected": 1},
    )


def test_there_is_no_import_to_conditions_nor_to_what_is_gone(drivers):
    kind = registry.get("audience-members")
    everybody = make_audience({"all": []})
    for number in (everybody.pk, drivers.pk + 1000, "x", "9" * 30):
        with pytest.raises(ValidationError):
            kind.clean_options({"audience": number})


def test_the_count_follows_a_customer_who_is_erased(drivers, ann):
    run("Test drivers,ann@example.com")
    Customer.objects.filter(pk=ann.pk).delete()
    assert numbers() == {"Test drivers": 0}


def test_the_export_can_be_imported_again(drivers, ann):
    phone = make_customer(phone="48600100201")
    Customer.objects.filter(pk=phone.pk).update(email=None)
    external, bare = make_customer(external_id="C-2"), make_customer()
    Customer.objects.filter(pk__in=(external.pk, bare.pk)).update(email=None)
    for customer in (ann, phone, external, bare):
        AudienceMember.objects.create(customer=customer, audience=drivers)
    make_audience(name="Other").members.create(customer=ann)
    record = exports.begin(
        type="audience-members", format="csv", user=None, options={"audience": drivers.pk}
    )
    header, *lines = b"".join(exports.chunks(record)).decode().splitlines()
    assert (header, lines) == (
        HEADER,
        [
            "Test drivers,email:ann@example.com",
            "Test drivers,phone:48600100201",
            "Test drivers,external:C-2",
            f"Test drivers,id:{bare.pk}",
        ],
    )
    assert counts(run(*lines)) == {"unchanged": 4}
    AudienceMember.objects.all().delete()
    assert counts(run(*lines)) == {"created": 4}


def test_t36_import_and_export_have_permissions_of_their_own():
    kind = registry.get("audience-members")
    importer = make_staff("customers.import_audience")
    exporter = make_staff("customers.export_audience")
    assert (registry.importable_by(importer), registry.exportable_by(importer)) == ([kind], [])
    assert (registry.importable_by(exporter), registry.exportable_by(exporter)) == ([], [kind])
