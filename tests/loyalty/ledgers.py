"""What the ledger's tests share."""

import datetime as dt
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import connection

from customers.models import Customer, CustomerGroup, GroupMember
from imports import registry
from imports.models import Job, State
from imports.runs import Run
from loyalty.batches import adjust, begin
from loyalty.ledger import credit
from loyalty.models import Batch, Entry, Lot, LotUse
from tests.factories import DAY, NOON, make_customer, make_group


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def group_of(*customers: Customer) -> CustomerGroup:
    group = make_group()
    GroupMember.objects.bulk_create(
        GroupMember(customer=customer, group=group) for customer in customers
    )
    return group


def customers_with(*balances: int | str) -> list[Customer]:
    """Customers with these balances, which do not expire."""
    made = [make_customer() for _ in balances]
    for customer, balance in zip(made, balances, strict=True):
        if Decimal(balance):
            credit(customer_id=customer.pk, amount=Decimal(balance), at=NOON - DAY)
    return made


def saved(group: CustomerGroup, *what: Any, **fields: Any) -> Job:
    """A batch as its job waits for a worker."""
    return begin(group=group, at=NOON, **_asked(*what, **fields))


def adjusted(customer: Customer, *what: Any, at: dt.datetime = NOON, **fields: Any) -> Batch:
    return adjust(customer=customer, at=at, **_asked(*what, **fields))


def _asked(
    amount: int | str,
    mode: str = "relative",
    *,
    comment: str = "Sorry",
    expires_at: dt.datetime | None = None,
) -> dict[str, Any]:
    """What staff fill in, as nobody in particular."""
    return {
        "mode": mode,
        "amount": Decimal(amount),
        "comment": comment,
        "expires_at": expires_at,
        "user": None,
        "token": uuid.uuid4(),
    }


def applied(job: Job) -> Batch:
    """As the worker does it, in the test's own transaction."""
    _run(job, registry.get(job.type).apply)
    job.state = State.DONE
    job.save()
    return Batch.objects.get(job=job)


def posted(*args, **kwargs) -> Batch:
    return applied(saved(*args, **kwargs))


def undone(batch: Batch) -> Batch:
    _run(batch.job, registry.get(batch.job.type).undo)
    batch.job.save()
    return Batch.objects.get(undo_of=batch)


def _run(job: Job, step: Callable[[Run], None]) -> None:
    run = Run(job, dry=False, tell=lambda step, share: None)
    step(run)
    run.close()


def figures(batch: Batch) -> tuple:
    batch.refresh_from_db()
    return batch.members, batch.changed, batch.total, batch.shortfall


def entries(customer: Customer) -> list[tuple[str, Decimal]]:
    of_customer = Entry.objects.filter(customer_id=customer.pk)
    return list(of_customer.order_by("id").values_list("purpose", "amount"))


def lots(customer: Customer) -> list[tuple[Decimal, Decimal]]:
    """(amount, remaining) in the order in which they were credited."""
    of_customer = Lot.objects.filter(customer_id=customer.pk)
    return list(of_customer.order_by("entry_id").values_list("amount", "remaining"))


def assert_adds_up() -> None:
    """Entries, lots and uses say the same, customer by customer and entry by entry."""
    entries = {(e.customer_id, e.id): e.amount for e in Entry.objects.all()}
    lots = {(lot.customer_id, lot.entry_id): lot for lot in Lot.objects.all()}
    uses = list(LotUse.objects.all())
    for key, amount in entries.items():
        own = lots[key].amount if key in lots else 0
        assert amount == own - sum(u.amount for u in uses if (u.customer_id, u.entry_id) == key)
    for key, lot in lots.items():
        used = sum(u.amount for u in uses if (u.customer_id, u.lot_id) == key)
        assert 0 <= lot.remaining == lot.amount - used
    assert sum(entries.values()) == sum(lot.remaining for lot in lots.values())
