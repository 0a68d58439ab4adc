"""A whole group credited or debited in one batch (D11–D17)."""

import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from procrastinate.contrib.django.models import ProcrastinateJob

from customers.references import unreferenced
from imports import jobs, registry, worker
from imports.models import Job, State
from loyalty.batches import begin
from loyalty.ledger import balance_of, balances, credit
from loyalty.models import Batch, Entry
from loyalty.preview import Preview, preview
from tests.factories import DAY, NOON, make_customer, make_group
from tests.loyalty.ledgers import (
    assert_adds_up,
    customers_with,
    entries,
    figures,
    group_of,
    posted,
    rows,
    saved,
)

pytestmark = pytest.mark.django_db

BALANCES = (0, "0.40", 10, 25)
LONG_AGO = NOON.replace(year=2020)


def after(customers) -> list[Decimal]:
    held = balances([customer.pk for customer in customers], at=NOON)
    return [held[customer.pk] for customer in customers]


def amounts(*values) -> list[Decimal]:
    return [Decimal(value) for value in values]


WAYS = pytest.mark.parametrize(
    ("mode", "amount", "left", "shown"),
    [
        ("relative", "5", (5, "5.40", 15, 30), (4, 4, 20, 0, 0, 0)),
        ("relative", "-10", (0, 0, 0, 15), (4, 3, "-20.40", 2, 2, "19.60")),
        ("absolute", "10", (10, 10, 10, 10), (4, 3, "4.60", 0, 0, 0)),
        ("absolute", "0", (0, 0, 0, 0), (4, 3, "-35.40", 3, 0, 0)),
    ],
)


@WAYS
def test_each_way_D11_D12_D13_D14_D17(mode, amount, left, shown):
    people = customers_with(*BALANCES)
    (outsider,) = customers_with(10)
    batch = posted(group_of(*people), amount, mode)
    members, changed, total, _to_zero, _cut, shortfall = shown
    assert after(people) == amounts(*left)
    assert figures(batch) == (members, changed, Decimal(total), Decimal(shortfall))
    of_batch = Entry.objects.filter(batch_id=batch.pk).order_by("customer_id")
    assert list(of_batch.values_list("customer_id", flat=True)) == [c.pk for c in people]
    assert balance_of(outsider.pk, at=NOON) == 10
    assert (batch.job.state, batch.job.updated, batch.job.unchanged) == (
        State.DONE,
        changed,
        members - changed,
    )
    assert_adds_up()


@WAYS
def test_the_preview_says_what_the_batch_will_do_D17(
    mode, amount, left, shown, django_assert_num_queries
):
    group = group_of(*customers_with(*BALANCES))
    customers_with(100)
    members, changed, total, to_zero, cut, _shortfall = shown
    before = Decimal("35.40")
    with django_assert_num_queries(1):
        seen = preview(group=group, mode=mode, amount=Decimal(amount), at=NOON)
    assert seen == Preview(
        members, changed, Decimal(total), before, sum(amounts(*left)), to_zero, cut
    )
    assert not Entry.objects.exclude(batch_id=None).exists()


def test_an_empty_group_is_a_batch_of_nobody_D17():
    assert figures(posted(make_group(), 5)) == (0, 0, 0, 0)
    assert preview(group=make_group(), mode="absolute", amount=Decimal(5), at=NOON) == Preview(
        0, 0, 0, 0, 0, 0, 0
    )


def test_what_a_batch_credits_may_expire_D11():
    ann, bob = customers_with(1, 7)
    group = group_of(ann, bob)
    expires_at = NOON + 36_500 * DAY
    posted(group, 5, "absolute", expires_at=expires_at)
    assert [balance_of(c.pk, at=expires_at) for c in (ann, bob)] == [1, 5]


def test_the_same_form_sent_twice_is_one_job_D17():
    group, token = group_of(*customers_with(1)), uuid.uuid4()
    request = {"group": group, "mode": "relative", "amount": Decimal(5), "comment": "Sorry"}
    first, second = (begin(**request, user=None, token=token, at=NOON) for _ in range(2))
    assert first == second
    assert (Job.objects.count(), Batch.objects.count()) == (1, 1)
    assert ProcrastinateJob.objects.filter(args={"job_id": first.pk}).count() == 1
    with pytest.raises(ValidationError) as refused:
        begin(**{**request, "amount": Decimal(6)}, user=None, token=token, at=NOON)
    assert refused.value.code == "token_used"


@pytest.mark.django_db(transaction=True)
def test_the_worker_posts_and_undoes_D17():
    people = customers_with(*BALANCES)
    job = saved(group_of(*people), 5, "absolute")
    worker.apply(job.pk)
    job.refresh_from_db()
    assert (job.state, job.updated, job.can_be_undone) == (State.DONE, 4, True)
    assert after(people) == [5] * 4
    jobs.undo(job, in_background=False)
    worker.undo(job.pk)
    job.refresh_from_db()
    assert (job.state, job.can_be_undone) == (State.UNDONE, False)
    assert after(people) == amounts(*BALANCES)
    assert rows("SELECT relname FROM pg_class WHERE relname ~ '^(import|loyalty_undo)_[0-9]'") == []


@pytest.mark.django_db(transaction=True)
def test_a_batch_applied_again_is_not_posted_again_D17():
    (ann,) = customers_with(1)
    batch = Batch.objects.get(job=saved(group_of(ann), 5))
    worker.apply(batch.job.pk)
    with pytest.raises(ValidationError):
        jobs.start(type="group-cashback", user=None, options={"batch": batch.pk})
    job = Job.objects.create(
        type="group-cashback", options={"batch": batch.pk}, state=State.APPLYING
    )
    worker.apply(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (State.REFUSED, "This batch was posted before.")
    assert figures(batch) == (1, 1, 5, 0)
    assert entries(ann) == [("issued", 1), ("issued", 5)]


@pytest.mark.django_db(transaction=True)
def test_a_credit_whose_time_is_over_before_its_turn_comes_is_refused_D11():
    """The worker was down: nobody is told of cashback that is gone at once."""
    (ann,) = customers_with(1)
    job = begin(
        group=group_of(ann),
        mode="relative",
        amount=Decimal(5),
        comment="For the weekend",
        user=None,
        token=uuid.uuid4(),
        at=LONG_AGO,
        expires_at=LONG_AGO + DAY,
    )
    worker.apply(job.pk)
    job.refresh_from_db()
    assert job.state == State.REFUSED
    assert job.message == "What it credits would have expired by now. Save it anew."
    assert entries(ann) == [("issued", 1)]


def test_a_customer_of_whom_the_ledger_speaks_survives_the_undo_of_their_import_P8():
    """As customers/references.py is told; the import's own tests prove that it listens."""
    customers_with(5)
    stranger = make_customer()
    left = rows(f"SELECT c.id FROM customers_customer c WHERE {unreferenced('c')}")
    assert left == [(stranger.pk,)]


def test_the_job_says_for_whom_and_what_came_of_it_D11():
    group = group_of(*customers_with(3, 30))
    batch = posted(group, -10)
    change = registry.get("group-cashback")
    assert change.describe(batch.job.options) == group.title
    assert batch.job.notes == [
        "2 customers, -13.00 in all.",
        "7.00 could not be taken: balances stop at 0.",
    ]


def test_a_group_with_more_than_a_credit_may_be_is_foreseen_and_written_off_D13_D17():
    most = Decimal("99999999999999.99")
    (ann,) = customers_with(str(most))
    credit(customer_id=ann.pk, amount=most, at=NOON)
    group = group_of(ann)
    seen = preview(group=group, mode="absolute", amount=Decimal(0), at=NOON)
    assert (seen.total, seen.to_zero) == (-2 * most, 1)
    assert figures(posted(group, 0, "absolute")) == (1, 1, -2 * most, 0)
    assert_adds_up()
