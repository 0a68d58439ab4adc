"""Registers what can be imported, exported and done in bulk of this room."""

from loyalty import group_cashback  # noqa: F401
from loyalty.personal import imports as of_items  # noqa: F401
from loyalty.purchases import imports as of_receipts  # noqa: F401
