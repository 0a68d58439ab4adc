from loyalty.models.batches import Batch
from loyalty.models.ledger import Account, Entry, Lot, LotUse, Purpose

__all__ = ["Account", "Batch", "Entry", "Lot", "LotUse", "Purpose"]
