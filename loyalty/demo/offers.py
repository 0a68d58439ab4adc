"""Personal offers of the demo: every kind that there is, in a shop's own words."""

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from loyalty.models import PersonalOffer, PersonalOfferText
from loyalty.personal.composition import Composition, store
from offers.demo.catalog import ALTSHOPS
from offers.gallery import keep
from offers.models import Image
from promotions.composition import Aims
from promotions.demo.discounts import audiences_named, goods_named
from promotions.demo.motifs import draw
from promotions.models import PointOfSale
from promotions.pictures import Prepared, prepare

Entry = dict[str, Any]

NOT_FIELDS = {"goods", "places", "audiences", "runs", "picture", "phone_picture", "pl"}
SIZE = (1200, 800)
# Pictures that no private offer has, by title: the motif and its colour.
DRAWN = {"Handbag": ("handbag", "#8a4b32"), "Building blocks": ("blocks", "#4d96d9")}


def load_personal_offers(*, at: dt.datetime) -> None:
    """All of offers.toml; the catalogue, the audiences and the gallery are there already."""
    for title, motif in DRAWN.items():
        keep(title=title, prepared=_drawn(*motif))
    for place, entry in enumerate(_entries(), 1):
        store(_composition(entry, at, sort_order=10 * place))


def midnight(at: dt.datetime, zone: ZoneInfo, days: int) -> dt.datetime:
    """The beginning of the day so many days after that of `at`, in this zone."""
    day = at.astimezone(zone).date() + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(), zone)


@cache
def _entries() -> list[Entry]:
    entries = tomllib.loads(Path(__file__).with_name("offers.toml").read_text("utf-8"))
    return list(entries["offer"])


@cache
def _drawn(motif: str, colour: str) -> Prepared:
    return prepare(draw(motif, colour, SIZE).image)


def _composition(entry: Entry, at: dt.datetime, *, sort_order: int) -> Composition:
    fields = {name: value for name, value in entry.items() if name not in NOT_FIELDS}
    offer = PersonalOffer(sort_order=sort_order, time_zone=ALTSHOPS[0].zone, **fields)
    offer.start, offer.end = (midnight(at, offer.zone, days) for days in entry["runs"])
    offer.picture = Image.objects.get(title=entry["picture"])
    if "phone_picture" in entry:
        offer.phone_picture = Image.objects.get(title=entry["phone_picture"])
    offer.full_clean()
    return Composition(
        offer,
        goods_named(entry.get("goods", ())),
        Aims(
            points_of_sale=tuple(PointOfSale.objects.filter(key__in=entry.get("places", ()))),
            audiences=audiences_named(entry.get("audiences", ())),
        ),
        {"pl": PersonalOfferText(language="pl", **entry["pl"])} if "pl" in entry else {},
    )
