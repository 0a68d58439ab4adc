from loyalty.models.batches import Batch
from loyalty.models.events import Event
from loyalty.models.held_quotes import HeldQuote
from loyalty.models.ledger import (
    LOT_DIGITS,
    SUM_DIGITS,
    Account,
    Entry,
    Lot,
    LotUse,
    Purpose,
)
from loyalty.models.offer_counts import OfferCount
from loyalty.models.offer_items import OfferAnswer, OfferItems
from loyalty.models.offer_targets import PersonalOfferTarget
from loyalty.models.offer_texts import PersonalOfferText
from loyalty.models.offer_uses import OfferUse, OfferUseCounter
from loyalty.models.personal_offers import PersonalOffer
from loyalty.models.programme import Programme, programme
from loyalty.models.purchases import Purchase, PurchaseLine
from loyalty.models.returns import Return, ReturnedLine

__all__ = [
    "LOT_DIGITS",
    "SUM_DIGITS",
    "Account",
    "Batch",
    "Entry",
    "Event",
    "HeldQuote",
    "Lot",
    "LotUse",
    "OfferAnswer",
    "OfferCount",
    "OfferItems",
    "OfferUse",
    "OfferUseCounter",
    "PersonalOffer",
    "PersonalOfferTarget",
    "PersonalOfferText",
    "Programme",
    "Purchase",
    "PurchaseLine",
    "Purpose",
    "Return",
    "ReturnedLine",
    "programme",
]
