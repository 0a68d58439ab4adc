"""What must be true of the ledger (P8, D17)."""

from django.utils.translation import gettext_lazy as _

import loyalty.personal.invariants
import loyalty.purchases.invariants  # noqa: F401 they state their own
from customers.verification import Invariant, state
from loyalty import guards

state(
    Invariant(
        "loyalty.ledger-append-only",
        _("The database refuses to change the ledger."),
        guards.MISSING,
    ),
    Invariant(
        "loyalty.ledger-balance",
        _("A balance is the sum of its entries."),
        """
        SELECT customer_id, coalesce(entries, 0) AS entries, coalesce(lots, 0) AS lots
        FROM (SELECT customer_id, sum(amount) AS entries FROM loyalty_entry GROUP BY 1) AS e
        FULL JOIN (SELECT customer_id, sum(remaining) AS lots FROM loyalty_lot GROUP BY 1) AS l
            USING (customer_id)
        WHERE coalesce(entries, 0) <> coalesce(lots, 0)
        """,
    ),
    Invariant(
        "loyalty.ledger-not-negative",
        _("No balance is less than 0."),
        "SELECT customer_id, sum(amount) AS balance FROM loyalty_entry"
        " GROUP BY 1 HAVING sum(amount) < 0",
    ),
    Invariant(
        "loyalty.ledger-programme",
        _("The programme's accounts are the other side of all balances."),
        """
        SELECT * FROM (SELECT
            (SELECT -coalesce(sum(amount), 0) FROM loyalty_entry) AS programme,
            (SELECT coalesce(sum(remaining), 0) FROM loyalty_lot) AS customers) AS sides
        WHERE programme + customers <> 0
        """,
    ),
    Invariant(
        "loyalty.ledger-lots",
        _("What is left of a lot is what was not taken from it."),
        """
        SELECT customer_id, entry_id AS lot, amount, remaining, coalesce(used, 0) AS used
        FROM loyalty_lot AS lot LEFT JOIN (
            SELECT customer_id, lot_id AS entry_id, sum(amount) AS used FROM loyalty_lotuse
            GROUP BY 1, 2
        ) AS uses USING (customer_id, entry_id)
        WHERE remaining <> amount - coalesce(used, 0)
        """,
    ),
    Invariant(
        "loyalty.ledger-debits",
        _("Every debit is taken from lots."),
        """
        SELECT customer_id, id AS entry, amount, coalesce(-used, 0) AS from_lots
        FROM loyalty_entry AS entry LEFT JOIN (
            SELECT customer_id, entry_id AS id, sum(amount) AS used FROM loyalty_lotuse
            GROUP BY 1, 2
        ) AS uses USING (customer_id, id)
        WHERE amount <= 0 AND amount <> coalesce(-used, 0)
        """,
    ),
    Invariant(
        "loyalty.ledger-credits",
        _("Every credit has its lot, or is given back to those it was taken from."),
        """
        SELECT customer_id, id AS entry, entry.amount, lot.amount AS lot, -used AS given_back
        FROM loyalty_entry AS entry LEFT JOIN (
            SELECT customer_id, entry_id AS id, amount FROM loyalty_lot
        ) AS lot USING (customer_id, id) LEFT JOIN (
            SELECT customer_id, entry_id AS id, sum(amount) AS used FROM loyalty_lotuse
            WHERE amount < 0 GROUP BY 1, 2
        ) AS uses USING (customer_id, id)
        WHERE entry.amount > 0 AND entry.amount <> coalesce(lot.amount, 0) - coalesce(used, 0)
        """,
    ),
    Invariant(
        "loyalty.ledger-lot-owners",
        _("Every lot and every use of one belongs to an entry."),
        """
        SELECT customer_id, entry_id AS id, 'lot' AS what FROM loyalty_lot AS lot
        WHERE NOT EXISTS (SELECT FROM loyalty_entry AS entry
            WHERE entry.customer_id = lot.customer_id AND entry.id = lot.entry_id
            AND entry.amount > 0)
        UNION ALL
        SELECT customer_id, entry_id, 'use' FROM loyalty_lotuse AS use
        WHERE NOT EXISTS (SELECT FROM loyalty_entry AS entry
            WHERE entry.customer_id = use.customer_id AND entry.id = use.entry_id)
            OR NOT EXISTS (SELECT FROM loyalty_lot AS lot
            WHERE lot.customer_id = use.customer_id AND lot.entry_id = use.lot_id)
        """,
    ),
    Invariant(
        "loyalty.ledger-purposes",
        _(
            "What was issued was added; what was redeemed or has expired was taken; what was"
            " returned names its purchase."
        ),
        "SELECT customer_id, id AS entry, purpose, amount FROM loyalty_entry"
        " WHERE purpose = 'issued' AND amount <= 0"
        " OR purpose IN ('redeemed', 'expired') AND amount >= 0"
        " OR purpose = 'returned' AND (amount = 0 OR purchase_id IS NULL)"
        " OR purpose NOT IN ('issued', 'redeemed', 'expired', 'adjusted', 'returned')",
    ),
    Invariant(
        "loyalty.ledger-pending",
        _("Nothing is taken from a lot before it opens, except what its own purchase returns."),
        """
        SELECT lot.customer_id, use.entry_id AS entry, use.lot_id AS lot, use.amount,
            entry.at, lot.opens_at
        FROM loyalty_lot AS lot
        JOIN loyalty_entry AS credit
            ON credit.customer_id = lot.customer_id AND credit.id = lot.entry_id
        JOIN loyalty_lotuse AS use
            ON use.customer_id = lot.customer_id AND use.lot_id = lot.entry_id
        JOIN loyalty_entry AS entry
            ON entry.customer_id = use.customer_id AND entry.id = use.entry_id
        WHERE entry.at < lot.opens_at AND use.amount > 0
            AND NOT (entry.purpose = 'returned'
                AND entry.purchase_id IS NOT DISTINCT FROM credit.purchase_id)
        """,
    ),
    Invariant(
        "loyalty.ledger-returns",
        _("A purchase gives back no more than was spent in it, and takes no more than it earned."),
        """
        SELECT * FROM (
            SELECT customer_id, purchase_id AS purchase,
                coalesce(sum(amount) FILTER (WHERE purpose = 'issued'), 0) AS earned,
                coalesce(-sum(amount) FILTER (WHERE amount < 0 AND purpose = 'returned'), 0)
                    AS taken_back,
                coalesce(-sum(amount) FILTER (WHERE purpose = 'redeemed'), 0) AS spent,
                coalesce(sum(amount) FILTER (WHERE amount > 0 AND purpose = 'returned'), 0)
                    AS given_back
            FROM loyalty_entry WHERE purchase_id IS NOT NULL GROUP BY 1, 2
        ) AS sums
        WHERE taken_back > earned OR given_back > spent
        """,
    ),
    Invariant(
        "loyalty.ledger-given-back",
        _("A return gives back to a lot no more than its purchase took from it."),
        """
        SELECT customer_id, entry.purchase_id AS purchase, use.lot_id AS lot,
            -sum(use.amount) AS too_much
        FROM loyalty_entry AS entry JOIN loyalty_lotuse AS use USING (customer_id)
        WHERE use.entry_id = entry.id AND entry.purchase_id IS NOT NULL
            AND (entry.purpose = 'redeemed' OR entry.purpose = 'returned' AND use.amount < 0)
        GROUP BY 1, 2, 3 HAVING sum(use.amount) < 0
        """,
    ),
    Invariant(
        "loyalty.ledger-expiry",
        _("What has expired is taken within a day."),
        # A receipt that comes late may bring points whose time is over.
        """
        SELECT customer_id, entry_id AS lot, remaining, expires_at
        FROM loyalty_lot AS lot JOIN loyalty_entry AS entry USING (customer_id)
        WHERE entry.id = lot.entry_id AND remaining > 0
            AND greatest(expires_at, entry.at) < %(at)s::timestamptz - interval '1 day'
            AND expires_at IS NOT NULL
        """,
    ),
    Invariant(
        "loyalty.batch-figures",
        _("A batch says of itself what its entries say."),
        """
        SELECT batch.id AS batch, batch.members, coalesce(entries, 0) AS entries,
            batch.changed, coalesce(changes, 0) AS changes, batch.total, coalesce(sum, 0) AS sum
        FROM loyalty_batch AS batch FULL JOIN (
            SELECT batch_id AS id, count(*) AS entries, sum(amount) AS sum,
                count(*) FILTER (WHERE amount <> 0) AS changes
            FROM loyalty_entry WHERE batch_id IS NOT NULL GROUP BY 1
        ) AS made USING (id)
        WHERE (batch.members, batch.changed, batch.total)
            IS DISTINCT FROM (coalesce(entries, 0), coalesce(changes, 0), coalesce(sum, 0))
            OR batch.posted_at IS NULL AND entries > 0
        """,
    ),
    Invariant(
        "loyalty.batch-one-entry",
        _("A batch has one entry a customer."),
        "SELECT batch_id AS batch, customer_id, count(*) AS entries FROM loyalty_entry"
        " WHERE batch_id IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1",
    ),
)
