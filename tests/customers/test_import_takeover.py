"""Lines that give a customer an address which only waited for its owner (a prospect)."""

import pytest

from customers.models import Customer
from imports.models import State
from offers.assignment import assign
from offers.models import Assignment, PrivateOffer
from tests.customers.import_runs import run
from tests.factories import make_customer, make_offer
from tests.imports.runs import EMAILS, counts, imported, rejects, undone
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def offers_of(**identity: str) -> list[str]:
    customer = Customer.objects.get(**identity)
    pairs = Assignment.objects.filter(customer=customer).order_by("offer__name")
    return list(pairs.values_list("offer__name", flat=True))


def counted() -> dict[str, int]:
    return dict(PrivateOffer.objects.order_by("name").values_list("name", "assigned_count"))


@pytest.mark.parametrize("known", [{"external_id": "C-1"}, {"phone": "48600100201"}])
def test_a_customer_takes_over_the_address_and_what_waits_for_it(known):
    customer = Customer.objects.create(**known)
    ann = make_customer("ann@example.com", is_prospect=True)
    both, waiting = make_offer(name="both"), make_offer(name="waiting")
    assign(offer=both, customers=[customer, ann])
    assign(offer=waiting, customers=[ann])
    lines = "C-1,ann@example.com,48600100201,Ann,,\n"
    assert counts(run(lines, dry=True)) == {"updated": 1}
    assert counts(run(lines)) == {"updated": 1}
    taken = Customer.objects.get()
    assert (taken.pk, taken.email, taken.is_prospect) == (customer.pk, "ann@example.com", False)
    assert offers_of(pk=customer.pk) == ["both", "waiting"]
    assert counted() == {"both": 1, "waiting": 1}


def test_an_address_goes_to_the_first_line_that_takes_it():
    make_customer("ann@example.com", is_prospect=True)
    Customer.objects.create(external_id="C-1")
    Customer.objects.create(external_id="C-2")
    job = run("C-1,ann@example.com,,,,\nC-2,ann@example.com,,,,\n")
    assert (counts(job), rejects(job)) == ({"updated": 1, "rejected": 1}, [("repeated", 1, 3)])
    assert Customer.objects.get(email="ann@example.com").external_id == "C-1"


def test_a_phone_takes_no_address_from_a_customer_who_has_another():
    make_customer("ann@example.com", is_prospect=True)
    make_customer("bob@example.com", phone="48600100201")
    job = run(",ann@example.com,48600100201,,,\n")
    assert rejects(job) == [("other_customer", 1, 2)]
    assert Customer.objects.get(email="ann@example.com").is_prospect


def test_an_undo_leaves_what_was_taken_over_and_says_so():
    Customer.objects.create(external_id="C-1")
    Customer.objects.create(external_id="C-2", first_name="Bob")
    assign(
        offer=make_offer(name="tea"), customers=[make_customer("ann@example.com", is_prospect=True)]
    )
    job = undone(run("C-1,ann@example.com,,,,\nC-2,,,Rob,,\nC-3,,,,,\n"))
    assert job.notes == ["1 customer stays as is, with what waited for the e-mail address."]
    found = Customer.objects.order_by("external_id")
    assert list(found.values_list("external_id", "email", "first_name")) == [
        ("C-1", "ann@example.com", ""),
        ("C-2", None, "Bob"),
    ]
    assert (offers_of(external_id="C-1"), counted()) == (["tea"], {"tea": 1})


def test_an_import_of_emails_at_the_same_time_loses_no_offer():
    make_offer(name="cakes")
    Customer.objects.bulk_create(Customer(external_id=f"C-{n}") for n in range(200))
    addresses = [f"ann{n}@example.com" for n in range(200)]
    run_emails = "Email,Offer ID\n" + "".join(f"{address},cakes\n" for address in addresses)
    lines = "".join(f"C-{n},{address},,,,\n" for n, address in enumerate(addresses))
    emails, customers = at_once(lambda: imported(EMAILS, run_emails.encode()), lambda: run(lines))
    assert (emails.state, customers.state) == (State.DONE, State.DONE)
    assert (counts(customers), Customer.objects.count()) == ({"updated": 200}, 200)
    assert (Assignment.objects.count(), counted()) == (200, {"cakes": 200})
    assert set(Assignment.objects.values_list("customer__external_id", flat=True)) == {
        f"C-{n}" for n in range(200)
    }
