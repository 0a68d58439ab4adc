"""Customers and conditions of all kinds, with a liking for the edges."""

import datetime as dt
import random
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from hypothesis import strategies as st

from customers.audiences.facts import COLUMNS, Facts
from customers.audiences.fields import ConditionField
from customers.models import Customer, GroupMember
from customers.planned import PlannedCursor
from tests.factories import make_attribute, make_group, make_user

TEXTS = ["Audi", "audi", "İzmir", "ΣΑΣ", "Straße", "100%", "a_b", "O'Neil", '"x"', "\\", "a b", "ß"]
TYPED = {
    "email": ["Person1@Example.com", "person2@example.com", " PERSON3@EXAMPLE.COM", "p@żółw.pl"],
    "phone": ["+48 500 111 000", "48500111001", "+48 (500) 111-002", "+44 20 7946 0958"],
}
CHOICES = ["red", "Green", "blue 'n' \"x\"", "żółty"]
DATES = [
    dt.date(1900, 1, 1),
    dt.date(1988, 2, 29),
    dt.date(1990, 2, 14),
    dt.date(2000, 2, 28),
    dt.date(2000, 2, 29),
    dt.date(2000, 3, 1),
    dt.date(2019, 12, 31),
    dt.date(2020, 1, 1),
    dt.date(2023, 2, 28),
    dt.date(2024, 2, 28),
    dt.date(2024, 2, 29),
    dt.date(2024, 3, 1),
    dt.date(2025, 6, 30),
    dt.date(2199, 12, 31),
]
NUMBERS = [0, -1, 1, 2.5, -0.000001, 0.1, 12.1, 100, 999999999999999, 123456789.123456]
MOMENTS = [
    dt.datetime(2024, 2, 28, 23, 30, tzinfo=dt.UTC),
    dt.datetime(2024, 3, 1, 3, 59, 59, 999999, tzinfo=dt.UTC),
    dt.datetime(2024, 3, 1, 4, 0, tzinfo=dt.UTC),
    dt.datetime(2023, 3, 26, 0, 59, tzinfo=dt.UTC),
    dt.datetime(2011, 12, 30, 10, 0, tzinfo=dt.UTC),
    dt.datetime(2020, 10, 25, 0, 30, tzinfo=dt.UTC),
]
ZONES = [
    dt.UTC,
    ZoneInfo("Europe/Warsaw"),
    ZoneInfo("Pacific/Apia"),
    ZoneInfo("America/Havana"),
    ZoneInfo("America/Sao_Paulo"),
    dt.timezone(dt.timedelta(hours=5, minutes=45)),
]
TYPES = ["text", "number", "date", "yes_no", "choice", "dates", "choices"]
STANDARD = {
    "gender": "choice",
    "city": "text",
    "district": "choice",
    "accepts_marketing": "yes_no",
    "children_birth_dates": "dates",
    "cars": "choices",
    "employee": "yes_no",
}


def define_fields() -> None:
    """Every standard attribute, and one of its own of every type."""
    for key, type_ in [*STANDARD.items(), *((f"own_{type_}", type_) for type_ in TYPES)]:
        make_attribute(key, type_, choices=CHOICES if type_ in ("choice", "choices") else [])


def make_people(number: int, seed: int) -> list[Customer]:
    """As many customers, some of whom have nothing, some signed in, some in three groups."""
    rng = random.Random(seed)
    people = [Customer(email=f"person{n}@example.com", **_values(rng)) for n in range(number)]
    for person in people[::10]:
        person.user = make_user()
    for n, person in enumerate(people[::3]):
        person.phone = f"48500111{n:03}"
    people = Customer.objects.bulk_create(people)
    for person in people:
        Customer.objects.filter(pk=person.pk).update(created_at=rng.choice(MOMENTS))
    groups = [make_group() for _ in range(3)]
    GroupMember.objects.bulk_create(
        [GroupMember(customer=p, group=g) for p in people for g in groups if rng.random() < 0.3]
    )
    return people


def _values(rng: random.Random) -> dict[str, Any]:
    own = {f"own_{type_}": _value(type_, rng) for type_ in TYPES}
    values = {key: _value(type_, rng) for key, type_ in STANDARD.items()}
    return {
        **values,
        "first_name": rng.choice([*TEXTS, ""]),
        "birth_date": _value("date", rng),
        "attributes": {key: _json(value) for key, value in own.items() if value is not None},
    }


def _value(type_: str, rng: random.Random) -> Any:
    if rng.random() < 0.2:
        return None
    several = range(rng.randint(0, 3))
    match type_:
        case "text":
            return rng.choice(TEXTS)
        case "number":
            return rng.choice(NUMBERS)
        case "date":
            return rng.choice(DATES)
        case "yes_no":
            return rng.random() < 0.5
        case "choice":
            return rng.choice(CHOICES)
        case "dates":
            return sorted({rng.choice(DATES) for _ in several})
    return sorted({rng.choice(CHOICES) for _ in several}, key=CHOICES.index)


def _json(value: Any) -> Any:
    if isinstance(value, list):
        return [_json(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def facts_by_id() -> dict[int, Facts]:
    """Of all customers."""
    connection.ensure_connection()
    cursor = PlannedCursor(connection.connection)
    cursor.execute(f"SELECT id, {COLUMNS} FROM customers_customer AS customer")
    return {row[0]: Facts(row[1:]) for row in cursor.fetchall()}


DAYS = st.sampled_from(DATES) | st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
MOMENT = st.builds(
    lambda day, hour, zone: dt.datetime(day.year, day.month, day.day, hour, tzinfo=zone),
    st.sampled_from(DATES[6:-1]),
    st.integers(0, 23),
    st.sampled_from(ZONES),
)


def _pair(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, min_size=2, max_size=2).map(sorted)


def _several(values: Iterable[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(list(values)), min_size=1, max_size=12)


def value_of(kind: str, field: ConditionField) -> st.SearchStrategy[Any]:
    """Values that an operator with this kind of value takes, asked of that field."""
    years, days = st.integers(0, 130), st.integers(0, 400) | st.just(36_500)
    numbers, iso = st.sampled_from(NUMBERS), DAYS.map(str)
    return {
        "none": st.none(),
        "text": st.sampled_from([*TEXTS, "a", "s", "PER", "+48 500", "1-0"]),
        "texts": _several(TYPED.get(field.key, TEXTS)),
        "number": numbers,
        "number_pair": _pair(numbers),
        "days": days,
        "years": years,
        "years_pair": _pair(years),
        "date_pair": _pair(iso),
        "months": st.lists(st.integers(1, 12), min_size=1, max_size=4),
        "choices": _several(field.options or ["none"]),
        "groups": _several(field.options or [0]),
    }[kind]
