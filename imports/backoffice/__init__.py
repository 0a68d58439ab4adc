"""What every page of the back-office is built on, whichever room it belongs to."""

from imports.backoffice.admin import BackofficeAdmin
from imports.backoffice.tabs import Tab, TabbedAdmin

__all__ = ["BackofficeAdmin", "Tab", "TabbedAdmin"]
