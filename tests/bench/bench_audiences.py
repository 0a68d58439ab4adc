"""Audiences: counting one beside SQL by hand and other ways to store what is known of customers,
counting while somebody types, and which of a thousand hold one customer.
"""

import random
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from customers.audiences.counting import count, how_many, sample
from customers.audiences.facts import COLUMNS, Facts
from customers.audiences.fields import condition_fields
from customers.audiences.index import CompiledAudiences
from customers.audiences.tree import parse
from customers.planned import PlannedCursor
from tests.bench import databases
from tests.bench.dataset import CARS, DISTRICTS, NOW
from tests.bench.harness import Report, medians, timed

FEBRUARY = {"field": "birth_date", "is": "month_in", "value": [2]}
SOVETSKY = {"field": "district", "is": "equals_any", "value": ["Sovetsky"]}
CAR_OWNERS = {"not": {"field": "cars", "is": "is_empty"}}
PARENTS = {"field": "children_birth_dates", "is": "any_younger_than", "value": 10}
FOUR = {"all": [FEBRUARY, SOVETSKY, CAR_OWNERS, PARENTS]}

# What one would write by hand for the same four conditions.
BY_HAND = """
    SELECT count(*) FROM customers_customer WHERE NOT is_prospect
    AND extract(month FROM birth_date) = 2 AND district = 'Sovetsky' AND cardinality(cars) > 0
    AND EXISTS (SELECT FROM unnest(children_birth_dates) AS born
        WHERE age('2020-06-15', born) < interval '10 years')
"""
JSONB = """
    CREATE UNLOGGED TABLE bench_jsonb AS SELECT id, email, phone, external_id, first_name,
    last_name, is_prospect, created_at, attributes || jsonb_strip_nulls(jsonb_build_object(
        'birth_date', birth_date, 'gender', gender, 'city', city, 'district', district,
        'accepts_marketing', accepts_marketing, 'children_birth_dates', children_birth_dates,
        'cars', cars)) AS attributes FROM customers_customer
"""
IN_JSONB = """
    SELECT count(*) FROM bench_jsonb WHERE NOT is_prospect
    AND extract(month FROM (attributes ->> 'birth_date')::date) = 2
    AND attributes ->> 'district' = 'Sovetsky' AND jsonb_array_length(attributes -> 'cars') > 0
    AND EXISTS (SELECT FROM jsonb_array_elements_text(attributes -> 'children_birth_dates') AS born
        WHERE age('2020-06-15', born::date) < interval '10 years')
"""
ROWS = """
    CREATE UNLOGGED TABLE bench_rows AS SELECT id AS customer_id, key, entry AS value
    FROM bench_jsonb, jsonb_each(attributes) AS pair,
    LATERAL jsonb_array_elements_text(CASE jsonb_typeof(pair.value) WHEN 'array' THEN pair.value
        ELSE jsonb_build_array(pair.value) END) AS entry ORDER BY 1, 2
"""
IN_ROWS = """
    SELECT count(*) FROM customers_customer AS customer WHERE NOT is_prospect
    AND EXISTS (SELECT FROM bench_rows WHERE customer_id = customer.id AND key = 'birth_date'
        AND extract(month FROM value::date) = 2)
    AND EXISTS (SELECT FROM bench_rows WHERE customer_id = customer.id AND key = 'district'
        AND value = 'Sovetsky')
    AND EXISTS (SELECT FROM bench_rows WHERE customer_id = customer.id AND key = 'cars')
    AND EXISTS (SELECT FROM bench_rows WHERE customer_id = customer.id
        AND key = 'children_birth_dates' AND age('2020-06-15', value::date) < interval '10 years')
"""


def run(report: Report) -> None:
    databases.use_dataset(report.scale)
    counting(report)
    typing(report)
    thousand(report)


def counting(report: Report) -> None:
    """Ours by several processes of the database, as in the page; peers by one each."""
    node = parse(FOUR, condition_fields())

    def ours() -> int:
        return how_many(node, NOW)

    with other_tables():
        calls = {"by hand": first(BY_HAND), "jsonb": first(IN_JSONB), "rows": first(IN_ROWS)}
        found = {call() for call in calls.values()} | {ours()}
        assert len(found) == 1, found
        times = medians({"ours": ours, **calls}, rounds=5)
    what = f"counting a four-condition audience, {found.pop()} customers"
    report.at_most(0.6, what, times["ours"], "SQL by hand, one core", times["by hand"])
    report.at_least(3, what, times["ours"], "jsonb", times["jsonb"])
    report.at_least(6, what, times["ours"], "attribute rows", times["rows"])


def first(sql: str) -> Callable[[], Any]:
    """A call of SQL that answers with one figure, by a single process of the database."""

    def call() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
            cursor.execute(sql)
            (number,) = cursor.fetchone()
            cursor.execute("RESET max_parallel_workers_per_gather")
        return number

    return call


@contextmanager
def other_tables() -> Iterator[None]:
    """The same customers with all their attributes as jsonb, and as a row for each."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_jsonb, bench_rows")
        cursor.execute(JSONB)
        cursor.execute("CREATE INDEX ON bench_jsonb USING gin (attributes jsonb_path_ops)")
        cursor.execute(ROWS)
        cursor.execute("CREATE INDEX ON bench_rows (customer_id, key)")
        cursor.execute("CREATE INDEX ON bench_rows (key, value)")
        cursor.execute("VACUUM (ANALYZE) bench_jsonb, bench_rows")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE bench_jsonb, bench_rows")


def typing(report: Report) -> None:
    """One change after the other, each counted once, with its examples."""
    fields = condition_fields()
    nodes = [parse(conditions, fields) for conditions in while_typing()]

    def answer(node: Any) -> Callable[[], object]:
        return lambda: count(node, NOW).customers and sample(node, NOW)

    times = sorted(timed(answer(node)) for node in nodes)
    p95 = statistics.quantiles(times, n=20)[-1]
    report.limit(1000, f"count and examples while typing, p95 of {len(nodes)}", p95 * 1000, "ms")
    report.note("the same, median", statistics.median(times))


def while_typing() -> Iterator[Any]:
    for name in ("Kowal", "Zaw"):
        for end in range(1, len(name) + 1):
            yield {"field": "last_name", "is": "starts_with", "value": name[:end]}
    yield from (FEBRUARY, {"all": [FEBRUARY, SOVETSKY]}, {"all": [FEBRUARY, SOVETSKY, CAR_OWNERS]})
    yield FOUR
    yield {"not": FOUR}
    yield {"any": FOUR["all"]}
    for number in (5, 52, 7, 70):
        yield {"field": "birth_date", "is": "age_at_least", "value": number}
        yield {"field": "visits", "is": "at_least", "value": number}
        yield {"field": "registered", "is": "within_last_days", "value": number}
        yield {"field": "birth_date", "is": "anniversary_within_next_days", "value": number}
        yield {"field": "email", "is": "contains", "value": f"r{number}"}
        yield {"field": "loyalty_tier", "is": "equals_any", "value": ["platinum"]}


def thousand(report: Report) -> None:
    fields = condition_fields()
    rng = random.Random(1)
    nodes = {number: parse(audience(rng), fields) for number in range(1000)}
    facts = some_customers(3000)
    known, strangers = facts[: len(facts) // 2], facts[len(facts) // 2 :]
    compiled = CompiledAudiences(nodes)
    cold = timed(lambda: compiled.holding(known[0], NOW))
    learning = [timed(lambda each=each: compiled.holding(each, NOW)) for each in known[1:]]
    warm = [timed(lambda each=each: compiled.holding(each, NOW)) for each in strangers]
    held = statistics.mean(len(compiled.holding(each, NOW)) for each in strangers)
    what = f"which of 1000 audiences hold a customer ({held:.0f} do)"
    report.limit(50, f"{what}, median", statistics.median(warm) * 1e6, "µs")
    report.note(f"{what}, p95", statistics.quantiles(warm, n=20)[-1])
    report.note(f"{what}, the first of a day and version", cold)
    report.note(f"{what}, mean of the next {len(learning)}", statistics.mean(learning))
    report.note(
        "reading that customer's facts", medians({"ours": lambda: some_customers(1)})["ours"]
    )


def audience(rng: random.Random) -> Any:
    """One to four conditions, joined by all; one in five has two that are joined by any."""
    conditions = [condition(rng) for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.2:
        conditions.append({"any": [condition(rng), condition(rng)]})
    return {"all": conditions}


def condition(rng: random.Random) -> Any:
    kinds: list[tuple[str, str, Any]] = [
        ("birth_date", "month_in", [rng.randint(1, 12)]),
        ("birth_date", "anniversary_within_next_days", rng.randint(1, 30)),
        ("birth_date", "age_between", sorted(rng.sample(range(18, 80), 2))),
        ("registered", "within_last_days", rng.randint(7, 3000)),
        ("city", "equals_any", [f"City {rng.randrange(200)}" for _ in range(rng.randint(1, 5))]),
        ("district", "equals_any", rng.sample(DISTRICTS, rng.randint(1, 3))),
        ("gender", "equals_any", [rng.choice(["female", "male"])]),
        ("accepts_marketing", "is_yes", None),
        ("children_birth_dates", "any_younger_than", rng.randint(1, 18)),
        ("cars", "contains_any", rng.sample(CARS, rng.randint(1, 3))),
        ("loyalty_tier", "equals_any", [rng.choice(["gold", "silver", "platinum"])]),
        ("visits", "at_least", rng.randint(1, 40)),
        ("last_name", "starts_with", rng.choice("BCDFGHJK")),
    ]
    field, operator, value = rng.choice(kinds)
    asked = {"field": field, "is": operator} | ({} if value is None else {"value": value})
    return {"not": asked} if rng.random() < 0.15 else asked


def some_customers(number: int) -> list[Facts]:
    connection.ensure_connection()
    cursor = PlannedCursor(connection.connection)
    cursor.execute(
        f"SELECT {COLUMNS} FROM customers_customer AS customer ORDER BY id LIMIT %s", [number]
    )
    return [Facts(row) for row in cursor.fetchall()]
