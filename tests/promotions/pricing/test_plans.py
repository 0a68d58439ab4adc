"""The statements of each basket and each purchase read by index, however large the tables are."""

import re

import pytest
from django.db import connection

from promotions import limits
from promotions.models import DiscountItem
from promotions.pricing.book import Version, known_book
from promotions.pricing.shoppers import TYPES, question
from tests.factories import NOON, make_audience, make_customer
from tests.promotions.factories import (
    make_discount,
    make_list,
    make_personalized_promotion,
    make_product,
    make_product_set,
)

pytestmark = pytest.mark.django_db
BIG = (
    *("promotions_product", "promotions_barcode", "promotions_productgroupmember"),
    *("promotions_listedproduct", "promotions_usecounter", "promotions_use"),
    *("customers_customer", "customers_groupmember", "customers_audiencemember"),
)
# Two thousand of each, by the database: it takes a thirtieth of the time of bulk_create.
CUSTOMERS = """
    INSERT INTO customers_customer (email, phone, external_id, first_name, last_name, is_prospect,
        created_at, attributes)
    SELECT n || '@example.com', 48600000000 + n, 'C' || n, '', '', false, now(), '{}'
    FROM generate_series(1, 2000) n
"""
PRODUCTS = """
    INSERT INTO promotions_product (external_id, name, price, picture, thumbnail)
    SELECT 'S' || n, 'Product ' || n, 1, '', '' FROM generate_series(1, 2000) n
"""
BARCODES = """
    INSERT INTO promotions_barcode (code, product_id)
    SELECT 'B' || id, id FROM promotions_product
"""
USES = """
    INSERT INTO promotions_use (customer_id, discount_id, purchase, at, amount)
    SELECT n, %s, 'P' || n, now(), 1 FROM generate_series(1, 2000) n
"""
COUNTERS = """
    INSERT INTO promotions_usecounter (customer_id, discount_id, period, since, used, spent)
    SELECT n, %s, 'ever', DATE '1900-01-01', 1, 1 FROM generate_series(1, 2000) n
"""


@pytest.fixture(autouse=True)
def filled():
    """In a table of a few rows, or known to be empty, one index is as good as another."""
    discount = make_discount(most_a_customer=9)
    with connection.cursor() as cursor:
        for statement in (CUSTOMERS, PRODUCTS, BARCODES):
            cursor.execute(statement)
        for statement in (USES, COUNTERS):
            cursor.execute(statement, [discount.pk])
        cursor.execute(
            "ANALYZE customers_customer, promotions_product, promotions_barcode,"
            " promotions_use, promotions_usecounter"
        )


def plan(statement, values):
    with connection.cursor() as cursor:
        # The other tables are small here: an index would not be worth it.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}", values)
        return "\n".join(line for (line,) in cursor.fetchall())


def read_whole(text):
    """Big tables of which all rows are read, also by an index that is read from end to end."""
    whole = set(re.findall(r"Seq Scan on (\w+)", text)) & set(BIG)
    scans = re.findall(r"Index (?:Only )?Scan using \w+ on (\w+)[^\n]*\n\s*(\w+ Cond)?", text)
    return whole | {table for table, condition in scans if not condition and table in BIG}


@pytest.fixture
def book():
    promotion, tea = make_personalized_promotion(), make_product()
    discount = make_discount(most_a_day=1, most_uses=3)
    make_product_set(
        discount, gets_discount=True, personalized_promotion=promotion, default_product=tea
    )
    make_list(promotion, make_customer(), [tea])
    aimed = make_discount(everything=True)
    DiscountItem.objects.create(discount=aimed, audience=make_audience())
    return known_book(Version(0, 0, 0), NOON)


@pytest.mark.parametrize("identity", ["id", "email", "phone", "external_id"])
@pytest.mark.parametrize("codes", [[], ["a"], [f"S{n}" for n in range(500)]])
def test_what_is_asked_of_a_shopper_and_goods(book, identity, codes):
    value = 1 if identity in TYPES else "a"
    assert read_whole(plan(question(book, identity), [NOON.date(), codes, value])) == set()


@pytest.mark.parametrize("name", ["COUNT", "EXCEEDED", "HOLD", "UNCOUNT", "MARK"])
def test_what_claims_and_returns_send(name):
    values = {
        "purchase": "R1",
        "claimed": [1],
        "offers": [1],
        "used": [1],
        "spent": [1],
    }
    assert (
        read_whole(plan(limits.written(getattr(limits, name), limits.DISCOUNTS), values)) == set()
    )
