"""Where uses of personal offers are counted."""

from loyalty.models.personal_offers import TABLES
from promotions.limits import Limited

PERSONAL_OFFERS = Limited(*TABLES)
