"""Deeds that meet in the ledger, and what comes of them."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, OperationalError

from customers.models import Customer
from imports import worker
from loyalty.ledger import NotEnough, debit
from loyalty.models import Batch
from tests.factories import NOON
from tests.loyalty.ledgers import assert_adds_up, group_of, saved

GOT_NONE, GOT_REFUSED, GOT_DEADLOCK = "not enough", "refused by the database", "deadlock"
GOT_TOO_MUCH, GOT_GONE = "too much", "gone"


def came_of(deed: Callable[[], object]) -> Callable[[], object]:
    """Also of what no lock prevents."""

    def do() -> object:
        try:
            return deed()
        except NotEnough:
            return GOT_NONE
        except IntegrityError:
            return GOT_REFUSED
        except OperationalError:
            return GOT_DEADLOCK
        except ValueError:
            return GOT_TOO_MUCH
        except Customer.DoesNotExist:
            return GOT_GONE

    return do


def spend(customer: Customer, amount: int) -> Callable[[], object]:
    return came_of(lambda: debit(customer_id=customer.pk, amount=Decimal(amount), at=NOON).amount)


def group_batch(
    customers: list[Customer], amount: int, mode: str = "relative"
) -> Callable[[], object]:
    job = saved(group_of(*customers), amount, mode)

    def deed() -> object:
        worker.apply(job.pk)
        return Batch.objects.get(job=job).total

    return came_of(deed)


def assert_harmed(got: list[object]) -> None:
    """The later one was refused or, if it came by its lots in time, took more than they had."""
    if GOT_REFUSED not in got:
        with pytest.raises(AssertionError):
            assert_adds_up()
