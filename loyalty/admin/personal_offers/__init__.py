"""The back-office of personal offers: pages.py is the list and the form, form.py what is filled in.

items_tab.py looks one customer's items up; customer_tab.py is their part of a customer's page,
basket_kind.py their words in *Try a basket*.
"""

from loyalty.admin.personal_offers import basket_kind, customer_tab
from loyalty.admin.personal_offers.pages import PersonalOfferAdmin
from loyalty.personal import uses

__all__ = ["PersonalOfferAdmin", "basket_kind", "customer_tab", "uses"]
