"""The import and export of group members, from file to table and back (D1, D2, T34, T36)."""

import pytest
from django.core.exceptions import ValidationError

from customers.membership import add, remove
from customers.models import CustomerGroup, GroupMember
from imports import exports
from imports.models import Job, State
from tests.factories import make_audience, make_customer, make_group, make_staff
from tests.imports.runs import (
    checked,
    counts,
    imported,
    rejects,
    undone,
)

pytestmark = pytest.mark.django_db(transaction=True)
ANN, BOB, EVE = "48600100200", "48600100201", "380980000000"


@pytest.fixture(autouse=True)
def people() -> None:
    for phone in (ANN, BOB, EVE):
        make_customer(f"{phone}@example.com", phone=phone)


def run(*lines: str, options=None, dry=False) -> Job:
    make = checked if dry else imported
    return make("group-members", "\n".join(lines).encode(), options=options)


def members() -> set[tuple[str, str | None]]:
    return set(GroupMember.objects.values_list("group__title", "customer__phone"))


def everything() -> tuple[object, object]:
    return members(), set(CustomerGroup.objects.values_list("title", "members_count"))


def exported(**options: int) -> str:
    record = exports.begin(
        type="group-members", format="csv", user=make_staff(), options=options or None
    )
    return b"".join(exports.chunks(record)).decode()


def test_good_lines_go_in_and_bad_ones_are_reported_by_line_D2_T34():
    make_group(title="Cake lovers")
    make_group(title="Bikers")
    followers = make_group(
        title="Followers", type=CustomerGroup.Type.AUDIENCE, audience=make_audience()
    )
    job = run(
        "Group,Phone",
        f" cake LOVERS ,+{ANN[:2]} {ANN[2:5]}-{ANN[5:]}",
        f"Bikers,{ANN}",
        f"Cake lovers,{EVE}",
        f"Cake lovers,{ANN}",
        f"Walkers,{BOB}",
        f"Followers,{BOB}",
        "Bikers,48600100299",
        "Bikers,48600letters",
        "Bikers,1234567890123456",
        "Bikers,",
        "Bikers,999999999999999",
    )
    assert counts(job) == {"created": 3, "unchanged": 1, "rejected": 7}
    assert rejects(job) == [
        ("phone", 3, 9),
        ("unknown_group", 1, 6),
        ("audience_group", 1, 7),
        ("unknown_customer", 1, 8),
        ("phone_impossible", 1, 12),
    ]
    assert everything() == (
        {("Cake lovers", ANN), ("Cake lovers", EVE), ("Bikers", ANN)},
        {("Cake lovers", 2), ("Bikers", 1), (followers.title, 0)},
    )


def test_a_dry_run_says_the_same_and_changes_nothing_T34():
    add(group=make_group(title="Cakes"), numbers=[ANN])
    before = everything()
    lines = ("Group;Phone", f"Cakes;{ANN}", f"Cakes;{BOB}", f"cakes;+{BOB}", "Cakes;x")
    dry = run(*lines, dry=True)
    assert (dry.state, everything()) == (State.READY, before)
    assert counts(dry) == counts(run(*lines)) == {"created": 1, "unchanged": 2, "rejected": 1}


def test_an_import_is_taken_back_and_leaves_who_was_there_before():
    add(group=make_group(title="Cakes"), numbers=[ANN])
    before = everything()
    job = run("Group,Phone", f"Cakes,{ANN}", f"Cakes,{BOB}")
    assert everything() == ({("Cakes", ANN), ("Cakes", BOB)}, {("Cakes", 2)})
    undone(job)
    assert everything() == before


def test_an_undo_keeps_whom_a_later_import_added_anew():
    group = make_group(title="Cakes")
    first = run("Group,Phone", f"Cakes,{ANN}", f"Cakes,{BOB}")
    remove(group=group, customers=[GroupMember.objects.get(customer__phone=ANN).customer])
    run("Group,Phone", f"Cakes,{ANN}")
    undone(first)
    assert everything() == ({("Cakes", ANN)}, {("Cakes", 1)})


def test_a_chosen_group_needs_only_numbers_and_refuses_lines_of_others():
    cakes = make_group(title="Cakes")
    make_group(title="Bikes")
    assert counts(run("Phone", ANN, options={"group": cakes.pk})) == {"created": 1}
    job = run("Group,Phone", f",{BOB}", f"Cakes,{EVE}", f"Bikes,{EVE}", options={"group": cakes.pk})
    assert rejects(job) == [("other_group", 1, 4)]
    assert members() == {("Cakes", ANN), ("Cakes", BOB), ("Cakes", EVE)}


@pytest.mark.parametrize("number", ["0", "x", "9" * 30])
def test_a_group_that_does_not_exist_is_not_chosen(number):
    with pytest.raises(ValidationError, match="no such group"):
        run("Phone", ANN, options={"group": number})


def test_a_group_by_audience_is_not_chosen():
    group = make_group(type=CustomerGroup.Type.AUDIENCE, audience=make_audience())
    with pytest.raises(ValidationError, match="whoever is in its audience"):
        run("Phone", ANN, options={"group": group.pk})


@pytest.mark.parametrize("header", ["Group", "Phone", "Name,Number"])
def test_a_missing_column_refuses_the_file_T34(header):
    make_group(title="Cakes")
    job = run(header, f"Cakes,{ANN}"[: 40 if "," in header else 5])
    assert (job.state, counts(job), members()) == (State.REFUSED, {}, set())
    assert "has no column" in job.message


def test_what_is_exported_can_be_imported_as_it_stands_T36():
    formula, other = make_group(title="=Sale"), make_group(title="Cakes")
    add(group=formula, numbers=[ANN, BOB])
    add(group=other, numbers=[EVE])
    make_customer("no-phone@example.com")
    file = exported()
    assert file.splitlines() == ["Group,Phone", f"'=Sale,{ANN}", f"'=Sale,{BOB}", f"Cakes,{EVE}"]
    assert exported(group=other.pk).splitlines() == ["Group,Phone", f"Cakes,{EVE}"]
    before = everything()
    GroupMember.objects.all().delete()
    assert counts(run(*file.splitlines())) == {"created": 3}
    assert everything() == before


def test_a_customer_who_is_a_member_is_not_deleted_by_undoing_their_import():
    customers = imported("customers", b"Phone\n48600100250\n48600100251\n")
    make_group(title="Cakes")
    run("Group,Phone", "Cakes,48600100250")
    undone(customers)
    assert everything() == ({("Cakes", "48600100250")}, {("Cakes", 1)})
