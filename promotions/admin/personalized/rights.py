"""Who may do what in this chapter."""

from typing import Any

PERMISSION = "promotions.PersonalizedPromotions"


def may_change_lists(user: Any) -> bool:
    """Lists speak of customers."""
    return bool(user.has_perm(PERMISSION) and user.has_perm("customers.view_customer"))
