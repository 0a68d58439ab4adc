"""The back-office pages of this room."""

from customers.admin import api_keys, attributes, audiences, customers, groups, users

__all__ = ["api_keys", "attributes", "audiences", "customers", "groups", "users"]
