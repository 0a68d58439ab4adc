"""What an address of the list of receipts may ask for, and that filters have their indexes."""

import pytest
from django.db import connection

from loyalty.admin.purchases.asked import ReceiptFilter
from loyalty.admin.purchases.paging import COUNTED
from loyalty.models import Purchase
from tests.factories import DAY, NOON, make_staff
from tests.loyalty.purchases.factories import cancelled, make_purchase
from tests.promotions.factories import make_point_of_sale

pytestmark = pytest.mark.django_db

TILLS = """
    INSERT INTO loyalty_purchase (public_id, receipt, at, {columns})
    SELECT gen_random_uuid(), 'T' || number, at + number * interval '1 hour', {columns}
    FROM loyalty_purchase, generate_series(1, 999) AS number
"""


@pytest.mark.parametrize(
    "asked",
    [
        {"until": "9999-12-31"},
        {"since": "0001-01-01"},
        {"until": "0001-01-01"},
        {"since": "9999-12-31"},
        {"customer": "id:99999999999999999999"},
        {"source": "x", "state": "gone", "point_of_sale": "gone"},
        {"p": "999999999", "after": "x", "before": "y"},
        {"per_page": "x"},
    ],
)
def test_whatever_an_address_asks_for_is_answered(client, asked):
    client.force_login(make_staff("loyalty.view_purchase", "customers.view_customer"))
    make_purchase()
    assert client.get("/admin/receipts/", asked).status_code == 200


def plans_of(rf, **asked):
    """How a page of these receipts is found, and how they are counted; then the receipts."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE loyalty_purchase")
    request = rf.get("/admin/receipts/", asked)
    request.user = make_staff("loyalty.view_purchase")
    receipts = ReceiptFilter.of(request).chosen()
    page, count = receipts.order_by("-at", "-id")[:51], receipts.values("pk")[: COUNTED + 1]
    return [each.explain() for each in (page, count)], [each.receipt for each in page]


def make_imported(receipt, **fields):
    """As the import writes it."""
    sums = dict.fromkeys(("total", "discount", "payable", "points_earned", "points_spent"), 0)
    return Purchase(
        receipt=receipt,
        source=Purchase.Source.IMPORT,
        body_hash=receipt.encode(),
        currency="EUR",
        confirmed_at=NOON,
        **sums,
        **fields,
    )


@pytest.mark.parametrize("more", [{}, {"since": "2020-01-01"}])
def test_imported_receipts_are_looked_for_among_themselves(rf, more):
    """However many those of tills are, which are nearly always the later ones."""
    place = make_point_of_sale()
    make_purchase(receipt="T", place=place, at=NOON)
    columns = [field.attname for field in Purchase._meta.local_fields if field.concrete]
    ours = [each for each in columns if each not in ("id", "public_id", "receipt", "at")]
    with connection.cursor() as cursor:
        cursor.execute(TILLS.format(columns=", ".join(ours)))
    older = make_imported("I", point_of_sale=place, at=NOON - 99 * DAY)
    Purchase.objects.bulk_create([older])
    plans, receipts = plans_of(rf, source="import", **more)
    assert ["purchase_imported" in plan for plan in plans] == [True, True]
    assert receipts == ["I"]


@pytest.mark.parametrize("more", [{}, {"since": "2026-01-01"}])
def test_cancelled_receipts_are_looked_for_among_themselves(rf, more):
    place = make_point_of_sale()
    for number in range(300):
        make_purchase(receipt=f"R{number}", place=place, at=NOON - number * DAY)
    cancelled("R7")
    plans, receipts = plans_of(rf, state="cancelled", **more)
    assert ["purchase_cancelled" in plan for plan in plans] == [True, True]
    assert receipts == ["R7"]
