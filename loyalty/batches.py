"""What staff save: a change for a whole group (D11), which a job makes, or for one customer (D18).

Both are a batch. The token that was drawn with the form makes a repeated save the same batch.
"""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from customers.models import Customer, CustomerGroup, User
from customers.planned import fetch_one
from imports import jobs
from imports.models import Job
from loyalty.amounts import clean_amount, clean_comment, clean_expiry
from loyalty.members import ONE
from loyalty.models import Batch, Purpose
from loyalty.plans import CHANGES, Plan, balances_sql, plan_for
from loyalty.posting import fetch, hold_accounts, open_lots, use_lots, write_entries


class Figures(NamedTuple):
    """What became of a batch, as its model describes it."""

    members: int
    changed: int
    total: Decimal
    shortfall: Decimal


@transaction.atomic
def begin(
    *,
    group: CustomerGroup,
    mode: str,
    amount: Decimal,
    comment: str,
    user: User | None,
    token: uuid.UUID,
    at: dt.datetime,
    expires_at: dt.datetime | None = None,
) -> Job:
    """Hand a group's batch to the worker; its job. The same token again gets the same job.

    Raises ValidationError by field for what can't be, or if the token came with another request.
    """
    asked = clean(mode=mode, amount=amount, comment=comment, expires_at=expires_at, at=at)
    batch, is_new = _record(
        asked, kind=Batch.Kind.GROUP, group=group, user=user, token=token, at=at
    )
    if is_new:
        batch.job = jobs.start(type="group-cashback", user=user, options={"batch": batch.pk})
        batch.save(update_fields=["job"])
    assert batch.job is not None  # noqa: S101 it was saved together with the batch
    return batch.job


@transaction.atomic
def adjust(
    *,
    customer: Customer,
    mode: str,
    amount: Decimal,
    comment: str,
    user: User | None,
    token: uuid.UUID,
    at: dt.datetime,
    expires_at: dt.datetime | None = None,
) -> Batch:
    """Credit or debit one customer at once (D18). At most a dozen queries.

    The same token again gets the same batch, posted once. Raises ValidationError as `begin`.
    """
    asked = clean(mode=mode, amount=amount, comment=comment, expires_at=expires_at, at=at)
    if not hold_customer(customer.pk):
        raise ValidationError(_("There is no such customer."), code="unknown_customer")
    batch, is_new = _record(
        asked, kind=Batch.Kind.SINGLE, customer_id=customer.pk, user=user, token=token, at=at
    )
    if is_new:
        _post_for_one(batch, at)
    return batch


def clean(
    *,
    mode: str,
    amount: Decimal | int | str,
    comment: str,
    expires_at: dt.datetime | None,
    at: dt.datetime,
) -> dict[str, Any]:
    """What was asked for as it is stored. Raises ValidationError by field, all fields at once."""
    errors: dict[str, Any] = {}
    asked: dict[str, Any] = {"mode": mode, "expires_at": expires_at}
    if mode not in Batch.Mode.values:
        raise ValidationError({"mode": _("Choose how the amount is meant.")})
    try:
        asked["amount"] = clean_amount(amount, mode=mode)
        clean_expiry(expires_at, amount=asked["amount"], at=at)
    except ValidationError as error:
        errors["expires_at" if "amount" in asked else "amount"] = error
    try:
        asked["comment"] = clean_comment(comment)
    except ValidationError as error:
        errors["comment"] = error
    if errors:
        raise ValidationError(errors)
    return asked


def hold_customer(customer_id: int) -> bool:
    """Until the transaction ends, so that nothing about them comes after it.

    The undo of an import waits as well. False of who is gone, or a prospect again.
    """
    return fetch_one(HOLD_CUSTOMER, [customer_id]) is not None


HOLD_CUSTOMER = "SELECT FROM customers_customer WHERE id = %s AND NOT is_prospect FOR KEY SHARE"


def purpose_of(batch: Batch) -> Purpose:
    """What is given to a group was issued; all else that staff do puts something right."""
    return Purpose.ISSUED if only_credits(batch) else Purpose.ADJUSTED


def only_credits(batch: Batch) -> bool:
    return batch.mode == Batch.Mode.RELATIVE and batch.amount > 0


def shortfall(batch: Batch, members: int, total: Decimal) -> Decimal:
    """What could not be deducted, since balances stop at 0 (D17)."""
    is_relative = batch.mode == Batch.Mode.RELATIVE
    return total - members * batch.amount if is_relative else Decimal(0)


def settle(batch: Batch, figures: Figures, *, at: dt.datetime) -> None:
    """Note what was posted. The database takes it once."""
    for name, value in figures._asdict().items():
        setattr(batch, name, value)
    batch.posted_at = at
    batch.save(update_fields=[*figures._fields, "posted_at"])


def _record(
    asked: dict[str, Any], *, user: User | None, token: uuid.UUID, at: dt.datetime, **whom: Any
) -> tuple[Batch, bool]:
    """The batch of this token, and whether it is new. Whoever comes second waits for the first."""
    new = {**asked, **whom, "created_by": user, "created_at": at}
    batch, is_new = Batch.objects.select_related("job").get_or_create(token=token, defaults=new)
    if any(getattr(batch, name) != value for name, value in (asked | whom).items()):
        raise ValidationError(
            _("This form was saved before, with other values. Open the page anew to save again."),
            code="token_used",
        )
    return batch, is_new


def _post_for_one(batch: Batch, at: dt.datetime) -> None:
    """An entry even if nothing changes, so that the history has the reason."""
    assert batch.customer_id is not None  # noqa: S101 a single batch has a customer
    if not only_credits(batch):
        hold_accounts(ONE, customer=batch.customer_id)
    ((amount,),) = fetch(
        f"SELECT {CHANGES[batch.mode]} FROM ({balances_sql(ONE)}) AS balances",
        customer=batch.customer_id,
        amount=batch.amount,
        at=at,
    )
    plan = plan_for(batch.customer_id, amount)
    _write(plan, batch, at)
    figures = Figures(1, int(amount != 0), amount, shortfall(batch, 1, amount))
    settle(batch, figures, at=at)


def _write(plan: Plan, batch: Batch, at: dt.datetime) -> None:
    write_entries(plan.source, purpose=purpose_of(batch), at=at, batch=batch.pk, **plan.values)
    open_lots(plan.source, expires_at=batch.expires_at, **plan.values)
    use_lots(plan.source, at=at, **plan.values)
