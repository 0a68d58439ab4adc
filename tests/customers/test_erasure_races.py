"""An erasure beside imports, sign-ins and changes of groups, at the same moment."""

import pytest
from django.core.files.base import ContentFile

from customers.accounts import open_account
from customers.erasure import change
from customers.membership import add
from customers.models import Customer, CustomerGroup, User
from imports import jobs, worker
from imports.models import Job, State
from offers.models import Assignment, PrivateOffer
from tests.factories import make_customer, make_group, make_offer, make_user
from tests.races import at_once, held, stopped_at

pytestmark = pytest.mark.django_db(transaction=True)

EMAIL, PHONE = "ann@quxley.example", "48500111222"
CUSTOMERS_HELD = held("customers_customer")
ASSIGNMENTS_HELD = held("offers_assignment")


def confirmed(type: str, lines: str) -> Job:
    file = ContentFile(lines.encode(), name="list.csv")
    job = jobs.start(type=type, user=None, file=file, in_background=False)
    worker.check(job.pk)
    assert jobs.confirm(job, in_background=False)
    return job


def erasure(customer: Customer) -> Job:
    return jobs.start(
        type="customer-erasure",
        user=None,
        options={"customer": customer.pk},
        in_background=False,
    )


def state(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def test_an_erasure_waits_for_an_import_that_names_the_person_and_takes_back_what_it_did():
    make_offer(name="cakes")
    customer, other = make_customer(EMAIL), make_customer("bob@example.com")
    job = confirmed("private-offer-emails", f"Email,Offer ID\n{EMAIL},cakes\n{other.email},cakes\n")
    erased = erasure(customer)
    stopped_at(ASSIGNMENTS_HELD, lambda: worker.apply(job.pk), lambda: worker.apply(erased.pk))
    assert (state(job), state(erased)) == (State.DONE, State.DONE)
    assert (job.created, bool(job.file)) == (2, False)
    assert list(Customer.objects.all()) == [other]
    assert list(Assignment.objects.values_list("customer_id", flat=True)) == [other.pk]
    assert PrivateOffer.objects.get().assigned_count == 1
    assert [record.ids for record in job.undo_records.filter(part="assigned")] == [[other.pk]]


def erasure_before_an_import() -> Job:
    """The import was confirmed, and its worker comes while the erasure is under way."""
    customer = make_customer(EMAIL)
    job = confirmed("customers", f"Email,First name\n{EMAIL},Ann\n")
    erased = erasure(customer)
    stopped_at(CUSTOMERS_HELD, lambda: worker.apply(erased.pk), lambda: worker.apply(job.pk))
    assert state(erased) == State.DONE
    job.refresh_from_db()
    return job


def test_an_import_that_comes_too_late_does_not_bring_the_person_back():
    job = erasure_before_an_import()
    assert (job.state, bool(job.file)) == (State.CANCELLED, False)
    assert not Customer.objects.exists()


def test_without_a_hold_on_such_imports_it_would(monkeypatch):
    """The control: the same, with no look at the files."""
    monkeypatch.setattr(change, "jobs_that_name", lambda person, tell, step: [])
    assert erasure_before_an_import().state == State.DONE
    assert Customer.objects.get().email == EMAIL


@pytest.mark.parametrize("round", range(3))
def test_a_sign_in_at_once_leaves_the_old_account_or_a_new_one_never_half_of_one(round):
    customer = make_customer(EMAIL, first_name="Ann", user=make_user(EMAIL))
    job = erasure(customer)
    at_once(lambda: worker.apply(job.pk), lambda: open_account(email=EMAIL))
    assert state(job) == State.DONE
    assert not Customer.objects.filter(first_name="Ann").exists()
    assert list(User.objects.values_list("pk")) == list(Customer.objects.values_list("user_id"))


@pytest.mark.parametrize("has_account", [True, False])
def test_who_signs_in_while_they_are_erased_is_somebody_new(has_account):
    user = make_user(EMAIL) if has_account else None
    customer = make_customer(EMAIL, first_name="Ann", user=user)
    job = erasure(customer)
    _, new = stopped_at(
        ASSIGNMENTS_HELD, lambda: worker.apply(job.pk), lambda: open_account(email=EMAIL)
    )
    assert state(job) == State.DONE
    assert list(User.objects.all()) == [new]
    assert list(Customer.objects.values_list("user_id", "first_name")) == [(new.pk, "")]
    assert not Customer.objects.filter(pk=customer.pk).exists()


@pytest.mark.parametrize("round", range(3))
def test_an_addition_to_groups_at_once_leaves_the_counts_right(round):
    customer, groups = make_customer(EMAIL, phone=PHONE), [make_group() for _ in range(3)]
    add(group=groups[1], numbers=[PHONE])
    job = erasure(customer)
    at_once(
        lambda: worker.apply(job.pk),
        *[lambda group=group: add(group=group, numbers=[PHONE]) for group in groups],
    )
    assert state(job) == State.DONE
    assert not Customer.objects.exists()
    assert set(CustomerGroup.objects.values_list("members_count", flat=True)) == {0}


def test_two_erasures_of_one_person_at_once_are_one():
    customer = make_customer(EMAIL)
    pair = [erasure(customer), erasure(customer)]
    at_once(*[lambda job=job: worker.apply(job.pk) for job in pair])
    assert sorted(state(job) for job in pair) == [State.DONE, State.REFUSED]
    assert not Customer.objects.exists()
