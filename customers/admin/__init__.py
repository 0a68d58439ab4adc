"""The back-office pages of this room."""

from customers.admin import api_keys, customers, users

__all__ = ["api_keys", "customers", "users"]
