"""What the demo knows of its customers, and whom it describes by it (L3, L4, L7)."""

from typing import Any

from customers.models import AttributeDefinition, AttributeType, Audience

# Cities and districts; the more often one is here, the more people live there.
DISTRICTS = [
    ("Warszawa", "Mokotów"),
    ("Warszawa", "Wola"),
    ("Warszawa", "Praga"),
    ("Kraków", "Kazimierz"),
    ("Kraków", "Podgórze"),
    ("London", "Camden"),
    ("London", "Hackney"),
    ("Львів", "Sovetsky"),
    ("Київ", "Sovetsky"),
    ("Київ", "Podil"),
    ("Київ", "Obolon"),
]
CARS = ["Audi", "BMW", "Fiat", "Ford", "Kia", "Škoda", "Toyota", "Volkswagen"]
STORES = ["Centrum", "Galeria", "High Street", "Market Square", "Riverside", "Sovetsky", "Vokzalna"]
TIERS = ["bronze"] * 8 + ["silver"] * 5 + ["gold"] * 2 + ["platinum"]

Definition = tuple[str, str, AttributeType, list[str]]

ATTRIBUTES: list[Definition] = [
    ("gender", "Gender", AttributeType.CHOICE, ["female", "male", "other"]),
    ("city", "City", AttributeType.TEXT, []),
    ("district", "District", AttributeType.CHOICE, sorted({name for _, name in DISTRICTS})),
    ("accepts_marketing", "Accepts marketing", AttributeType.YES_NO, []),
    ("children_birth_dates", "Children's birth dates", AttributeType.DATES, []),
    ("cars", "Cars", AttributeType.CHOICES, CARS),
    ("employee", "Employee", AttributeType.YES_NO, []),
    ("loyalty_tier", "Loyalty tier", AttributeType.CHOICE, list(dict.fromkeys(TIERS))),
    ("favourite_store", "Favourite store", AttributeType.CHOICE, STORES),
    ("visits_last_month", "Visits last month", AttributeType.NUMBER, []),
    ("last_purchase", "Last purchase", AttributeType.DATE, []),
]

BORN_IN_FEBRUARY = {"field": "birth_date", "is": "month_in", "value": [2]}
SOVETSKY = {"field": "district", "is": "equals_any", "value": ["Sovetsky"]}
HAS_CHILDREN = {"not": {"field": "children_birth_dates", "is": "is_empty"}}
HAS_CAR = {"not": {"field": "cars", "is": "is_empty"}}

AUDIENCES: dict[str, tuple[str, Any]] = {
    "Born in February": ("Birthday cakes are for them.", BORN_IN_FEBRUARY),
    "Birthday in the next seven days": (
        "A greeting that comes in time.",
        {"field": "birth_date", "is": "anniversary_within_next_days", "value": 7},
    ),
    "Parents": ("Anybody with a child on record.", HAS_CHILDREN),
    "Parents of children under 1": (
        "For everything a baby needs.",
        {"field": "children_birth_dates", "is": "any_younger_than", "value": 1},
    ),
    "Residents of Sovetsky district": ("Neighbours of the Sovetsky supermarket.", SOVETSKY),
    "Car owners": ("For the car care shelf.", HAS_CAR),
    "Sovetsky families with a car": (
        "Residents who have both children and a car.",
        {"all": [SOVETSKY, HAS_CHILDREN, HAS_CAR]},
    ),
    "Gold and platinum who may be written to": (
        "The best customers, among those who accept marketing.",
        {
            "all": [
                {"field": "loyalty_tier", "is": "equals_any", "value": ["gold", "platinum"]},
                {"field": "accepts_marketing", "is": "is_yes"},
            ]
        },
    ),
}


def load_attributes() -> None:
    AttributeDefinition.objects.bulk_create(
        [
            AttributeDefinition(key=key, label=label, type=type, choices=choices)
            for key, label, type, choices in ATTRIBUTES
        ],
        ignore_conflicts=True,
    )


def load_audiences() -> None:
    Audience.objects.bulk_create(
        [
            Audience(name=name, description=description, conditions=_in_a_group(conditions))
            for name, (description, conditions) in AUDIENCES.items()
        ],
        ignore_conflicts=True,
    )


def _in_a_group(conditions: Any) -> Any:
    """As the builder writes them: its outermost box joins conditions."""
    return conditions if {"all", "any"} & conditions.keys() else {"all": [conditions]}
