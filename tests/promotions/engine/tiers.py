"""Rules on the receipt that give by what it comes to after line discounts."""

from decimal import Decimal

from promotions.engine import Reason, Tier
from tests.promotions.engine.builders import RECEIPT, amount_off, points


def tiers(**values: str) -> dict[str, object]:
    """On the receipt in euros, `at_1000="10"` and so on."""
    found = [Tier(Decimal(name[3:]), Decimal(value)) for name, value in values.items()]
    return {**RECEIPT, "currency": "EUR", "tiers": tuple(found)}


POINTS = points("0", **tiers(at_1000="10", at_3000="20"))
"""10% points over 1000 and 20% over 3000 (L21)."""
MONEY = amount_off("0", **tiers(at_1800="500", at_3600="1000"))
"""500 off from 1800 and 1000 off from 3600 (L21)."""


def below(threshold: str, found: str) -> tuple[Reason, dict[str, str]]:
    return Reason.BELOW_THRESHOLD, {"threshold": threshold, "found": found}
