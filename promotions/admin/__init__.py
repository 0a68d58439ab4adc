"""The back-office pages of this room."""

from promotions.admin import catalogue, discounts, personalized
from promotions.admin.try_basket import customer_link

__all__ = ["catalogue", "customer_link", "discounts", "personalized"]
