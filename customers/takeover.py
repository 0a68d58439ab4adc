"""A customer who gets an address takes over what waits for it; the prospect is no more."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from customers.references import moves

# Imports hold prospects where they are while they speak of them (customers/addresses.py).
TRY_TO_HOLD = "SELECT pg_try_advisory_xact_lock(hashtext('customers.prospects'))"
HELD = "SELECT id FROM customers_customer WHERE id = ANY(%s) AND is_prospect ORDER BY id FOR UPDATE"


def take_over(cursor: Any, pairs: str) -> None:
    """Move all that is said of prospects to customers, and delete the prospects.

    `pairs` is a table or a query in brackets with the integer columns prospect and customer, each
    prospect once. To be called in the transaction that then gives the customers the addresses,
    and that holds the prospects, to forget them (customers.addresses.hold_prospects), since
    before it locked anything else. The undo of an import that spoke of the prospect leaves what
    was taken over where it is by then.
    """
    for move in moves.values():
        cursor.execute(move.format(pairs=pairs))
    cursor.execute(
        f"DELETE FROM customers_customer AS customer USING {pairs} AS pair"
        " WHERE customer.id = pair.prospect AND customer.is_prospect"
    )


def hold(prospects: Sequence[Customer]) -> None:
    """Keep these as they are until the transaction ends, without waiting for anybody's job.

    Raises ValidationError if a job speaks of prospects at the moment, or if the owner of an
    address has just signed in. Two queries.
    """
    numbers = {prospect.pk for prospect in prospects}
    with connection.cursor() as cursor:
        cursor.execute(TRY_TO_HOLD)
        if cursor.fetchone() != (True,):
            text = _(
                "A job is working with this address or others like it. Try again when it is done."
            )
            raise ValidationError(text, code="job_running")
        cursor.execute(HELD, [list(numbers)])
        if len(cursor.fetchall()) != len(numbers):
            raise ValidationError(_("Another customer has this e-mail address."), code="unique")


def take_over_held(pairs: Sequence[tuple[Customer, Customer]]) -> None:
    """Have customers take over from prospects that are held: (prospect, customer)."""
    if not pairs:
        return
    rows = ", ".join(f"({prospect.pk:d}, {customer.pk:d})" for prospect, customer in pairs)
    with connection.cursor() as cursor:
        take_over(cursor, f"(SELECT * FROM (VALUES {rows}) AS given (prospect, customer))")
