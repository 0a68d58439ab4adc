from loyalty.admin.purchases import customer_tab

__all__ = ["customer_tab"]
