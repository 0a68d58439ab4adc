"""Personalized promotions of the demo: two for consumers, one for employees, in use right away."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from promotions.models import Category, Discount, PersonalizedPromotion, PointOfSale, Product
from promotions.personal.counting import count_lists

POINTS_OF_SALE = ("P2", "harbour-market")
RUNS = dt.timedelta(days=-14), dt.timedelta(days=45)


@dataclass(frozen=True)
class Entry:
    """A promotion, its discount, and what a list is taken from. One customer in `share` has one."""

    promotion: dict[str, Any]
    discount: dict[str, Any]
    goods: tuple[str, ...]
    listed: int
    share: int
    bought: tuple[int, str] | None = None
    """How many of which category are to be bought with it."""
    sets: dict[str, Any] = field(default_factory=dict)


ENTRIES = [
    Entry(
        {
            "backend_id": "picks-of-the-week",
            "name": "Your picks of the week",
            "description": "Five things that go well with a cup. Choose two of them.",
            "max_products": 2,
        },
        {"name": "Half price with two cups", "kind": "percentage", "value": 50},
        ("BAK-1204", "BAK-1203", "CAK-1305", "DAI-1102", "JUI-1601", "JUI-1603", "FRU-1003"),
        listed=5,
        share=3,
        bought=(2, "coffee"),
    ),
    Entry(
        {
            "backend_id": "birthday-cake",
            "name": "Your birthday cake",
            "description": "One cake a year costs less. Choose which.",
            "max_products": 1,
            "lock_after_apply": True,
        },
        {"name": "20 PLN off your cake", "kind": "amount", "value": 20, "currency": "PLN"},
        ("CAK-1301", "CAK-1302", "CAK-1303", "CAK-1304"),
        listed=3,
        share=4,
    ),
    Entry(
        {
            "backend_id": "team-basket",
            "name": "The team's basket",
            "description": "Thank you for working with us. Choose three.",
            "max_products": 3,
            "users": "employees",
        },
        {"name": "30% off for the team", "kind": "percentage", "value": 30},
        ("FRU-1001", "DAI-1101", "DAI-1104", "BAK-1201", "COF-1512", "PIZ-1401"),
        listed=5,
        share=1,
        sets={"discounted": 3},
    ),
]


def load_personalized(*, at: dt.datetime) -> None:
    """The promotions, each in a discount that is live; the catalogue is there already."""
    places = list(PointOfSale.objects.filter(key__in=POINTS_OF_SALE))
    for entry in ENTRIES:
        promotion = PersonalizedPromotion.objects.create(**entry.promotion)
        begin, end = (at + away for away in RUNS)
        discount = Discount.objects.create(
            start=begin,
            end=end,
            time_zone="Europe/Warsaw",
            action=Discount.Action.PRODUCT_SETS,
            **entry.discount,
        )
        for place in places:
            discount.items.create(point_of_sale=place)
        discount.product_sets.create(
            name=promotion.name,
            personalized_promotion=promotion,
            gets_discount=True,
            default_product=Product.objects.get(external_id=entry.goods[0]),
            **entry.sets,
        )
        if entry.bought:
            number, category = entry.bought
            bought = discount.product_sets.create(name="Bought with it", required=number)
            named = Category.objects.get(external_id=category)
            discount.items.create(product_set=bought, category=named)


def give_lists(numbers: range, *, at: dt.datetime) -> None:
    """Lists for a share of the customers with these numbers; some have chosen, Anna has not.

    Two statements for each promotion, however many customers.
    """
    with connection.cursor() as cursor:
        for entry in ENTRIES:
            values = {
                "promotion": entry.promotion["backend_id"],
                "users": entry.promotion.get("users", "consumers"),
                "goods": list(entry.goods),
                "listed": entry.listed,
                "most": entry.promotion["max_products"],
                "share": entry.share,
                "at": at,
                "first": f"DEMO-{numbers.start:08}",
                "end": f"DEMO-{numbers.stop:08}",
            }
            cursor.execute(LISTS, values)
            cursor.execute(CHOICES, values)
    count_lists(at)


LISTS = """
    INSERT INTO promotions_listedproduct (customer_id, promotion_id, product_id, is_chosen)
    SELECT customer.id, promotion.id, ranked.id, ranked.place <= %(most)s
        AND customer.external_id <> 'DEMO-00000001' AND hashint4extended(customer.id, 9) & 3 = 0
    FROM customers_customer AS customer
    JOIN promotions_personalizedpromotion AS promotion ON promotion.backend_id = %(promotion)s
    CROSS JOIN LATERAL (
        SELECT id, row_number() OVER (ORDER BY hashint4extended(id, customer.id)) AS place
        FROM promotions_product WHERE external_id = ANY(%(goods)s)
    ) AS ranked
    WHERE customer.external_id >= %(first)s AND customer.external_id < %(end)s
    AND (customer.employee IS TRUE) = (%(users)s = 'employees') AND ranked.place <= %(listed)s
    AND ((hashint4extended(customer.id, promotion.id) & 1048575) %% %(share)s = 0
        OR customer.external_id = 'DEMO-00000001')
    ORDER BY 1, 2, 3
    ON CONFLICT DO NOTHING
"""
CHOICES = """
    INSERT INTO promotions_choice (customer_id, promotion_id, first_at, last_at)
    SELECT DISTINCT listed.customer_id, promotion.id, %(at)s::timestamptz, %(at)s::timestamptz
    FROM promotions_personalizedpromotion AS promotion
    JOIN promotions_listedproduct AS listed ON listed.promotion_id = promotion.id
    WHERE promotion.backend_id = %(promotion)s AND listed.is_chosen
    ORDER BY 1 ON CONFLICT DO NOTHING
"""
