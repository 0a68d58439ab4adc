"""What must always be true of the uses of discounts (P14)."""

from django.utils.translation import gettext_lazy as _

from customers.verification import Invariant, state
from promotions.models.counting import counted

state(
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
