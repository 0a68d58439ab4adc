"""The back-office of personalized promotions: their list and form, and customers' lists."""

from promotions.admin.personalized import customer_tab, promotions

__all__ = ["customer_tab", "promotions"]
