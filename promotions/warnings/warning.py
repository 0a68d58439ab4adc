from dataclasses import dataclass
from enum import StrEnum

from imports.resources import Text
from promotions.margins import Worst


class Kind(StrEnum):
    FILLING = "filling"
    CONTRADICTION = "contradiction"
    LIMIT = "limit"
    MARGIN = "margin"


@dataclass(frozen=True)
class Warning:
    kind: Kind
    message: Text
    worst: Worst | None = None
    """Of MARGIN, the basket that does it."""
