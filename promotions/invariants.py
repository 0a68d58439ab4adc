"""What must always be true of the catalogue, of personalized lists, and of uses (P14)."""

from django.utils.translation import gettext_lazy as _

from customers.verification import Invariant, state
from imports.resources import Text
from promotions.models.counting import DISCOUNTS, Tables, counted

# Rows of what was deleted are swept every night; nothing reads them before.
LISTED = (
    "promotions_listedproduct AS listed"
    " JOIN promotions_product AS product ON product.id = listed.product_id"
    " JOIN promotions_personalizedpromotion AS promotion ON promotion.id = listed.promotion_id"
    " JOIN customers_customer AS customer ON customer.id = listed.customer_id"
)


def counters_are_uses(name: str, title: Text, tables: Tables) -> Invariant:
    """Of one kind of offers with limits."""
    return Invariant(
        name,
        title,
        f"""
        SELECT customer_id, {tables.column}, period, since, counter.used, counter.spent,
            counted.used AS uses, counted.spent AS given
        FROM {tables.counters} AS counter FULL JOIN (
            SELECT counted.* FROM {tables.offers} AS offer
            CROSS JOIN LATERAL ({counted("offer", tables)}) AS counted
        ) AS counted USING (customer_id, {tables.column}, period, since)
        WHERE coalesce(counter.used, 0) <> coalesce(counted.used, 0)
            OR coalesce(counter.spent, 0) <> coalesce(counted.spent, 0)
        """,
    )


state(
    Invariant(
        "promotions.categories-are-a-tree",
        _("Every category is at the top or below one that is: none is below itself."),
        """
        WITH RECURSIVE reached (id) AS (
            SELECT id FROM promotions_category WHERE parent_id IS NULL
            UNION ALL
            SELECT category.id
            FROM reached JOIN promotions_category AS category ON category.parent_id = reached.id
        )
        SELECT id AS category_id, parent_id FROM promotions_category
        WHERE id NOT IN (SELECT id FROM reached)
        """,
    ),
    Invariant(
        "promotions.members-are-products",
        _("What is in a product group, or has a barcode, is a product."),
        """
        SELECT product_id, kind FROM (
            SELECT product_id, 'member' AS kind FROM promotions_productgroupmember
            UNION ALL SELECT product_id, 'barcode' FROM promotions_barcode
        ) AS named
        WHERE NOT EXISTS (SELECT FROM promotions_product WHERE id = product_id)
        """,
    ),
    Invariant(
        "promotions.chosen-was-saved",
        _("Whoever has chosen products of a list has saved a choice."),
        f"""
        SELECT DISTINCT listed.customer_id, listed.promotion_id FROM {LISTED}
        WHERE listed.is_chosen AND NOT EXISTS (
            SELECT FROM promotions_choice AS choice
            WHERE choice.customer_id = listed.customer_id
            AND choice.promotion_id = listed.promotion_id)
        """,
    ),
    Invariant(
        "promotions.chosen-within-maximum",
        _("Nobody has chosen more products than their promotion ever allowed."),
        # A maximum may be lowered later: its history says what it was when they chose.
        f"""
        SELECT listed.customer_id, listed.promotion_id, count(*) AS chosen
        FROM {LISTED} JOIN (
            SELECT pgh_obj_id AS promotion_id, max(coalesce(max_products, 2147483647)) AS maximum
            FROM promotions_personalizedpromotionevent GROUP BY 1
        ) AS ever ON ever.promotion_id = listed.promotion_id
        WHERE listed.is_chosen GROUP BY 1, 2, ever.maximum HAVING count(*) > ever.maximum
        """,
    ),
    Invariant(
        "promotions.lists-are-of-customers",
        _("Nobody who only has an address has a list."),
        """
        SELECT DISTINCT listed.customer_id, listed.promotion_id
        FROM promotions_listedproduct AS listed
        JOIN customers_customer AS customer ON customer.id = listed.customer_id
        WHERE customer.is_prospect
        """,
    ),
    counters_are_uses(
        "promotions.use-counters", _("The counters of a discount's limits are its uses."), DISCOUNTS
    ),
)
