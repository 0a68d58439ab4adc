"""Customers for the demo, any number of them in one statement."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet

from customers.demo.attributes import CARS, DISTRICTS, STORES, TIERS
from customers.demo.people import people
from customers.models import Customer

MANY = 50_000

# A number's hash with a salt of its own makes each choice independent and always the same.
MAKE = """
    INSERT INTO customers_customer
        (external_id, email, phone, first_name, last_name, birth_date, created_at, gender, city,
        district, accepts_marketing, children_birth_dates, cars, employee, attributes)
    SELECT 'DEMO-' || lpad(number::text, 8, '0'),
        mailbox || number || '@' || domain,
        CASE WHEN hashint8extended(number, 2) & 7 > 0 AND number < 10000000
            THEN prefix || lpad((number * 7654321 %% 10000000)::text, 7, '0') END,
        first_name, last_name,
        CASE WHEN hashint8extended(number, 3) & 15 > 0
            THEN date '1944-01-01' + (hashint8extended(number, 4) & 32767)::int %% 22600 END,
        %(at)s - (hashint8extended(number, 5) & 1048575) * interval '1 minute',
        gender, (%(cities)s::text[])[1 + (hashint8extended(number, 6) & 65535) %% %(places)s],
        (%(districts)s::text[])[1 + (hashint8extended(number, 6) & 65535) %% %(places)s],
        CASE WHEN hashint8extended(number, 7) & 7 > 0 THEN hashint8extended(number, 7) & 8 > 0 END,
        CASE WHEN hashint8extended(number, 8) & 3 = 0 THEN ARRAY(
            SELECT DISTINCT %(at)s::date - (hashint8extended(number, 20 + n) & 65535)::int %% 6200
            FROM generate_series(0, (hashint8extended(number, 9) & 1)::int) AS n ORDER BY 1) END,
        CASE WHEN hashint8extended(number, 10) & 3 < 2
            THEN ARRAY[(%(cars)s::text[])[1 + (hashint8extended(number, 11) & 65535) %% 8]] END,
        CASE WHEN hashint8extended(number, 16) & 127 = 0 THEN true END,
        jsonb_strip_nulls(jsonb_build_object(
            'loyalty_tier', (%(tiers)s::text[])[1 + (hashint8extended(number, 12) & 15)],
            'favourite_store', (%(stores)s::text[])[1 + (hashint8extended(number, 13) & 7)],
            'last_purchase', %(at)s::date - (hashint8extended(number, 15) & 511)::int,
            'visits_last_month', nullif(hashint8extended(number, 14) & 15, 0)))
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS number
    JOIN unnest(
        %(prefixes)s::text[], %(domains)s::text[], %(first_names)s::text[], %(last_names)s::text[],
        %(mailboxes)s::text[], %(genders)s::text[]
    ) WITH ORDINALITY AS person (prefix, domain, first_name, last_name, mailbox, gender, place)
        ON place = 1 + (hashint8extended(number, 1) & 2147483647) %% %(people)s
    ORDER BY number
    ON CONFLICT DO NOTHING
"""


def external_id(number: int) -> str:
    """By which the demo's customers are known, in the order in which they were made."""
    return f"DEMO-{number:08}"


def demo_customers(numbers: range | None = None) -> QuerySet[Customer]:
    """All of the demo's customers, or those with these numbers."""
    found = Customer.objects.filter(external_id__startswith="DEMO-")
    if numbers is None:
        return found
    return found.filter(
        external_id__gte=external_id(numbers.start), external_id__lt=external_id(numbers.stop)
    )


def make_customers(*, number: int, named: Customer, at: dt.datetime) -> range:
    """Have `number` of the demo's customers; those made now, as a range of their numbers.

    The first is `named`; the others follow from their number alone, and joined in the two years
    before `at`. One statement, however many.
    """
    newest = demo_customers().aggregate(newest=Max("external_id"))["newest"]
    new = range(int(newest.removeprefix("DEMO-")) + 1 if newest else 1, number + 1)
    if new and new.start == 1:
        named.external_id = external_id(1)
        named.save()
    if len(new) > MANY:
        with _search_index_built_afterwards():
            _make(new, at)
    elif new:
        _make(new, at)
    return new


def _make(numbers: range, at: dt.datetime) -> None:
    columns = [list(column) for column in zip(*people(), strict=True)]
    names = ("prefixes", "domains", "first_names", "last_names", "mailboxes", "genders")
    values: dict[str, Any] = dict(zip(names, columns, strict=True))
    values |= {"people": len(columns[0]), "at": at}
    values |= {"first": max(numbers.start, 2), "last": numbers[-1]}
    cities, districts = zip(*DISTRICTS, strict=True)
    values |= {"cities": list(cities), "districts": list(districts), "places": len(districts)}
    values |= {"cars": CARS, "tiers": TIERS, "stores": STORES}
    with connection.cursor() as cursor:
        cursor.execute(MAKE, values)


@contextmanager
def _search_index_built_afterwards() -> Iterator[None]:
    """At once it takes a fraction of the time that it takes by the row; the table is locked."""
    index = next(each for each in Customer._meta.indexes if each.name == "customer_search")
    with connection.schema_editor(atomic=False) as editor:
        editor.remove_index(Customer, index)
        yield
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        editor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        editor.add_index(Customer, index)
