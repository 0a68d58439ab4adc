"""The back-office of the catalogue: a module a page."""

from promotions.admin.catalogue import categories, points_of_sale, product_groups, products

__all__ = ["categories", "points_of_sale", "product_groups", "products"]
