"""A million customers credited in one batch, beside writing the same rows without any thought.

Peers that take minutes are given fewer customers and compared by time per customer. They keep
the balance in a column, as one would write it first.
"""

import time
import uuid
from collections.abc import Callable
from decimal import Decimal

from django.db import connection, models, transaction

from customers.models import Customer, CustomerGroup
from imports import jobs, worker
from imports.models import Job, State
from loyalty.batches import begin
from loyalty.models import Batch
from tests.bench import databases, harness
from tests.bench.dataset import NOW
from tests.bench.harness import Report

ROUNDS = 3
COMMENT = "Happy birthday"


def run(report: Report) -> None:
    databases.use_copy_of_dataset(report.scale)
    group = everybody()
    number = report.scale.customers
    what = f"crediting {number:,} customers"
    ours, bare = in_turns(lambda: post(group, "relative", 5), bare_insert)
    report.at_most(1.8, what, ours, "bare INSERT ... SELECT", bare)
    make_peers()
    for least, peer, deed, share in PEERS:
        some = max(100, int(number * share))
        theirs = seconds(lambda deed=deed, some=some: deed(some)) / some
        report.at_least(least, f"{what}, each ({some:,} by the peer)", ours / number, peer, theirs)
    report.note(f"debiting {number:,} customers", post(group, "relative", -3))
    report.note("setting them to 2", post(group, "absolute", 2))
    report.note("writing all off", post(group, "absolute", 0))
    report.note("undoing that", take_back())


def everybody() -> CustomerGroup:
    group = CustomerGroup.objects.create(title="Everybody")
    sql(
        "INSERT INTO customers_groupmember (customer_id, group_id)"
        " SELECT id, %s FROM customers_customer ORDER BY id",
        group.pk,
    )
    sql("VACUUM ANALYZE customers_groupmember")
    return group


def post(group: CustomerGroup, mode: str, amount: int) -> float:
    """Seconds from the save to the committed entries, by the worker's own way."""
    started = time.perf_counter()
    job = begin(
        group=group,
        mode=mode,
        amount=Decimal(amount),
        comment=COMMENT,
        user=None,
        token=uuid.uuid4(),
        at=NOW,
    )
    worker.apply(job.pk)
    taken = time.perf_counter() - started
    job.refresh_from_db()
    if job.state != State.DONE:
        raise RuntimeError(f"the batch ended {job.state}: {job.message}")
    return taken


def take_back() -> float:
    job = Job.objects.latest("pk")
    jobs.undo(job, in_background=False)
    return seconds(lambda: worker.undo(job.pk))


def in_turns(ours: Callable[[], object], bare: Callable[[], object]) -> tuple[float, float]:
    """The medians of both, which take turns on tables of the same size."""
    taken: tuple[list[float], list[float]] = ([], [])
    ours()  # what the peer writes must exist first; not counted
    make_bare()
    bare()
    for _ in range(1 if harness.is_hasty else ROUNDS):
        for deed, times in zip((ours, bare), taken, strict=True):
            sql("CHECKPOINT")  # what was written before is on the disk before the clock starts
            times.append(seconds(deed))
    return sorted(taken[0])[len(taken[0]) // 2], sorted(taken[1])[len(taken[1]) // 2]


def make_bare() -> None:
    """The rows of the first batch, and tables like the ledger's, all indexes included."""
    batch = Batch.objects.latest("pk").pk
    sql(f"CREATE TABLE entries_to_write AS SELECT * FROM loyalty_entry WHERE batch_id = {batch}")
    sql("CREATE TABLE lots_to_write AS SELECT * FROM loyalty_lot")
    for name in ("entry", "lot"):
        sql(f"CREATE TABLE bare_{name} (LIKE loyalty_{name} INCLUDING INDEXES)")
    sql("VACUUM ANALYZE")


def bare_insert() -> None:
    """With new ids, since the keys must be unique, and nothing else."""
    (last,) = sql("SELECT coalesce(max(id), 0) FROM bare_entry WHERE customer_id = 1")
    with transaction.atomic():
        sql(
            "INSERT INTO bare_entry (customer_id, id, batch_id, purpose, amount, at)"
            " SELECT customer_id, id + %s, batch_id, purpose, amount, at FROM entries_to_write",
            last,
        )
        sql(
            "INSERT INTO bare_lot (customer_id, entry_id, amount, remaining, expires_at)"
            " SELECT customer_id, entry_id + %s, amount, remaining, expires_at FROM lots_to_write",
            last,
        )


class PeerAccount(models.Model):
    customer = models.OneToOneField(Customer, models.CASCADE, related_name="+")
    balance = models.DecimalField(max_digits=16, decimal_places=2, default=0)

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return f"{self.customer_id} {self.balance}"


class PeerEntry(models.Model):
    account = models.ForeignKey(PeerAccount, models.CASCADE, related_name="+")
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    comment = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        app_label = "bench"

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount}"


def make_peers() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(PeerAccount)
        editor.create_model(PeerEntry)
    sql("INSERT INTO bench_peeraccount (customer_id, balance) SELECT id, 0 FROM customers_customer")
    sql("VACUUM ANALYZE bench_peeraccount")


@transaction.atomic
def one_by_one(some: int) -> None:
    """All or nothing, as ours is."""
    for pk in PeerAccount.objects.values_list("pk", flat=True)[:some]:
        credit_one(pk)


def one_by_one_each_committed(some: int) -> None:
    """As in every tutorial; who dies on the way leaves half."""
    for pk in PeerAccount.objects.values_list("pk", flat=True)[:some]:
        with transaction.atomic():
            credit_one(pk)


def credit_one(pk: int) -> None:
    """The account locked, changed and saved, with its entry."""
    account = PeerAccount.objects.select_for_update().get(pk=pk)
    account.balance += 5
    account.save()
    PeerEntry.objects.create(account=account, amount=5, comment=COMMENT, at=NOW)


@transaction.atomic
def in_bulk(some: int) -> None:
    """The same by the thousand: bulk_create and bulk_update."""
    accounts = list(PeerAccount.objects.select_for_update().order_by("pk")[:some])
    for account in accounts:
        account.balance += 5
    PeerAccount.objects.bulk_update(accounts, ["balance"], batch_size=1000)
    PeerEntry.objects.bulk_create(
        [PeerEntry(account=a, amount=5, comment=COMMENT, at=NOW) for a in accounts],
        batch_size=1000,
    )


# (at least so many times faster, name, deed, share of the customers it is given)
PEERS = (
    (20, "bulk_create and bulk_update", in_bulk, 0.05),
    (300, "ORM, one by one, in one transaction", one_by_one, 0.005),
    (300, "ORM, one by one, each committed", one_by_one_each_committed, 0.005),
)


def seconds(deed: Callable[[], object]) -> float:
    started = time.perf_counter()
    deed()
    return time.perf_counter() - started


def sql(statement: str, *values: object) -> tuple[object, ...]:
    """The first row, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchone() if cursor.description else ()
