"""Set up an offer, upload items, and ask the till what one piece of each costs or earns."""

import datetime as dt
from decimal import Decimal

from loyalty.models import PersonalOffer
from tests.factories import make_audience
from tests.loyalty.api.tills import PATH
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.personal.item_files import run

ANN, BOB = "ann@example.com", "bob@example.com"
YEAR = {"start": "2025-01-01T00:00Z", "end": "2026-01-01T00:00Z", "time_zone": "Europe/Warsaw"}


def noon(month: int, day: int) -> dt.datetime:
    """Of a year that is over: nothing is bought in the future."""
    return dt.datetime(2025, month, day, 12, tzinfo=dt.UTC)


def off(till, customer, at, *goods, **more) -> Decimal:
    return Decimal(till(PATH, customer, at, *goods, **more)["discount"])


def earned(till, customer, at, *goods, **more) -> Decimal:
    return Decimal(till(PATH, customer, at, *goods, **more)["points_earned"])


def for_audience(conditions, **fields) -> PersonalOffer:
    offer = make_personal_offer(**YEAR | {"all_customers": False, "everything": False, **fields})
    offer.targets.create(audience=make_audience({"all": [conditions]}))
    return offer


def uploaded(*lines: str) -> None:
    job = run(*lines)
    assert job.rejected == 0, job.reasons
