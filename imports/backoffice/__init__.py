"""What every page of the back-office is built on, whichever room it belongs to."""

from imports.backoffice.admin import BackofficeAdmin

__all__ = ["BackofficeAdmin"]
