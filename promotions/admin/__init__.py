"""The back-office pages of this room."""

from promotions.admin import catalogue, discounts, personalized

__all__ = ["catalogue", "discounts", "personalized"]
