"""What must be true of purchases, whatever happened to them (P1, P3, P8, P14)."""

from django.utils.translation import gettext_lazy as _

from customers.verification import Invariant, state
from loyalty.models.personal_offers import TABLES
from loyalty.purchases import guards
from promotions.models.counting import DISCOUNTS, Tables

SUMS = ("total", "discount", "payable", "points_earned", "points_spent")
PARTS = ("payable", "discount", "points_earned", "points_spent")


def _sum(names: tuple[str, ...]) -> str:
    return ", ".join(f"sum({name}) AS {name}" for name in names)


def _row(table: str, names: tuple[str, ...]) -> str:
    return f"({', '.join(f'{table}.{name}' for name in names)})"


# What was given is a history for which nothing was posted, where it was imported.
EFFECTS = """
    SELECT customer_id, purchase.id AS purchase_id, purchase.public_id, effect ->> 'line' AS line,
        effect -> 'offer' ->> 'kind' AS kind, (effect -> 'offer' ->> 'id')::int AS offer,
        coalesce((effect ->> 'amount')::numeric, 0) AS amount,
        coalesce((effect ->> 'points')::numeric, 0) AS points
    FROM loyalty_purchase AS purchase, jsonb_array_elements(effects) AS effect
"""


def uses_are_effects(name: str, kind: str, tables: Tables) -> Invariant:
    """Of one kind of offers with limits."""
    return Invariant(
        name,
        _("What an offer gave on a purchase counts, until the purchase comes back as a whole."),
        f"""
        SELECT coalesce(given.public_id::text, used.purchase) AS purchase,
            coalesce(given.offer, used.{tables.column}) AS offer, given.amount AS given,
            used.amount AS used, used.is_given_back
        FROM (
            SELECT effect.public_id, offer, sum(amount + points) AS amount
            FROM ({EFFECTS}) AS effect WHERE kind = '{kind}' GROUP BY 1, 2
        ) AS given
        FULL JOIN {tables.uses} AS used
            ON used.purchase = given.public_id::text AND used.{tables.column} = given.offer
        LEFT JOIN loyalty_purchase AS bought ON bought.public_id::text = used.purchase
        WHERE used.purchase IS NULL
            OR given.public_id IS NULL AND bought.id IS NOT NULL
            OR given.amount <> used.amount
            OR bought.id IS NOT NULL AND used.is_given_back <> (bought.cancelled_at IS NOT NULL
                OR EXISTS (SELECT FROM loyalty_return AS back WHERE is_rest
                    AND (back.customer_id, purchase_id) = (bought.customer_id, bought.id)))
        """,
    )


def uses_are_somebodys(name: str, tables: Tables) -> Invariant:
    return Invariant(
        name,
        _("Each use of an offer is of a purchase, or of a quote that is held."),
        f"""
        SELECT used.purchase, used.{tables.column} AS offer
        FROM {tables.uses} AS used
        WHERE NOT EXISTS (SELECT FROM loyalty_purchase WHERE public_id::text = used.purchase)
            AND NOT EXISTS (SELECT FROM loyalty_heldquote WHERE token::text = used.purchase)
        """,
    )


state(
    Invariant(
        "loyalty.purchase-final",
        _("The database refuses to change purchases and returns."),
        guards.MISSING,
    ),
    Invariant(
        "loyalty.purchase-lines",
        _("A purchase is the sum of its lines."),
        f"""
        SELECT customer_id, id AS purchase, purchase.total, lines.total AS of_lines
        FROM loyalty_purchase AS purchase FULL JOIN (
            SELECT customer_id, purchase_id AS id, {_sum(SUMS)}
            FROM loyalty_purchaseline GROUP BY 1, 2
        ) AS lines USING (customer_id, id)
        WHERE {_row("purchase", SUMS)} IS DISTINCT FROM {_row("lines", SUMS)}
        """,
    ),
    Invariant(
        "loyalty.purchase-effects",
        _("What was saved and earned on a line is what its offers gave."),
        f"""
        SELECT customer_id, purchase_id AS purchase, line, bought.discount, given.amount,
            bought.points_earned, given.points
        FROM (
            SELECT line.* FROM loyalty_purchaseline AS line JOIN loyalty_purchase AS purchase
                ON (purchase.customer_id, purchase.id) = (line.customer_id, line.purchase_id)
            WHERE purchase.source = 'till'
        ) AS bought FULL JOIN (
            SELECT customer_id, purchase_id, line, sum(amount) AS amount, sum(points) AS points
            FROM ({EFFECTS}) AS effect GROUP BY 1, 2, 3
        ) AS given USING (customer_id, purchase_id, line)
        WHERE bought.discount IS NULL OR bought.discount <> coalesce(given.amount, 0)
            OR bought.points_earned <> coalesce(given.points, 0)
        """,
    ),
    Invariant(
        "loyalty.purchase-points",
        _("The ledger has what a purchase earned and spent, and what came back of it."),
        """
        SELECT * FROM (
            SELECT customer_id, id AS purchase, points_earned, points_spent,
                coalesce(posted.earned, 0) AS earned, coalesce(posted.spent, 0) AS spent,
                coalesce(taken, 0) AS taken, coalesce(given, 0) AS given,
                cancelled_at IS NOT NULL AS cancelled, points_missing AS missing,
                coalesce(back.earned, 0) AS to_take, coalesce(back.spent, 0) AS to_give,
                EXISTS (SELECT FROM customers_customer AS customer
                    WHERE customer.id = customer_id AND NOT is_prospect) AS is_there
            FROM loyalty_purchase AS purchase LEFT JOIN (
                SELECT customer_id, purchase_id AS id,
                    sum(amount) FILTER (WHERE purpose = 'issued') AS earned,
                    -sum(amount) FILTER (WHERE purpose = 'redeemed') AS spent,
                    -sum(amount) FILTER (WHERE purpose = 'returned' AND amount < 0) AS taken,
                    sum(amount) FILTER (WHERE purpose = 'returned' AND amount > 0) AS given
                FROM loyalty_entry WHERE purchase_id IS NOT NULL GROUP BY 1, 2
            ) AS posted USING (customer_id, id) LEFT JOIN (
                SELECT customer_id, purchase_id AS id, sum(points_spent) AS spent,
                    sum(points_earned - points_expired - points_missing) AS earned
                FROM loyalty_return GROUP BY 1, 2
            ) AS back USING (customer_id, id)
            WHERE source = 'till'
        ) AS compared
        WHERE (points_earned, points_spent) <> (earned, spent) OR taken > earned
            OR CASE WHEN cancelled
                THEN is_there AND given <> spent OR taken + missing > earned
                ELSE missing > 0 OR given > to_give OR is_there AND given <> to_give
                    OR taken <> to_take END
        """,
    ),
    Invariant(
        "loyalty.purchase-returns",
        _("No more of a line comes back than was bought, and in the end all that it cost."),
        f"""
        SELECT customer_id, purchase_id AS purchase, number, line.quantity, back.quantity AS back
        FROM loyalty_purchaseline AS line JOIN (
            SELECT customer_id, made.purchase_id, part.number, sum(part.quantity) AS quantity,
                {", ".join(f"sum(part.{name}) AS {name}" for name in PARTS)}
            FROM loyalty_returnedline AS part JOIN loyalty_return AS made USING (customer_id)
            WHERE made.id = part.return_id GROUP BY 1, 2, 3
        ) AS back USING (customer_id, purchase_id, number)
        WHERE back.quantity > line.quantity
            OR {" OR ".join(f"back.{name} > line.{name}" for name in PARTS)}
            OR back.quantity = line.quantity
                AND {_row("back", PARTS)} <> {_row("line", PARTS)}
        """,
    ),
    Invariant(
        "loyalty.purchase-return-lines",
        _("A return is the sum of its lines."),
        f"""
        SELECT customer_id, id AS return FROM loyalty_return AS made FULL JOIN (
            SELECT customer_id, return_id AS id, {_sum(PARTS)}
            FROM loyalty_returnedline GROUP BY 1, 2
        ) AS lines USING (customer_id, id)
        WHERE {_row("made", PARTS)} IS DISTINCT FROM {_row("lines", PARTS)}
            OR made.points_expired + made.points_missing > made.points_earned
        """,
    ),
    Invariant(
        "loyalty.purchase-rest",
        _("A return is the rest exactly if nothing is left, and what was cancelled has none."),
        """
        SELECT customer_id, purchase_id AS purchase, rests, bought, back FROM (
            SELECT customer_id, purchase_id, sum(quantity) AS bought FROM loyalty_purchaseline
            GROUP BY 1, 2
        ) AS lines JOIN (
            SELECT customer_id, purchase_id, sum(quantity) AS back,
                count(DISTINCT made.id) FILTER (WHERE is_rest) AS rests
            FROM loyalty_return AS made JOIN loyalty_returnedline AS part USING (customer_id)
            WHERE part.return_id = made.id GROUP BY 1, 2
        ) AS returns USING (customer_id, purchase_id)
        WHERE rests <> (bought = back)::int
            OR EXISTS (SELECT FROM loyalty_purchase AS purchase WHERE cancelled_at IS NOT NULL
                AND (purchase.customer_id, id) = (returns.customer_id, purchase_id))
        """,
    ),
    uses_are_effects("loyalty.purchase-uses-of-discounts", "discount", DISCOUNTS),
    uses_are_effects("loyalty.purchase-uses-of-personal-offers", "personal_offer", TABLES),
    uses_are_somebodys("loyalty.purchase-holds-of-discounts", DISCOUNTS),
    uses_are_somebodys("loyalty.purchase-holds-of-personal-offers", TABLES),
)
