"""The back-office pages of this room."""

from customers.admin import customers, users

__all__ = ["customers", "users"]
