from offers.models.altshops import AltShop
from offers.models.assignments import Assignment
from offers.models.gallery import Image
from offers.models.private_offers import PrivateOffer, PrivateOfferAltShop
from offers.models.showcase import ShowcaseVersion
from offers.models.targets import PrivateOfferAudience, PrivateOfferGroup
from offers.models.visibility import Status

__all__ = [
    "AltShop",
    "Assignment",
    "Image",
    "PrivateOffer",
    "PrivateOfferAltShop",
    "PrivateOfferAudience",
    "PrivateOfferGroup",
    "ShowcaseVersion",
    "Status",
]
