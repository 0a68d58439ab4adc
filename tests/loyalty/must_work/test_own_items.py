"""L17–L21 by name: each customer's own items, from the uploaded file to the till and the ledger."""

import datetime as dt
from decimal import Decimal

import pytest

from customers.models import Customer
from loyalty.ledger import pending_of
from tests.loyalty.api.tills import PATH
from tests.loyalty.factories import Mechanic, make_personal_offer
from tests.loyalty.must_work.asking import (
    ANN,
    BOB,
    YEAR,
    earned,
    for_audience,
    noon,
    off,
    uploaded,
)
from tests.promotions.factories import make_category, make_product, make_product_group

pytestmark = pytest.mark.django_db(transaction=True)


def test_l17_50_on_a_handbag_1_to_15_sept_and_30_on_a_purse_16_to_30_sept(till, two_customers):
    for code in ("HANDBAG", "PURSE", "SCARF"):
        make_product(external_id=code)
    make_personal_offer(Mechanic.PRODUCTS, name="september-bags", **YEAR)
    uploaded(
        f"september-bags,{ANN},HANDBAG,,discount,percent,50,2025-09-01,2025-09-15",
        f"september-bags,{ANN},PURSE,,discount,percent,30,2025-09-16,2025-09-30",
        f"september-bags,{BOB},SCARF,,discount,percent,10,2025-09-01,2025-09-30",
    )
    prices = {"HANDBAG": "200.00", "PURSE": "100.00", "SCARF": "40.00"}
    told = {
        (who, day): [str(off(till, who, noon(*day), item)) for item in prices.items()]
        for who in (ANN, BOB, None)
        for day in [(8, 31), (9, 1), (9, 15), (9, 16), (9, 30), (10, 1)]
    }
    handbag, purse, nothing = ["100.00", "0.00", "0.00"], ["0.00", "30.00", "0.00"], ["0.00"] * 3
    scarf = ["0.00", "0.00", "4.00"]
    assert list(told.values()) == [
        *(nothing, handbag, handbag, purse, purse, nothing),
        *(nothing, scarf, scarf, scarf, scarf, nothing),
        *[nothing] * 6,
    ]
    midnight = dt.datetime(2025, 9, 15, 22, tzinfo=dt.UTC)  # in Warsaw
    second = dt.timedelta(seconds=1)
    bag = "HANDBAG", "200.00"
    assert [off(till, ANN, midnight - second, bag), off(till, ANN, midnight, bag)] == [100, 0]


def test_l18_20_on_decorative_cosmetics_1_to_10_march(till, two_customers):
    beauty = make_category("Beauty", external_id="BEAUTY")
    decorative = make_category("Decorative cosmetics", external_id="DECO", parent=beauty)
    lips = make_category("Lips", parent=make_category("Make-up", parent=decorative))
    make_product(external_id="LIPSTICK", category=lips)
    make_product(external_id="POWDER", category=decorative)
    make_product(external_id="CREAM", category=make_category("Skin care", parent=beauty))
    make_personal_offer(Mechanic.CATEGORIES, name="cosmetics", value=5, **YEAR)
    uploaded(
        f"cosmetics,{ANN},DECO,,,,20,2025-03-01,2025-03-10",
        f"cosmetics,{BOB},{lips.external_id},,,,,2025-03-05,",
    )
    basket = ("LIPSTICK", "10.00"), ("POWDER", "20.00"), ("CREAM", "40.00")
    told = {
        who: [
            str(off(till, who, noon(*day), *basket)) for day in [(2, 28), (3, 1), (3, 10), (3, 11)]
        ]
        for who in (ANN, BOB, None)
    }
    assert told == {
        ANN: ["0.00", "6.00", "6.00", "0.00"],
        BOB: ["0.00", "0.00", "0.50", "0.50"],
        None: ["0.00"] * 4,
    }


def test_l19_30_points_on_all_for_school_20_to_31_aug(till, two_customers):
    ann, bob = two_customers
    pencil = make_product(external_id="PENCIL", category=make_category("Stationery"))
    apple = make_product(external_id="APPLE", category=make_category("Fruit"))
    pear = make_product(external_id="PEAR", category=apple.category)
    make_product_group("All for School", products=[pencil, apple])
    make_product_group("Other", products=[pear])
    make_personal_offer(Mechanic.PRODUCT_GROUPS, name="school", preference="points", **YEAR)
    uploaded(
        f"school,{ANN},All for School,,points,percent,30,2025-08-20,2025-08-31",
        f"school,{BOB},Other,,points,percent,10,2025-08-20,2025-08-31",
    )
    basket = ("PENCIL", "10.00"), ("APPLE", "2.00"), ("PEAR", "5.00")
    days = [(8, 19), (8, 20), (8, 31), (9, 1)]
    assert [str(earned(till, ANN, noon(*day), *basket)) for day in days] == [
        *("0.00", "3.60", "3.60", "0.00")
    ]
    at = noon(8, 20)
    for who in (ANN, BOB):
        till("/api/v1/purchases", who, at, *basket, receipt=f"R {who}")
    assert pending_of(ann.pk, at=at).amount == Decimal("3.60")
    assert pending_of(bob.pk, at=at).amount == Decimal("0.50")


def of_receipts(till, customer, measure, amounts):
    at = noon(6, 1)
    return {amount: measure(till, customer, at, ("ANY", amount)) for amount in amounts}


def test_l20_l21_10_points_over_1000_and_20_over_3000(till, two_customers):
    ann, bob = two_customers
    make_personal_offer(Mechanic.RECEIPT_AMOUNT, name="big-baskets", **YEAR)
    uploaded(
        f"big-baskets,{ANN},,1000,points,percent,10,,",
        f"big-baskets,{ANN},,3000,points,percent,20,,",
        f"big-baskets,{BOB},,5000,points,percent,1,,",
    )
    assert of_receipts(till, ANN, earned, ["999.99", "1000", "2999.99", "3000"]) == {
        "999.99": 0,
        "1000": 100,
        "2999.99": 300,
        "3000": 600,
    }
    assert of_receipts(till, BOB, earned, ["3000", "5000"]) == {"3000": 0, "5000": 50}
    assert of_receipts(till, None, earned, ["5000"]) == {"5000": 0}
    at = noon(6, 1)
    for who in (ANN, BOB):
        till("/api/v1/purchases", who, at, ("ANY", "3000"), receipt=f"R {who}")
    assert pending_of(ann.pk, at=at).amount == 600
    assert pending_of(bob.pk, at=at) is None


def test_l20_l21_500_off_from_1800_and_1000_off_from_3600(till, two_customers):
    make_personal_offer(Mechanic.RECEIPT_AMOUNT, name="big-baskets", **YEAR)
    uploaded(
        f"big-baskets,{ANN},,1800,discount,amount,500,,",
        f"big-baskets,{ANN},,3600,discount,amount,1000,,",
        f"big-baskets,{BOB},,100,discount,amount,1,,",
    )
    assert of_receipts(till, ANN, off, ["1799.99", "1800", "3599.99", "3600", "7200"]) == {
        "1799.99": 0,
        "1800": 500,
        "3599.99": 500,
        "3600": 1000,
        "7200": 1000,
    }
    assert of_receipts(till, BOB, off, ["3600"]) == {"3600": 1}
    assert of_receipts(till, None, off, ["3600"]) == {"3600": 0}


def test_nobody_is_told_of_what_others_have(till, two_customers):
    """L1, P7: among the reasons why offers did not apply are none of others' offers."""
    make_product(external_id="HANDBAG")
    mine = make_personal_offer(Mechanic.PRODUCTS, name="mine", title="Ann's own", **YEAR)
    uploaded(f"mine,{ANN},HANDBAG,,discount,percent,50,2025-09-01,2025-09-15")
    born = {"field": "birth_date", "is": "month_in", "value": [2]}
    for_audience(born, title="February's own", value=30, everything=True)
    Customer.objects.filter(email=ANN).update(birth_date=dt.date(1990, 2, 1))
    told = {
        who: {
            each["offer"]["name"]
            for kind in ("effects", "skipped")
            for each in till(PATH, who, noon(9, 1), ("HANDBAG", "10.00"))[kind]
        }
        for who in (ANN, BOB, None)
    }
    assert told == {ANN: {mine.title, "February's own"}, BOB: set(), None: set()}
