"""Which receipts of the past an import refuses, and why."""

import datetime as dt
from decimal import Decimal

import pytest

from customers.models import Customer
from loyalty.models import Purchase
from loyalty.purchases.orders import Order
from loyalty.purchases.refusals import Refusal
from promotions.pricing.asked import AskedBasket, AskedLine
from tests.imports.runs import checked, counts, rejects
from tests.loyalty.purchases.factories import confirmed, make_purchase
from tests.loyalty.purchases.receipt_files import MILK, SLUG, TEA, bought, codes, data, run
from tests.loyalty.purchases.verified import broken

pytestmark = pytest.mark.django_db(transaction=True)


def test_bad_lines_are_refused_with_reasons(shop):
    good = "R0,2026-09-01 08:26,,P1,TEA,1,1"
    lines = (
        good,
        ",2026-09-01 08:26,,P1,TEA,1,1",
        "calculate,2026-09-01 08:26,,P1,TEA,1,1",
        "A1,2026-09-01,,P1,TEA,1,1",
        "A2,2026-02-30 08:26,,P1,TEA,1,1",
        "A3,2099-01-01 08:26,,P1,TEA,1,1",
        "A4,2026-09-01 08:26,nobody@example.com,P1,TEA,1,1",
        "A5,2026-09-01 08:26,waits@example.com,P1,TEA,1,1",
        "A6,2026-09-01 08:26,???,P1,TEA,1,1",
        "A7,2026-09-01 08:26,,P9,TEA,1,1",
        "A8,2026-09-01 08:26,,P1,,1,1",
        "A9,2026-09-01 08:26,,P1,TEA,-1,1",
        "B1,2026-09-01 08:26,,P1,TEA,0,1",
        "B2,2026-09-01 08:26,,P1,TEA,1.2345,1",
        "B3,2026-09-01 08:26,,P1,TEA,1000000,1",
        "B4,2026-09-01 08:26,,P1,TEA,1,-1",
        "B5,2026-09-01 08:26,,P1,TEA,1,1e3",
        f"{'x' * 65},2026-09-01 08:26,,P1,TEA,1,1",
    )
    dry, job = checked(SLUG, data(*lines)), run(*lines)
    assert counts(dry) == counts(job) == {"created": 1, "rejected": 17}
    assert rejects(dry) == rejects(job)
    assert {code: number for code, number, _ in rejects(job)} == {
        "receipt": 3,
        "date": 2,
        "future": 1,
        "unknown_customer": 2,
        "address": 1,
        "unknown_point_of_sale": 1,
        "product": 1,
        "negative": 1,
        "quantity": 3,
        "unit_price": 2,
    }
    assert list(bought()) == ["R0"]


def test_a_receipt_is_refused_whole(shop):
    job = run(
        "R1,2026-09-01 08:26,,P1,TEA,1,1",
        "R2,2026-09-01 08:26,,P1,TEA,1,1",
        " R1 ,2026-09-01 08:26,,P1,TEA,-1,1",
        "R1,2026-09-01 08:26,,P1,MILK,1,1",
    )
    assert counts(job) == {"created": 1, "rejected": 3}
    assert rejects(job) == [("with_others", 2, 2), ("negative", 1, 4)]
    assert list(bought()) == ["R2"]


@pytest.mark.parametrize(
    "other",
    [
        "R1,2026-09-01 08:27:00,ann@example.com,P1,MILK,1,1",
        "R1,2026-09-01 08:26:00,bob@example.com,P1,MILK,1,1",
        "R1,2026-09-01 08:26:00,,P1,MILK,1,1",
        "R1,2026-09-01 08:26:00,ann@example.com,P2,MILK,1,1",
    ],
)
def test_lines_of_a_receipt_have_one_date_customer_and_place(shop, other):
    assert rejects(run(TEA, other)) == [("with_others", 1, 2), ("differs", 1, 3)]
    assert bought() == {}


def test_a_receipt_that_is_there_stays_as_it_is(shop):
    run(TEA, MILK)
    before = list(Purchase.objects.values())
    same = "R1,2026-09-01T06:26Z,external:C-1,P1,TEA,2.0,10"
    assert counts(run(same, MILK)) == counts(run(MILK, same)) == {"unchanged": 2}
    for lines in (
        [TEA],
        [TEA, MILK, TEA],
        [TEA.replace("10.00", "10.01"), MILK],
        [line.replace("ann@", "bob@") for line in (TEA, MILK)],
    ):
        assert codes(run(*lines)) == ["receipt_used"]
    assert list(Purchase.objects.values()) == before


def test_a_till_and_an_import_never_share_a_receipt(shop):
    ann = Customer.objects.get(email="ann@example.com")
    make_purchase(("TEA", "2", "10"), receipt="T1", customer=ann, place="P1")
    assert codes(run(TEA.replace("R1", "T1"))) == ["receipt_used"]
    run(TEA)
    at = dt.datetime(2026, 9, 1, 6, 26, tzinfo=dt.UTC)
    line = AskedLine("1", "TEA", Decimal(2), Decimal(10))
    with pytest.raises(Refusal) as caught:
        confirmed("R1", Order(AskedBasket("P1", (line,)), ("id", ann.pk), at), at=at)
    assert caught.value.code == "receipt_used"


def test_at_most_500_lines_a_receipt(shop):
    lines = ["R1,2026-09-01 08:26,,P1,TEA,1,1"] * 501
    assert rejects(run(*lines)) == [("too_many_lines", 501, 2)]
    assert counts(run(*lines[1:])) == {"created": 500}
    assert broken() == {}


def test_sums_are_about_a_billion_at_most(shop):
    line = "R1,2026-09-01 08:26,,P1,TEA,1000,1000000000"
    assert codes(run(line, "R1,2026-09-01 08:26,,P1,TEA,1,0.01")) == ["amount"]
    assert counts(run(line)) == {"created": 1}
