"""What the demo shows: three altshops, and the offers of offers.toml.

Days are counted from the demo's own day, so that the same offers are live, ended or still to
come whenever the demo is set up.
"""

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DemoAltshop:
    key: str
    name: str
    host: str
    zone: str
    locale: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class DemoOffer:
    """One offer; it runs in [starts_in_days, ends_in_days), whole days of the altshop's zone.

    Of a product or category, `object_id` is the shop's own ID in the demo's catalogue.
    """

    key: str
    scene: str
    visible_name: str
    description: str
    validity_text: str
    altshops: tuple[str, ...]
    starts_in_days: int
    ends_in_days: int
    sort_order: int
    link: str
    link_type: str
    object_id: str
    type: str = "online_and_retail"
    assigned_share: float = 0
    audience: str = ""
    is_public: bool = False
    is_active: bool = True

    def validity_on(self, day: dt.date) -> str:
        """The validity text with the first and the last day of the offer written out."""
        first = day + dt.timedelta(days=self.starts_in_days)
        last = day + dt.timedelta(days=self.ends_in_days - 1)
        return self.validity_text.format(first=_written(first), last=_written(last))


def _written(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _offers() -> tuple[DemoOffer, ...]:
    entries = tomllib.loads(Path(__file__).with_name("offers.toml").read_text("utf-8"))
    return tuple(
        DemoOffer(**entry | {"altshops": tuple(entry["altshops"])}) for entry in entries["offer"]
    )


ALTSHOPS = (
    DemoAltshop(
        "harbour-market", "Harbour Market", "harbour.localhost", "Europe/Warsaw", "pl", "PLN"
    ),
    DemoAltshop("north-outdoor", "North Outdoor", "north.localhost", "Europe/London", "en", "GBP"),
    DemoAltshop("bloom-beauty", "Bloom Beauty", "bloom.localhost", "Europe/Kyiv", "en", "UAH"),
)
OFFERS = _offers()
