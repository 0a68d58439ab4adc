"""The back-office pages of this room."""

from customers.admin import customers

__all__ = ["customers"]
