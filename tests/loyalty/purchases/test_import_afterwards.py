"""Receipts of the past can be returned and undone, and else nothing deletes them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from loyalty.models import PurchaseLine
from tests.factories import NOON
from tests.imports.runs import undone
from tests.loyalty.purchases.factories import cancelled, make_purchase, returned
from tests.loyalty.purchases.receipt_files import MILK, TEA, bought, run
from tests.loyalty.purchases.verified import broken

pytestmark = pytest.mark.django_db(transaction=True)


def test_undo_deletes_what_nothing_happened_to(shop):
    run(TEA.replace("R1", "old"))
    job = run(*(TEA.replace("R1", name) for name in ("gone", "back", "cancelled")), MILK)
    make_purchase(receipt="till")
    returned("back", line1=1)
    cancelled("cancelled", at=NOON + dt.timedelta(days=100))
    undone(job)
    assert sorted(bought()) == ["back", "cancelled", "old", "till"]
    assert PurchaseLine.objects.count() == 4
    assert broken(NOON + dt.timedelta(days=100)) == {}


def test_imported_goods_can_be_returned(shop):
    run(TEA, MILK)
    assert returned("R1", line1=1).returned.row.payable == 10
    assert returned("R1").returned.row.payable == Decimal("10.91")
    assert broken() == {}


def refused(sql):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_lets_nothing_else_be_deleted(shop):
    run(TEA, MILK)
    make_purchase(receipt="till")
    refused("DELETE FROM loyalty_purchase")
    refused("DELETE FROM loyalty_purchase WHERE source = 'till'")
    refused("DELETE FROM loyalty_purchaseline")
    refused("UPDATE loyalty_purchaseline SET name = ''")
    returned("R1", line1=1)
    refused("DELETE FROM loyalty_purchase WHERE source = 'import'")
