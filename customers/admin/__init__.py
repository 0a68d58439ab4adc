"""The back-office pages of this room."""

from customers.admin import (
    api_keys,
    attributes,
    audiences,
    belonging,
    customers,
    groups,
    history,
    users,
)

__all__ = [
    "api_keys",
    "attributes",
    "audiences",
    "belonging",
    "customers",
    "groups",
    "history",
    "users",
]
