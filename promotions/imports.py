"""Registers what can be imported and exported of this room."""

from promotions.catalogue import category_imports, group_imports, product_imports  # noqa: F401
from promotions.personal import imports as of_lists  # noqa: F401
