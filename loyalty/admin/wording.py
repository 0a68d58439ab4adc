"""Batches of cashback in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from customers.models import Customer
from imports.models import RUNNING
from loyalty.models import Batch
from loyalty.wording import money


def name_customers(batches: Iterable[Batch], *, to: Any) -> None:
    """Give each its `customer`, None if it has none or this user may not see them. One query."""
    may_see = to.has_perm("customers.view_customer")
    ids = {each.customer_id for each in batches if each.customer_id} if may_see else set()
    found = Customer.objects.listed().in_bulk(ids)
    for batch in batches:
        batch.customer = found.get(batch.customer_id or 0)  # type: ignore[attr-defined]


def whom(batch: Batch) -> str:
    """The group, or the customer as far as `name_customers` told."""
    named = batch.group or getattr(batch, "customer", None)
    return str(named or _("Customer %d") % (batch.customer_id or 0))


def asked(batch: Batch) -> str:
    """What was asked for: +5.00 relative, = 5.00 absolute."""
    if batch.mode == Batch.Mode.ABSOLUTE:
        return f"= {money(batch.amount)}"
    return money(batch.amount, signed=True)


def state(batch: Batch) -> str:
    """How a batch stands. No query if job, undo_of and undone_by are selected with it."""
    if batch.undo_of_id:
        return _("Undoes another")
    if hasattr(batch, "undone_by"):
        return _("Undone")
    if batch.posted_at:
        return _("Posted")
    return batch.job.get_state_display() if batch.job else _("Waits")


def is_running(batch: Batch) -> bool:
    """Whether a worker has it in hand, to post it or to undo it."""
    return bool(batch.job and batch.job.state in RUNNING)


def is_fresh(batch: Batch) -> bool:
    """Whether it was posted, and neither undone nor an undoing itself."""
    return bool(batch.posted_at and not batch.undo_of_id and not hasattr(batch, "undone_by"))


def can_be_undone(batch: Batch) -> bool:
    """A group's batch goes with its job, which is on record for a while only."""
    return batch.job.can_be_undone or is_running(batch) if batch.job else True


def figures(batch: Batch) -> list[tuple[Any, str]]:
    """What became of a posted batch, for its page."""
    shown = [
        (_("Customers"), number_format(batch.members, force_grouping=True)),
        (_("Changed"), number_format(batch.changed, force_grouping=True)),
        (_("Total"), money(batch.total, signed=True)),
    ]
    if batch.shortfall:
        label = _("Could not be undone") if batch.undo_of_id else _("Not taken: stopped at 0")
        shown.append((label, money(batch.shortfall)))
    return shown
