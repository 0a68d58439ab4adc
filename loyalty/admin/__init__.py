from loyalty.admin import batches, customer_tab, group_tab

__all__ = ["batches", "customer_tab", "group_tab"]
