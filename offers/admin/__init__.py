"""The back-office of private offers: a module a page."""

from offers.admin import audience_uses, catalogue_uses, customer_page
from offers.admin.altshops import AltShopAdmin
from offers.admin.gallery import ImageAdmin
from offers.admin.private_offers import PrivateOfferAdmin

__all__ = [
    "AltShopAdmin",
    "ImageAdmin",
    "PrivateOfferAdmin",
    "audience_uses",
    "catalogue_uses",
    "customer_page",
]
