"""The invariants of purchases hold of what the program does, and each is broken by its own fault.

What the database refuses is done as a replica's session would (P1, P3, P8, P14).
"""

import uuid

import pytest
from django.db import connection

from loyalty.purchases import holding
from tests.factories import NOON, make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.purchases.factories import (
    cancelled,
    give_points,
    make_order,
    make_purchase,
    returned,
)
from tests.loyalty.purchases.verified import broken
from tests.promotions.factories import make_discount, make_point_of_sale

pytestmark = pytest.mark.django_db

NEVER = str(uuid.UUID(int=7))


def found():
    return {name.removeprefix("loyalty.purchase-") for name in broken() if ".purchase-" in name}


def execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def purchases():
    """Something of everything: a purchase, one in part returned, one whole, one cancelled."""
    ann, place = make_customer(), make_point_of_sale()
    give_points(ann, 20)
    make_discount(everything=True, budget=1000, currency="EUR")
    make_personal_offer(preference="points", value=10, most_uses=100)
    for receipt in ("R1", "R2", "R3", "R4"):
        make_purchase(receipt=receipt, customer=ann, place=place, points=2)
    returned("R2", line1="0.5")
    returned("R3", line1=1)
    returned("R3")
    cancelled("R4")
    holding.hold(order=make_order(customer=ann, place=place), at=NOON)
    execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_they_hold_of_what_the_program_does(purchases):
    assert broken() == {}


USES = {"promotions_use": "discounts", "loyalty_offeruse": "personal-offers"}


@pytest.mark.parametrize(
    ("fault", "names"),
    [
        ("UPDATE loyalty_purchaseline SET total = total + 1, payable = payable + 1",
         {"lines", "returns"}),
        ("DELETE FROM loyalty_purchaseline WHERE purchase_id = %(R1)s", {"lines", "effects"}),
        ("UPDATE loyalty_purchase SET effects = '[]' WHERE id = %(R1)s", {"effects", "uses-of-*"}),
        ("DELETE FROM loyalty_entry WHERE purpose = 'redeemed'", {"points"}),
        ("UPDATE loyalty_return SET points_missing = 0.1 WHERE purchase_id = %(R2)s", {"points"}),
        ("UPDATE loyalty_returnedline SET quantity = 3", {"returns", "rest"}),
        ("UPDATE loyalty_returnedline SET payable = payable + 1", {"returns", "return-lines"}),
        ("UPDATE loyalty_return SET is_rest = false", {"rest", "uses-of-*"}),
        ("UPDATE loyalty_purchase SET cancelled_at = at", {"rest", "points", "uses-of-*"}),
        ("DELETE FROM loyalty_heldquote", {"holds-of-*"}),
        *(
            (f"UPDATE {table} SET amount = amount + 1", {f"uses-of-{kind}"})
            for table, kind in USES.items()
        ),
        *(
            (f"UPDATE {table} SET is_given_back = NOT is_given_back", {f"uses-of-{kind}"})
            for table, kind in USES.items()
        ),
        *(
            (f"UPDATE {table} SET purchase = '{NEVER}' WHERE NOT is_given_back"
             " AND purchase = (SELECT public_id::text FROM loyalty_purchase WHERE id = %(R1)s)",
             {f"uses-of-{kind}", f"holds-of-{kind}"})
            for table, kind in USES.items()
        ),
    ],
)  # fmt: skip
def test_each_is_broken_by_its_own_fault(purchases, fault, names):
    with connection.cursor() as cursor:
        cursor.execute("SELECT receipt, id FROM loyalty_purchase")
        numbers = dict(cursor.fetchall())
    for table in ("purchase", "purchaseline", "return", "returnedline", "entry"):
        execute(f"ALTER TABLE loyalty_{table} DISABLE TRIGGER USER")
    execute(fault % numbers)
    expected = {
        name.replace("*", kind) for name in names for kind in ("discounts", "personal-offers")
    }
    assert found() - {"final"} == expected


@pytest.mark.parametrize(
    "fault",
    [
        "ALTER TABLE loyalty_purchase DISABLE TRIGGER only_cancelled",
        "ALTER TABLE loyalty_return ENABLE TRIGGER append_only",
        "DROP TRIGGER never_emptied ON loyalty_purchaseline",
        "CREATE OR REPLACE FUNCTION loyalty_keep_purchase() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NEW; END'",
    ],
)
def test_what_guards_them_is_missed(fault):
    assert found() == set()
    execute(fault)
    assert found() == {"final"}
