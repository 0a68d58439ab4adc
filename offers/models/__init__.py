from offers.models.altshops import AltShop
from offers.models.gallery import Image
from offers.models.private_offers import Assignment, PrivateOffer, PrivateOfferAltShop, Status
from offers.models.showcase import ShowcaseVersion

__all__ = [
    "AltShop",
    "Assignment",
    "Image",
    "PrivateOffer",
    "PrivateOfferAltShop",
    "ShowcaseVersion",
    "Status",
]
