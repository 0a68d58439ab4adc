"""From an uploaded file of unknown kind to a stream of rows; knows nothing of models."""

from .batches import AnyBatch, Batch, Limits, Opened, PlainBatch, Reason
from .encodings import ENCODINGS
from .errors import UnreadableFile
from .opening import open_rows

__all__ = [
    "ENCODINGS",
    "AnyBatch",
    "Batch",
    "Limits",
    "Opened",
    "PlainBatch",
    "Reason",
    "UnreadableFile",
    "open_rows",
]
