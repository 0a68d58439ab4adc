"""Live personal offers, what customers have of them, and a ledger, in any number; for benchmarks.

Half of the offers are for audiences and groups, half have items; each customer has five items, of
two offers. Each customer has ten entries of cashback in the ledger, most of them credits.
"""

import datetime as dt
import random

from django.db import connection

from customers.models import Audience, CustomerGroup
from loyalty.models import PersonalOffer, PersonalOfferTarget
from tests.bench.dataset import DISTRICTS, NOW

MECHANICS = ("products", "products", "categories", "product_groups", "receipt_amount")
ENTRIES = 10
"""A customer has in the ledger."""


def people() -> list[dict[str, int]]:
    """Whom offers are for: those of a district born in a month, and groups with a few members.

    So each customer is one of some hundred, as marketers part a million people.
    """
    parted = [
        Audience(
            name=f"{district}, born in month {month}",
            conditions={
                "all": [
                    {"field": "district", "is": "equals_any", "value": [district]},
                    {"field": "birth_date", "is": "month_in", "value": [month]},
                ]
            },
        )
        for district in DISTRICTS
        for month in range(1, 13)
    ]
    audiences = [each.pk for each in Audience.objects.bulk_create(parted)]
    groups = CustomerGroup.objects.values_list("pk", flat=True)
    return [{"audience_id": pk} for pk in audiences] + [{"customer_group_id": pk} for pk in groups]


def offers(number: int, products: int, people: list[dict[str, int]]) -> None:
    """Personal offers 1 to `number`; those with an odd number have items, the others are for
    one of `people` each.
    """
    drawn = random.Random(11)
    PersonalOffer.objects.bulk_create(make_offer(n, drawn) for n in range(1, number + 1))
    targets = []
    for n in range(2, number + 1, 2):
        targets.append(PersonalOfferTarget(offer_id=n, **drawn.choice(people)))
        ids = drawn.sample(range(1, products + 1), 5)
        targets += [PersonalOfferTarget(offer_id=n, product_id=pk) for pk in ids]
    PersonalOfferTarget.objects.bulk_create(targets, batch_size=5000)


def make_offer(n: int, drawn: random.Random) -> PersonalOffer:
    has_items = n % 2 == 1
    mechanic = MECHANICS[n // 2 % len(MECHANICS)] if has_items else "audience"
    return PersonalOffer(
        id=n,
        name=f"personal-{n}",
        title=f"Personal offer {n}",
        mechanic=mechanic,
        preference="points" if n % 3 == 0 else "discount",
        method="percentage",
        value=drawn.randint(1, 30),
        scope="receipt" if mechanic == "receipt_amount" else "units",
        currency="EUR",
        start=NOW - dt.timedelta(days=30),
        end=NOW.replace(year=NOW.year + 100),
        time_zone="Europe/Warsaw",
        priority=drawn.randint(1, 200),
        needs_acceptance=n % 20 == 1,
        channels=["account", "app"],
        **({"most_a_week": 3, "budget": 1_000_000} if n % 10 == 0 else {}),
    )


# By n, the customer: two of the offers with items, three items of the one and two of the other.
ITEMS = """
    INSERT INTO loyalty_offeritems (customer_id, offer_id, items)
    SELECT n, 1 + 2 * ((n * 97 + k * 331) %% (%(offers)s / 2)), CASE
        WHEN ((n * 97 + k * 331) %% (%(offers)s / 2)) %% 5 < 2 THEN goods.products
        WHEN ((n * 97 + k * 331) %% (%(offers)s / 2)) %% 5 = 2 THEN goods.categories
        WHEN ((n * 97 + k * 331) %% (%(offers)s / 2)) %% 5 = 3 THEN goods.groups
        ELSE goods.thresholds END
    FROM generate_series(1, %(customers)s) AS n, generate_series(0, 1) AS k, LATERAL (
        SELECT
            jsonb_agg(jsonb_build_array(
                1 + (n::bigint * 61 + i * 17) %% %(products)s, 'd', '%%', 5 + i))
                AS products,
            jsonb_agg(jsonb_build_array(111 + (n * 7 + i) %% 1000, null, null, 5 + i))
                AS categories,
            jsonb_agg(jsonb_build_array(1 + (n * 3 + i) %% 100, 'p', '%%', 5 + i)) AS groups,
            jsonb_agg(jsonb_build_array(100 * (i + 1), null, null, 5 + i) ORDER BY i)
                AS thresholds
        FROM generate_series(0, 2 - k) AS i
    ) AS goods
    ORDER BY 1, 2 ON CONFLICT DO NOTHING
"""


def items(customers: int, offers: int, products: int) -> None:
    """About five items a customer, of two offers."""
    _run(ITEMS, {"customers": customers, "offers": offers, "products": products})


LEDGER = (
    """
    INSERT INTO loyalty_entry (customer_id, id, purpose, amount, at)
    SELECT n, nextval('loyalty_entry_number'), 'issued', 10 + n %% 7, %(now)s - k * interval '1 day'
    FROM generate_series(1, %(entries)s) AS k, generate_series(1, %(customers)s) AS n
    """,
    """
    INSERT INTO loyalty_lot (customer_id, entry_id, amount, remaining)
    SELECT customer_id, id, amount, amount FROM loyalty_entry ORDER BY 1, 2
    """,
)


def ledger(customers: int) -> None:
    """Ten credits a customer, all of them left."""
    for statement in LEDGER:
        _run(statement, {"customers": customers, "entries": ENTRIES, "now": NOW})


def _run(statement: str, values: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
