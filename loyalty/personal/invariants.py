"""What must be true of personal offers (L9, L14, L20)."""

from django.utils.translation import gettext_lazy as _

from customers.verification import Invariant, state
from loyalty.models.personal_offers import TABLES
from promotions.invariants import counters_are_uses

# As jsonb, in the form of items.py; what an item lacks at its end is null.
ITEMS = """
    loyalty_offeritems AS stored CROSS JOIN LATERAL jsonb_array_elements(
        CASE WHEN jsonb_typeof(stored.items) = 'array' THEN stored.items ELSE '[]' END
    ) WITH ORDINALITY AS listed (item, place)
"""


def _number(place: int) -> str:
    """SQL of a cell that is a number, else null."""
    return (
        f"CASE WHEN jsonb_typeof(item -> {place}) = 'number' THEN (item ->> {place})::numeric END"
    )


state(
    Invariant(
        "loyalty.offer-items-are-read",
        _("Customers' items of personal offers can be read."),
        f"""
        SELECT customer_id, offer_id, NULL::bigint AS place FROM loyalty_offeritems
        WHERE jsonb_typeof(items) <> 'array' OR items = '[]'
        UNION ALL
        SELECT customer_id, offer_id, place FROM {ITEMS} WHERE NOT (
            jsonb_typeof(item) = 'array' AND jsonb_array_length(item) BETWEEN 1 AND 6
            AND jsonb_typeof(item -> 0) = 'number'
            AND coalesce(item ->> 1 IN ('d', 'p'), true)
            AND coalesce(item ->> 2 IN ('%%', 'a'), true)
            AND coalesce({_number(3)} >= 0, true)
            AND coalesce({_number(4)} < {_number(5)}, true))
        """,
    ),
    Invariant(
        "loyalty.offer-thresholds-rise",
        _("Thresholds of receipt amounts rise."),
        f"""
        SELECT customer_id, offer_id, place FROM (
            SELECT customer_id, offer_id, place, {_number(0)} AS threshold,
                lag({_number(0)}) OVER (
                    PARTITION BY customer_id, offer_id ORDER BY place) AS before
            FROM {ITEMS} WHERE offer_id IN (
                SELECT id FROM loyalty_personaloffer WHERE mechanic = 'receipt_amount')
        ) AS ladder WHERE threshold <= before
        """,
    ),
    Invariant(
        "loyalty.offer-answers-are-to-items",
        _("Answers to products are to products that the customer has of the offer."),
        """
        SELECT customer_id, offer_id, item FROM loyalty_offeranswer AS answer WHERE item <> 0
        AND EXISTS (SELECT FROM loyalty_personaloffer WHERE id = answer.offer_id)
        AND NOT EXISTS (
            SELECT FROM loyalty_offeritems AS stored,
                jsonb_array_elements(stored.items) AS listed (item)
            WHERE (stored.customer_id, stored.offer_id) = (answer.customer_id, answer.offer_id)
            AND listed.item ->> 0 = answer.item::text)
        """,
    ),
    Invariant(
        "loyalty.offer-items-are-of-customers",
        _("Nobody who only has an address has items of a personal offer."),
        """
        SELECT stored.customer_id, offer_id FROM loyalty_offeritems AS stored
        JOIN customers_customer AS customer ON customer.id = stored.customer_id
        WHERE customer.is_prospect
        """,
    ),
    counters_are_uses(
        "loyalty.offer-use-counters",
        _("The counters of a personal offer's limits are its uses."),
        TABLES,
    ),
)
