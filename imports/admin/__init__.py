"""The back-office pages of this room."""

from imports.admin import exports, jobs

__all__ = ["exports", "jobs"]
