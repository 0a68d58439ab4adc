"""Who is credited while they are erased, or while the import that made them is undone (P8, D18)."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from customers.models import Customer, CustomerGroup
from imports import jobs, worker
from imports.models import Job
from loyalty.ledger import balance_of
from loyalty.models import Batch, Entry
from loyalty.reversal import undo
from tests.factories import NOON, make_audience, make_group
from tests.imports.runs import imported
from tests.loyalty.ledgers import adjusted, customers_with, entries, figures, group_of, saved
from tests.loyalty.stops import BATCHES_HELD, ENTRIES_HELD, erasing
from tests.races import held, stopped_at

pytestmark = pytest.mark.django_db(transaction=True)

# An undo is about to look at the customers that the import made.
CUSTOMERS_HELD = held("customers_customer")
ANN = "ann@example.com"


def everybody() -> CustomerGroup:
    """A group that keeps nobody: it has no list."""
    return make_group(type=CustomerGroup.Type.AUDIENCE, audience=make_audience({"all": []}))


def of_group(group: CustomerGroup, amount: int, mode: str = "relative") -> Callable[[], object]:
    job = saved(group, amount, mode)
    return lambda: worker.apply(job.pk)


def refused_or_total(customer: Customer) -> str:
    try:
        return str(adjusted(customer, 5, comment="Sorry, Ann").total)
    except ValidationError as refused:
        return str(refused.code)


def while_erased(customer: Customer, deed: Callable[[], object]) -> object:
    """What comes of a deed that begins when the erasure of its customer is under way."""
    return stopped_at(BATCHES_HELD, erasing(customer), deed)[1]


def test_nothing_is_written_about_somebody_once_they_are_erased_D18():
    (ann,) = customers_with(10)
    assert while_erased(ann, lambda: refused_or_total(ann)) == "unknown_customer"
    assert entries(ann) == [("issued", 10)]
    assert not Batch.objects.exists()


def test_an_undo_does_not_repeat_what_was_erased_P8():
    (ann,) = customers_with(10)
    batch = adjusted(ann, 5, comment="Sorry, Ann")
    while_erased(ann, lambda: undo(batch=batch, user=None, at=NOON))
    assert entries(ann) == [("issued", 10), ("issued", 5), ("adjusted", -5)]
    assert list(Batch.objects.values_list("comment", flat=True)) == ["", ""]


@pytest.mark.parametrize("is_listed", [True, False])
def test_a_group_s_cashback_leaves_out_who_is_erased_meanwhile_P8(is_listed):
    ann, ben = customers_with(0, 0)
    group = group_of(ann, ben) if is_listed else everybody()
    while_erased(ann, of_group(group, 5))
    assert (entries(ann), entries(ben)) == ([], [("issued", 5)])
    assert figures(Batch.objects.get()) == (1, 1, 5, 0)


def ann_of_an_import() -> tuple[Customer, Job]:
    job = imported("customers", f"Email,First name\n{ANN},Ann".encode())
    return Customer.objects.get(), job


def ann_who_was_a_prospect() -> tuple[Customer, Job]:
    Customer.objects.create(email=ANN, is_prospect=True)
    return ann_of_an_import()


def undo_of(job: Job) -> Callable[[], object]:
    assert jobs.undo(job, in_background=False)
    return lambda: worker.undo(job.pk)


@pytest.mark.parametrize("make", [ann_of_an_import, ann_who_was_a_prospect])
@pytest.mark.parametrize("mode", ["relative", "absolute"])
def test_who_is_in_a_group_s_cashback_stays_when_the_import_is_undone_P8(make, mode):
    ann, job = make()
    stopped_at(ENTRIES_HELD, of_group(everybody(), 5, mode), undo_of(job))
    assert Customer.objects.filter(is_prospect=False).get() == ann
    assert balance_of(ann.pk, at=NOON) == 5


@pytest.mark.parametrize("make", [ann_of_an_import, ann_who_was_a_prospect])
@pytest.mark.parametrize("mode", ["relative", "absolute"])
def test_who_is_no_customer_any_more_is_not_in_a_group_s_cashback_P8(make, mode):
    _, job = make()
    stopped_at(CUSTOMERS_HELD, undo_of(job), of_group(everybody(), 5, mode))
    assert not Customer.objects.filter(is_prospect=False).exists()
    assert figures(Batch.objects.get()) == (0, 0, 0, 0)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("make", [ann_of_an_import, ann_who_was_a_prospect])
def test_who_is_credited_alone_stays_when_the_import_is_undone_D18(make):
    ann, job = make()
    got = stopped_at(ENTRIES_HELD, lambda: refused_or_total(ann), undo_of(job))[0]
    assert got == "5.00"
    assert Customer.objects.filter(is_prospect=False).get() == ann
    assert entries(ann) == [("issued", 5)]


@pytest.mark.parametrize("make", [ann_of_an_import, ann_who_was_a_prospect])
def test_who_is_no_customer_any_more_is_not_credited_alone_D18(make):
    ann, job = make()
    got = stopped_at(CUSTOMERS_HELD, undo_of(job), lambda: refused_or_total(ann))[1]
    assert got == "unknown_customer"
    assert not Customer.objects.filter(is_prospect=False).exists()
    assert not Entry.objects.exists()
    assert not Batch.objects.exists()
