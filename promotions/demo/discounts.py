"""Discounts of the demo: each way in which they can be set up, most of them live."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from customers.models import Audience
from promotions.composing import store
from promotions.composition import Aims, Composition, ConditionPart, Goods, SetPart
from promotions.models import (
    Category,
    Condition,
    Discount,
    PointOfSale,
    Product,
    ProductGroup,
    ProductSet,
)

LIVE = (-20, 60)
POLAND = ("P2", "harbour-market")
BRITAIN = ("P3", "north-outdoor")
UKRAINE = ("P4", "bloom-beauty")
SCHOOL, ROAD = "All for School", "On the road"


@dataclass(frozen=True)
class Entry:
    """`goods`, `places` and `audiences` are IDs, keys and names; `days` from now on it runs."""

    fields: dict[str, Any]
    goods: tuple[str, ...] = ()
    sets: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = ()
    conditions: tuple[dict[str, Any], ...] = ()
    places: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    zone: str = "Europe/Warsaw"
    days: tuple[int, int] = LIVE


def percent(name: str, value: int, **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": "percentage", "value": value, **more}


def money(name: str, kind: str, value: str, currency: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, "value": value, "currency": currency, **more}


ENTRIES = [
    Entry(
        percent("30% off birthday cakes for February's children", 30),
        goods=("birthday-cakes",),
        audiences=("Born in February",),
    ),
    Entry(
        percent("Happy hour for coffee", 20, stacking="combines"),
        goods=("coffee",),
        conditions=(
            {
                "kind": "times",
                "days": [0, 1, 2, 3, 4],
                "begin": dt.time(15),
                "end": dt.time(17),
            },
        ),
        places=("P2",),
    ),
    Entry(
        money(
            "20 PLN off from 150 PLN",
            "amount",
            "20",
            "PLN",
            scope="receipt",
            stacking="combines",
            most_uses=500,
            most_a_week=1,
            budget=5000,
        ),
        conditions=({"kind": "order_amount", "minimum": 150},),
        places=POLAND,
    ),
    Entry(
        percent("Three for two on stationery", 100, uses=None),
        sets=(({"name": "Stationery", "required": 3, "gets_discount": True}, ("stationery",)),),
    ),
    Entry(
        percent("A tent, and half price on camping things", 50, uses=3),
        sets=(
            ({"name": "A family tent", "required": 1}, ("family-tents",)),
            ({"name": "Camping things", "gets_discount": True, "discounted": 2}, ("camping",)),
        ),
        places=BRITAIN,
        zone="Europe/London",
    ),
    Entry(
        money("Lipstick for 249 UAH", "fixed_price", "249", "UAH", units=2, priority=50),
        goods=("LIP-6001", "LIP-6002"),
        places=UKRAINE,
        zone="Europe/Kyiv",
    ),
    Entry(
        percent("15% off for drivers", 15, stacking="combines"),
        goods=(ROAD,),
        audiences=("Car owners",),
    ),
    Entry(
        percent("35% off the bicycle, and nothing else", 35, stacking="alone"),
        goods=("bicycles",),
        places=BRITAIN,
        zone="Europe/London",
    ),
    Entry(
        percent("Evenings and neighbours", 10, scope="lines", match="one"),
        goods=("fruit-vegetables",),
        conditions=(
            {"kind": "times", "begin": dt.time(19), "end": dt.time(22)},
            {"kind": "audiences", "audiences": ("Residents of Sovetsky district",)},
        ),
        places=("P1",),
        zone="Europe/Kyiv",
    ),
    Entry(
        percent("5% off the whole receipt", 5, scope="receipt", priority=200),
        days=(10, 40),
    ),
    Entry(
        percent("All for School, 20% off", 20),
        goods=(SCHOOL,),
        days=(-90, -60),
    ),
]


def load_discounts(*, at: dt.datetime) -> None:
    """All of ENTRIES; the catalogue and the audiences are there already."""
    for entry in ENTRIES:
        store(_composition(entry, at.replace(minute=0, second=0, microsecond=0)))


def _composition(entry: Entry, at: dt.datetime) -> Composition:
    begin, end = (at + dt.timedelta(days=number) for number in entry.days)
    action = Discount.Action.PRODUCT_SETS if entry.sets else Discount.Action.PRODUCTS
    discount = Discount(
        start=begin,
        end=end,
        time_zone=entry.zone,
        action=action,
        everything=not entry.goods and not entry.sets,
        **entry.fields,
    )
    return Composition(
        discount,
        goods_named(entry.goods),
        Aims(
            tuple(PointOfSale.objects.filter(key__in=entry.places)),
            (),
            audiences_named(entry.audiences),
        ),
        tuple(SetPart(ProductSet(**fields), goods_named(named)) for fields, named in entry.sets),
        tuple(_condition(fields) for fields in entry.conditions),
    )


def goods_named(named: Iterable[str]) -> Goods:
    """IDs of products and categories, and names of product groups."""
    return Goods(
        products=tuple(Product.objects.filter(external_id__in=named)),
        categories=tuple(Category.objects.filter(external_id__in=named)),
        groups=tuple(ProductGroup.objects.filter(name__in=named)),
    )


def _condition(fields: dict[str, Any]) -> ConditionPart:
    own = {name: value for name, value in fields.items() if name != "audiences"}
    return ConditionPart(
        Condition(**own), aims=Aims(audiences=audiences_named(fields.get("audiences", ())))
    )


def audiences_named(audiences: Iterable[str]) -> tuple[Audience, ...]:
    """By their names."""
    return tuple(Audience.objects.filter(name__in=audiences))
