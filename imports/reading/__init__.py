"""From an uploaded file of unknown kind to a stream of rows; knows nothing of models."""

from .batches import Batch, Limits, Opened, Reason
from .encodings import ENCODINGS
from .errors import UnreadableFile
from .opening import open_rows

__all__ = ["ENCODINGS", "Batch", "Limits", "Opened", "Reason", "UnreadableFile", "open_rows"]
