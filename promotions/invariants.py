"""What must always be true of the catalogue, and of the uses of discounts (P14)."""

from django.utils.translation import gettext_lazy as _

from customers.verification import Invariant, state
from promotions.models.counting import counted

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
        "promotions.use-counters",
        _("The counters of a discount's limits are its uses."),
        f"""
        SELECT customer_id, discount_id, period, since, counter.used, counter.spent,
            counted.used AS uses, counted.spent AS given
        FROM promotions_usecounter AS counter FULL JOIN (
            SELECT counted.* FROM promotions_discount AS discount
            CROSS JOIN LATERAL ({counted("discount")}) AS counted
        ) AS counted USING (customer_id, discount_id, period, since)
        WHERE coalesce(counter.used, 0) <> coalesce(counted.used, 0)
            OR coalesce(counter.spent, 0) <> coalesce(counted.spent, 0)
        """,
    ),
)
