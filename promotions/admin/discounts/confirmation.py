"""Warnings that were shown and are saved nevertheless."""

import json
from collections.abc import Iterable

from django.core.signing import Signer

from promotions.warnings import Warning

CONFIRMATION = "confirmation"
"""Sent along by "Save anyway"; no field, as whatever else is sent confirms nothing."""


def seal(warnings: Iterable[Warning]) -> str:
    """Stands for these warnings: others must be shown again."""
    told = json.dumps([(warning.kind, str(warning.message)) for warning in warnings])
    return Signer(salt="offer-warnings").signature(told)
