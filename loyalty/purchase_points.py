"""Points of purchases: what is earned and spent, and what returns do to both.

All of it is inside the caller's transaction, and `at` is now: points of receipts that come late
are posted when they come. Points are whole cents, above 0; else ValueError. Each function holds
the customer's row, so that nobody is credited who is being erased, and raises
Customer.DoesNotExist of who is gone. Those that take or give back then hold the account, as
loyalty/posting.py says; what else a caller locks, it locks before. A return gives back before it
takes, so that what comes back makes up for what is missing; a cancellation is a return of all.
"""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from customers.models import Customer
from loyalty.batches import hold_customer
from loyalty.ledger import NotEnough, valid_amount
from loyalty.members import ONE
from loyalty.models import Purpose
from loyalty.plans import Plan, plan_for, plan_sql
from loyalty.posting import (
    ALIVE,
    SOONEST_FIRST,
    SPENDABLE,
    change_lots,
    fetch,
    hold_accounts,
    open_lots,
    use_lots,
    write_entries,
)
from loyalty.reversal import NOT_UNDONE


def earn(
    *,
    customer_id: int,
    purchase_id: int,
    points: Decimal,
    at: dt.datetime,
    opens_at: dt.datetime | None,
    expires_at: dt.datetime | None,
) -> None:
    """Credit what a purchase earned; pending until `opens_at`. Four statements."""
    earned = valid_amount(points)
    _hold_customer(customer_id)
    plan = plan_for(customer_id, earned)
    write_entries(plan.source, purpose=Purpose.ISSUED, at=at, purchase=purchase_id, **plan.values)
    open_lots(plan.source, opens_at=opens_at, expires_at=expires_at, **plan.values)


def spend(*, customer_id: int, purchase_id: int, points: Decimal, at: dt.datetime) -> None:
    """Pay with points, what expires soonest first. Six statements.

    Raises NotEnough, with what can be spent.
    """
    needed = valid_amount(points)
    _hold_account(customer_id)
    ((_customer, entry_id, there),) = fetch(plan_sql(ONE, "balance"), customer=customer_id, at=at)
    if there < needed:
        raise NotEnough(there)
    plan = Plan.of_one(customer_id, entry_id, -needed)
    write_entries(plan.source, purpose=Purpose.REDEEMED, at=at, purchase=purchase_id, **plan.values)
    use_lots(plan.source, at=at, **plan.values)


class NotTaken(NamedTuple):
    """What had expired, and what was spent; settled by that: nothing takes it later."""

    expired: Decimal = Decimal(0)
    missing: Decimal = Decimal(0)


def take_back(
    *,
    customer_id: int,
    purchase_id: int,
    points: Decimal,
    at: dt.datetime,
    left: Decimal,
    expired: Decimal,
) -> NotTaken:
    """Take what a purchase earned, and say what could not be taken. Six statements.

    First from the purchase's own lot, pending or not, then from others that are open; balances
    stop at 0. What expired of the own lot is taken from no other, in proportion to what comes
    back of what is `left`, not asked for before; `expired` is what those before said. Raises
    ValueError if it is more than the purchase earned and was taken of it.
    """
    asked, whose = valid_amount(points), {"customer": customer_id, "purchase": purchase_id}
    _hold_account(customer_id)
    ((entry_id, kept, there, expired_so_far),) = fetch(TO_TAKE_BACK, at=at, **whose)
    if (most := min(kept, left)) < asked:
        raise ValueError(f"{asked} to take back of {most} earned")
    # More may have expired than is left: others made up for what was given back then.
    gone = (min(expired_so_far - expired, left) * asked / left).quantize(CENT, ROUND_HALF_UP)
    if taken := min(asked - gone, there):
        _write_return(plan := Plan.of_one(customer_id, entry_id, -taken), purchase_id, at)
        use_lots(plan.source, at=at, which=TAKEABLE, order=OWN_FIRST, **whose, **plan.values)
    return NotTaken(gone, asked - gone - taken)


def give_back(
    *,
    customer_id: int,
    purchase_id: int,
    points: Decimal,
    at: dt.datetime,
    expires_at: dt.datetime | None,
) -> None:
    """Give back what was spent in a purchase. Seven statements, one more if there is a new lot.

    To the lots it was taken from, what expires last first, as far as those still are; the rest
    in a new lot until `expires_at`. Raises ValueError if it is more than was spent and not given
    back before.
    """
    given, whose = valid_amount(points), {"customer": customer_id, "purchase": purchase_id}
    _hold_account(customer_id)
    ((entry_id, left),) = fetch(TO_GIVE_BACK, **whose)
    if left < given:
        raise ValueError(f"{given} to give back of {left} spent")
    _write_return(Plan.of_one(customer_id, entry_id, given), purchase_id, at)
    lots = fetch(SPENT_LOTS, points=given, at=at, **whose)
    numbers, amounts = [lot for lot, _ in lots], [amount for _, amount in lots]
    change_lots(GIVEN_BACK, entry=entry_id, lots=numbers, amounts=amounts, **whose)
    if rest := given - sum(amounts, Decimal(0)):
        new = Plan.of_one(customer_id, entry_id, rest)
        open_lots(new.source, expires_at=expires_at, **new.values)


def _hold_customer(customer_id: int) -> None:
    if not hold_customer(customer_id):
        raise Customer.DoesNotExist(f"customer {customer_id} is gone")


def _hold_account(customer_id: int) -> None:
    _hold_customer(customer_id)
    hold_accounts(ONE, customer=customer_id)


def _write_return(plan: Plan, purchase_id: int, at: dt.datetime) -> None:
    write_entries(plan.source, purpose=Purpose.RETURNED, at=at, purchase=purchase_id, **plan.values)


CENT = Decimal("0.01")
OF_PURCHASE = "customer_id = %(customer)s AND purchase_id = %(purchase)s"
OWN = f"lot.entry_id IN (SELECT id FROM loyalty_entry WHERE {OF_PURCHASE} AND purpose = 'issued')"
OWN_FIRST = f"{OWN} DESC, {SOONEST_FIRST}"
TAKEABLE = f"({SPENDABLE} OR {OWN} AND {ALIVE})"

TO_TAKE_BACK = f"""
    SELECT nextval('loyalty_entry_number'), (
        SELECT coalesce(sum(amount), 0) FROM loyalty_entry
        WHERE {OF_PURCHASE} AND (purpose = 'issued' OR purpose = 'returned' AND amount < 0)
    ), (
        SELECT coalesce(sum(remaining), 0) FROM loyalty_lot AS lot
        WHERE customer_id = %(customer)s AND remaining > 0 AND {TAKEABLE}
    ), (
        SELECT coalesce(sum(remaining), 0) FROM loyalty_lot AS lot
        WHERE customer_id = %(customer)s AND {OWN} AND NOT ({ALIVE})
    ) + (
        SELECT coalesce(sum(use.amount), 0) FROM loyalty_lot AS lot
        JOIN loyalty_lotuse AS use USING (customer_id) JOIN loyalty_entry AS e USING (customer_id)
        WHERE customer_id = %(customer)s AND {OWN} AND use.lot_id = lot.entry_id
            AND e.id = use.entry_id AND e.purpose = 'expired'
    )
"""

TO_GIVE_BACK = f"""
    SELECT nextval('loyalty_entry_number'), coalesce(-sum(amount), 0) FROM loyalty_entry
    WHERE {OF_PURCHASE} AND (purpose = 'redeemed' OR purpose = 'returned' AND amount > 0)
"""

# What other returns took back of the purchase is no part of what was spent in it.
SPENT_LOTS = f"""
    WITH spent AS (
        SELECT use.lot_id, sum(use.amount) AS amount
        FROM loyalty_entry AS entry JOIN loyalty_lotuse AS use
            ON use.customer_id = entry.customer_id AND use.entry_id = entry.id
        WHERE entry.customer_id = %(customer)s AND entry.purchase_id = %(purchase)s
            AND (entry.purpose = 'redeemed' OR entry.purpose = 'returned' AND use.amount < 0)
        GROUP BY use.lot_id HAVING sum(use.amount) > 0
    ), line AS (
        SELECT spent.lot_id, spent.amount, sum(spent.amount) OVER (
            ORDER BY lot.expires_at DESC NULLS FIRST, lot.entry_id DESC
            ROWS UNBOUNDED PRECEDING
        ) - spent.amount AS earlier
        FROM spent JOIN loyalty_lot AS lot
            ON lot.customer_id = %(customer)s AND lot.entry_id = spent.lot_id AND {ALIVE}
        JOIN loyalty_entry AS credit
            ON credit.customer_id = lot.customer_id AND credit.id = lot.entry_id AND {NOT_UNDONE}
    )
    SELECT lot_id, LEAST(amount, %(points)s - earlier) FROM line WHERE earlier < %(points)s
"""

GIVEN_BACK = """
    SELECT %(customer)s::int, %(entry)s::bigint, lot_id, -amount
    FROM unnest(%(lots)s::bigint[], %(amounts)s::numeric[]) AS given (lot_id, amount)
"""
