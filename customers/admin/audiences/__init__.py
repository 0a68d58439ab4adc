"""The back-office pages of audiences."""

from customers.admin.audiences.pages import AudienceAdmin

__all__ = ["AudienceAdmin"]
