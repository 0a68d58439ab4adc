from loyalty.models.batches import Batch
from loyalty.models.ledger import (
    LOT_DIGITS,
    SUM_DIGITS,
    Account,
    Entry,
    Lot,
    LotUse,
    Purpose,
)

__all__ = [
    "LOT_DIGITS",
    "SUM_DIGITS",
    "Account",
    "Batch",
    "Entry",
    "Lot",
    "LotUse",
    "Purpose",
]
