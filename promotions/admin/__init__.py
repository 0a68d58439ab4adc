"""The back-office pages of this room."""

from promotions.admin import catalogue, personalized, discounts

__all__ = ["catalogue", "discounts"]
