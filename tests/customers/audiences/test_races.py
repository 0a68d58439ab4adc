"""Who comes into a fixed audience while the import that made them is undone, or they are erased.

Nobody who only has an address is in one, whoever comes first; each race has its control.
"""

from collections.abc import Callable

import pytest

from customers.audiences import freezing
from customers.audiences import imports as audience_imports
from customers.audiences.freezing import freeze
from customers.models import Audience, AudienceMember, Customer
from imports import jobs, worker
from imports.models import Job, State
from tests.factories import NOON, make_audience, make_customer
from tests.imports.runs import confirmed, imported, started
from tests.races import held, stopped_at

pytestmark = pytest.mark.django_db(transaction=True)

ANN = "ann@example.com"
# An undo is about to look at the customers that the import made; an erasure comes this far, too.
CUSTOMERS_HELD = held("customers_customer")
# Who adds has chosen whom, and stops here.
MEMBERS_HELD = held("customers_audiencemember")
# An erasure is about to hold the lists that the person is in.
AUDIENCES_HELD = "SELECT FROM customers_audience FOR UPDATE"


def ann_of_an_import() -> Job:
    return imported("customers", f"Email,First name\n{ANN},Ann".encode())


def ann_who_was_a_prospect() -> Job:
    Customer.objects.create(email=ANN, is_prospect=True)
    return ann_of_an_import()


def undo_of(job: Job) -> Callable[[], object]:
    assert jobs.undo(job, in_background=False)
    return lambda: worker.undo(job.pk)


def by_import() -> Callable[[], object]:
    make_audience(name="List")
    job = confirmed("audience-members", f"Audience,Customer\nList,{ANN}".encode())
    return lambda: worker.apply(job.pk)


def by_freezing() -> Callable[[], object]:
    everybody = make_audience({"all": []})
    return lambda: freeze(everybody, "List", NOON)


both = pytest.mark.parametrize("add", [by_import, by_freezing])
in_both_ways = pytest.mark.parametrize("make", [ann_of_an_import, ann_who_was_a_prospect])


def members() -> tuple[int, list[tuple[str, bool]]]:
    """How many the list says it has, and who they are."""
    found = AudienceMember.objects.values_list("customer__email", "customer__is_prospect")
    return Audience.objects.get(name="List").members_count, list(found)


@both
@in_both_ways
def test_who_is_no_customer_any_more_is_in_no_audience(make, add):
    made = make()
    stopped_at(CUSTOMERS_HELD, undo_of(made), add())
    assert members() == (0, [])
    assert not Customer.objects.filter(is_prospect=False).exists()


@both
@in_both_ways
def test_who_comes_into_an_audience_stays_when_the_import_is_undone(make, add):
    made = make()
    stopped_at(MEMBERS_HELD, add(), undo_of(made))
    assert members() == (1, [(ANN, False)])


@pytest.mark.parametrize(
    ("add", "module"), [(by_import, audience_imports), (by_freezing, freezing)]
)
def test_without_a_hold_on_prospects_one_would_be_a_member(monkeypatch, add, module):
    """The control: whoever adds has seen the customer, and adds the prospect."""
    monkeypatch.setattr(module, "hold_prospects", lambda run: None)
    Customer.objects.create(email=ANN, is_prospect=True)
    made = ann_of_an_import()
    stopped_at(CUSTOMERS_HELD, undo_of(made), add())
    assert members() == (1, [(ANN, True)])


def erasure_of(customer: Customer) -> Job:
    return started("customer-erasure", options={"customer": customer.pk})


def test_who_is_erased_while_a_list_is_frozen_is_not_in_it():
    ann = make_customer(ANN)
    erasure, add = erasure_of(ann), by_freezing()
    stopped_at(CUSTOMERS_HELD, lambda: worker.apply(erasure.pk), add)
    assert members() == (0, [])


def test_an_erasure_and_the_undo_of_a_list_do_not_wait_in_a_circle():
    """Of an import whose file does not name them as they are called now."""
    ann = make_customer(ANN)
    make_audience(name="List")
    job = imported("audience-members", f"Audience,Customer\nList,{ANN}".encode())
    Customer.objects.update(email="ann.new@example.com")
    erasure = erasure_of(ann)
    stopped_at(AUDIENCES_HELD, lambda: worker.apply(erasure.pk), undo_of(job))
    states = set(Job.objects.values_list("type", "state"))
    assert states == {("customer-erasure", State.DONE), ("audience-members", State.UNDONE)}
    assert members() == (0, [])
