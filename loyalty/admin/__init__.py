from loyalty.admin import batches, customer_tab, group_tab, personal_offers, programme, purchases

__all__ = ["batches", "customer_tab", "group_tab", "personal_offers", "programme", "purchases"]
