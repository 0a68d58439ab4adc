"""The import of e-mail addresses to private offers, from file to table and back (T32–T34)."""

from functools import partial

import pytest

from customers.models import Customer
from imports.models import State
from offers.models import PrivateOffer
from tests.factories import make_customer, make_offer
from tests.imports.runs import (
    EMAILS,
    WITHDRAWAL,
    changed,
    checked,
    counts,
    imported,
    rejects,
    undone,
)
from tests.offers.assignments import assigned, everything

pytestmark = pytest.mark.django_db(transaction=True)
run = partial(imported, EMAILS)


def test_good_rows_go_in_and_bad_rows_are_reported_by_line_T34():
    make_offer(name="Cakes")
    make_offer(name="Everybody", is_public=True)
    make_customer("ann@example.com")
    data = (
        b"Email,Offer ID\n"
        b" ANN@example.com ,cakes\n"
        b"new@example.com,Cakes\n"
        b"not an address,Cakes\n"
        b"ann@example.com,Biscuits\n"
        b"ann@example.com,Everybody\n"
        b"NEW@example.com,cakes\n"
        b"a@b@,Cakes\n"
    )
    job = run(data)
    assert counts(job) == {"created": 2, "unchanged": 1, "rejected": 4}
    assert rejects(job) == [
        ("email", 2, 4),
        ("unknown_offer", 1, 5),
        ("public_offer", 1, 6),
    ]
    assert assigned() == {("ann@example.com", "Cakes"), ("new@example.com", "Cakes")}
    assert PrivateOffer.objects.get(name="Cakes").assigned_count == 2
    assert [c.email for c in Customer.objects.listed()] == ["ann@example.com"]


def test_a_dry_run_says_the_same_and_changes_nothing_T34():
    make_offer(name="cakes")
    before = everything()
    lines = ("ann@example.com", "bob@example.com", "ann@example.com", "x")
    data = "".join(["Email;Offer ID\n", *(f"{line};cakes\n" for line in lines)]).encode()
    dry = checked(EMAILS, data)
    assert (dry.state, everything()) == (State.READY, before)
    done = run(data)
    assert counts(dry) == counts(done) == {"created": 2, "unchanged": 1, "rejected": 1}


def test_the_same_file_twice_changes_nothing_T34():
    make_offer(name="cakes")
    data = b"Email,Offer ID\nann@example.com,cakes\nbob@example.com,cakes\n"
    run(data)
    before = everything()
    assert counts(run(data)) == {"unchanged": 2}
    assert everything() == before


def test_an_import_is_taken_back_and_leaves_what_was_there_before():
    make_customer("ann@example.com")
    make_offer(name="cakes")
    run(b"Email,Offer ID\nann@example.com,cakes\nold@example.com,cakes\n")
    before = everything()
    job = run(b"Email,Offer ID\nann@example.com,cakes\nnew@example.com,cakes\n")
    assert everything() != before
    undone(job)
    assert everything() == before


def test_an_undo_keeps_an_address_that_another_import_needs():
    make_offer(name="cakes")
    make_offer(name="coffee")
    first = run(b"Email,Offer ID\nnew@example.com,cakes\n")
    run(b"Email,Offer ID\nnew@example.com,coffee\n")
    undone(first)
    assert assigned() == {("new@example.com", "coffee")}


def test_all_emails_of_an_offer_are_deleted_and_come_back_T12():
    offer, other = make_offer(name="cakes"), make_offer(name="coffee")
    run(
        b"Email,Offer ID\nann@example.com,cakes\nbob@example.com,cakes\nann@example.com,coffee\n",
    )
    before = everything()
    job = changed(WITHDRAWAL, offer=offer.pk)
    assert counts(job) == {"deleted": 2}
    assert assigned() == {("ann@example.com", other.name)}
    undone(job)
    assert everything() == before


def test_a_chosen_offer_needs_only_emails_and_refuses_lines_of_others_T11():
    offer = make_offer(name="cakes")
    make_offer(name="coffee")
    assert counts(run(b"Email\nann@example.com\n", options={"offer": offer.pk})) == {"created": 1}
    job = run(
        b"Email,Offer ID\nbob@example.com,cakes\neve@example.com,coffee\n",
        options={"offer": offer.pk},
    )
    assert rejects(job) == [("other_offer", 1, 3)]
    assert assigned() == {("ann@example.com", "cakes"), ("bob@example.com", "cakes")}


@pytest.mark.parametrize("header", [b"Email", b"Offer ID", b"Mail,Offer"])
def test_a_missing_header_refuses_the_file_T34(header):
    job = run(header + b"\nann@example.com,cakes\n"[: 16 + 6 * (b"," in header)])
    assert (job.state, counts(job)) == (State.REFUSED, {})
    assert "has no column" in job.message


def test_the_rejects_file_holds_the_lines_as_they_were_and_why_T34():
    make_offer(name="cakes")
    job = run(b'Email,Offer ID\n=cmd(),cakes\nann@example.com,cakes\n"x, y",Nothing\na,b,c,d\n')
    with job.rejects.open() as file:
        lines = file.read().decode().splitlines()
    assert lines == [
        "Email,Offer ID,Line,Reason",
        "'=cmd(),cakes,2,This is not an e-mail address.",
        '"x, y",Nothing,4,No private offer has this system name.',
        "a,b,c,d,5,The line has more cells than the header.",
    ]


def test_international_addresses_meet_their_customer_and_lookalikes_do_not_T34():
    make_offer(name="cakes")
    make_customer("ann@xn--bcher-kva.example")
    emails = ("Ann@bücher.example", "аnn@bücher.example", "ann@exаmple.com")
    job = run("".join(["Email,Offer ID\n", *(f"{email},cakes\n" for email in emails)]).encode())
    assert assigned() == {("ann@xn--bcher-kva.example", "cakes")}
    assert rejects(job) == [
        ("email_local", 1, 3),
        ("email_lookalike", 1, 4),
    ]
