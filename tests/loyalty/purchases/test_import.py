"""Receipts of the past, from a file to purchases, and back to a file."""

import datetime as dt
from decimal import Decimal

import pytest

from customers.models import Customer
from imports import exports
from loyalty.models import Event, Purchase, PurchaseLine
from tests.factories import NOON
from tests.imports.runs import checked, counts
from tests.loyalty.purchases.factories import cancelled
from tests.loyalty.purchases.receipt_files import MILK, SLUG, TEA, bought, data, run
from tests.loyalty.purchases.verified import broken

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_bought_is_there_without_offers_and_points(shop):
    ann = Customer.objects.get(email="ann@example.com")
    dry = checked(SLUG, data(TEA, MILK))
    job = run(TEA, MILK, "R2,2026-09-01T08:31+00:00,,P2,OLD-1,3,99.5")
    assert (counts(dry), counts(job)) == ({"created": 2}, {"created": 3})
    first, second = Purchase.objects.order_by("receipt")
    assert (first.customer_id, first.source, first.currency) == (ann.pk, "import", "PLN")
    assert first.at == dt.datetime(2026, 9, 1, 6, 26, tzinfo=dt.UTC)
    assert (first.total, first.payable, first.discount) == (Decimal("20.91"), Decimal("20.91"), 0)
    assert (first.points_earned, first.points_spent, first.effects) == (0, 0, [])
    assert (second.customer_id, second.total) == (0, 299)
    assert second.at == dt.datetime(2026, 9, 1, 8, 31, tzinfo=dt.UTC)
    assert [(n, [each[0] for each in lines]) for n, lines in sorted(bought().items())] == [
        ("R1", ["TEA", "5901234123457"]),
        ("R2", ["OLD-1"]),
    ]
    lines = PurchaseLine.objects.order_by("code").values_list("number", "line", "name", "total")
    assert list(lines) == [
        (2, "2", "Milk", Decimal("0.91")),
        (1, "1", "", 299),
        (1, "1", "Green tea", 20),
    ]
    assert Event.objects.count() == 0
    assert broken() == {}


def test_lines_may_write_the_same_differently(shop):
    run(TEA, "R1,2026-09-01T06:26:00Z,external:C-1, P1 ,MILK,1,1", TEA.replace("ann@", " Ann@"))
    assert [len(lines) for lines in bought().values()] == [3]


def test_lines_of_a_receipt_may_stand_apart(shop):
    run(TEA, TEA.replace("R1", "R2"), MILK, MILK.replace("R1", "R2"), TEA)
    assert {name: [line[0] for line in lines] for name, lines in bought().items()} == {
        "R1": ["TEA", "5901234123457", "TEA"],
        "R2": ["TEA", "5901234123457"],
    }
    numbers = PurchaseLine.objects.order_by("purchase_id", "number").values_list("number", "line")
    assert sorted(numbers) == sorted([(1, "1"), (2, "2"), (3, "3"), (1, "1"), (2, "2")])


def test_the_column_customer_may_be_missing(shop):
    header = "Receipt,Date,Point of sale,Product,Quantity,Unit price"
    run("R1,2026-09-01 08:26,P1,TEA,1,1", header=header)
    assert Purchase.objects.get().customer_id == 0


def test_what_is_exported_can_be_imported_again(shop):
    run(TEA, MILK, "R2,2026-09-01 08:31,,P2,OLD-1,3,99.5", "R3,2026-09-01 08:31,,P2,OLD-1,1,1")
    cancelled("R3", at=NOON + dt.timedelta(days=100))
    file = b"".join(exports.chunks(exports.begin(type=SLUG, format="csv", user=None)))
    ann = Purchase.objects.get(receipt="R1").customer_id
    assert file.decode().splitlines() == [
        "Receipt,Date,Customer,Point of sale,Product,Quantity,Unit price",
        "R2,2026-09-01T08:31:00+00:00,,P2,OLD-1,3,99.5",
        f"R1,2026-09-01T08:26:00+02:00,id:{ann},P1,TEA,2,10",
        f"R1,2026-09-01T08:26:00+02:00,id:{ann},P1,5901234123457,0.455,1.99",
    ]
    job = checked(SLUG, file)
    assert counts(job) == {"unchanged": 3}
