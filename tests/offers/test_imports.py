"""What the import of e-mails and its counterpart mean where other changes come between."""

from functools import partial

import pytest

from tests.factories import make_customer, make_offer
from tests.imports.runs import EMAILS, WITHDRAWAL, changed, counts, imported, rejects, undone
from tests.offers.assignments import assigned, stored_and_counted

pytestmark = pytest.mark.django_db(transaction=True)
run = partial(imported, EMAILS)


def test_an_undo_leaves_what_a_later_import_assigned_again_T12_T34():
    offer = make_offer(name="cakes")
    first = run(b"Email,Offer ID\nann@example.com,cakes\nbob@example.com,cakes\n")
    changed(WITHDRAWAL, offer=offer.pk)
    second = run(b"Email,Offer ID\nann@example.com,cakes\n")
    undone(first)
    assert assigned() == {("ann@example.com", "cakes")}
    assert stored_and_counted() == {"cakes": (1, 1)}
    undone(second)
    assert stored_and_counted() == {"cakes": (0, 0)}


def test_an_undo_takes_what_an_undone_withdrawal_gave_back_T12():
    offer = make_offer(name="cakes")
    first = run(b"Email,Offer ID\nann@example.com,cakes\n")
    undone(changed(WITHDRAWAL, offer=offer.pk))
    assert stored_and_counted() == {"cakes": (1, 1)}
    undone(first)
    assert stored_and_counted() == {"cakes": (0, 0)}


@pytest.mark.parametrize("cell", ["", "  ", "\u00a0", "CAKES", " cakes "])
def test_a_line_that_names_no_offer_or_the_chosen_one_is_taken_T11(cell):
    offer = make_offer(name="cakes")
    job = run(f"Email,Offer ID\nann@example.com,{cell}\n".encode(), options={"offer": offer.pk})
    assert counts(job) == {"created": 1}


def test_without_a_chosen_offer_a_line_must_name_one_T33():
    make_offer(name="cakes")
    job = run(b"Email,Offer ID\nann@example.com,\n")
    assert rejects(job) == [("unknown_offer", 1, 2)]


@pytest.mark.parametrize(
    "name", ["İstanbul", "Łódź", "Straße", "ΣΊΣΥΦΟΣ", "100% {off} %s", "a'b\\c", "{rows}", "\\N"]
)
def test_an_offer_is_found_by_its_name_whatever_its_letters_T33(name):
    offer = make_offer(name=name)
    make_customer("ann@example.com")
    assert counts(run(f"Email,Offer ID\nann@example.com,{name}\n".encode())) == {"created": 1}
    chosen = run(f"Email,Offer ID\nbob@example.com,{name}\n".encode(), options={"offer": offer.pk})
    assert counts(chosen) == {"created": 1}
