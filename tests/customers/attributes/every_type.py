"""Attributes of every type, and what is known of a customer who has them all."""

import datetime as dt

from customers.attributes.fields import Field, defined
from customers.attributes.values import Value, read, values_of
from customers.models import Customer

CARS = ["Audi", "Fiat", "Škoda 120", "Audi A4"]
TYPES = {
    "gender": ("choice", ["female", "male"]),
    "city": ("text", []),
    "accepts_marketing": ("yes_no", []),
    "children_birth_dates": ("dates", []),
    "cars": ("choices", CARS),
    "nickname": ("text", []),
    "shoe_size": ("number", []),
    "married_on": ("date", []),
    "has_dog": ("yes_no", []),
    "order": ("choice", ["first", "second"]),
    "visits": ("dates", []),
    "select": ("choices", CARS),
}
KEYS = ",".join(TYPES)


def known(customer: Customer) -> dict[str, Value]:
    return values_of(customer, defined().values())


def one() -> dict[str, Value]:
    return known(Customer.objects.get())


ALL = (
    "female,Kraków,yes,2021-08-30|2019-05-01,Fiat|Audi,Żabka,42.50,1990-02-14,NO,second,"
    "2020-02-29,Audi A4"
)
ALL_KNOWN = {
    "gender": "female",
    "city": "Kraków",
    "accepts_marketing": True,
    "children_birth_dates": (dt.date(2019, 5, 1), dt.date(2021, 8, 30)),
    "cars": ("Audi", "Fiat"),
    "nickname": "Żabka",
    "shoe_size": read(Field("n", "n", "number"), "42.5"),
    "married_on": dt.date(1990, 2, 14),
    "has_dog": False,
    "order": "second",
    "visits": (dt.date(2020, 2, 29),),
    "select": ("Audi A4",),
}
