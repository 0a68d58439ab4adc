"""The back-office of discounts: pages.py is the list and the form, form.py what is filled in."""

from promotions.admin.discounts import audience_uses
from promotions.admin.discounts.pages import DiscountAdmin

__all__ = ["DiscountAdmin", "audience_uses"]
