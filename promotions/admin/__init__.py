"""The back-office pages of this room."""

from promotions.admin import catalogue

__all__ = ["catalogue"]
