"""All invariants of `manage.py verify` that speak of what purchases touch."""

import datetime as dt
from typing import Any

from customers.verification import stated, verify
from tests.factories import NOON

TOUCHED = [
    each
    for each in stated()
    if each.name.startswith(("loyalty.", "promotions.use")) or "use-counters" in each.name
]


def broken(at: dt.datetime = NOON) -> dict[str, Any]:
    """The evidence, by the name of each invariant that does not hold."""
    return {each.invariant.name: each.evidence for each in verify(TOUCHED, at=at) if each.broken}
