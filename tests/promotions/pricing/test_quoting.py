"""What discounts in the database do to baskets: the engine's law, from models to the quote."""

import datetime as dt
from decimal import Decimal

import pytest

from promotions.pricing.quoting import quote_basket
from tests.factories import DAY, NOON, make_customer
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_product,
    make_product_group,
)
from tests.promotions.pricing.baskets import make_basket, off

pytestmark = pytest.mark.django_db


def test_goods_are_named_products_categories_with_all_below_and_groups(place):
    food = make_category()
    sweets = make_category(parent=make_category(parent=food))
    tea, cake, pen, car = (
        make_product("Tea"),
        make_product("Cake", category=sweets),
        make_product("Pen"),
        make_product("Car"),
    )
    discount = make_discount()
    discount.items.create(product=tea)
    discount.items.create(category=food)
    discount.items.create(product_group=make_product_group(products=[pen]))
    sold = [(tea, 1, 10), (cake, 1, 20), (pen, 1, 40), (car, 1, 80)]
    priced = quote_basket(make_basket(place, *sold), customer_id=None, at=NOON)
    assert [line.discount for line in priced.quote.lines] == [5, 10, 20, 0]


def test_a_product_is_found_by_its_barcode_but_its_own_number_goes_before(place):
    tea = make_product(external_id="1000", barcodes=["4006381333931"])
    make_product(barcodes=["1000"])
    make_discount().items.create(product=tea)
    sold = [("4006381333931", 1, 10), ("1000", 1, 10), ("1001", 1, 10), ("1001", 1, 10)]
    priced = quote_basket(make_basket(place, *sold), customer_id=None, at=NOON)
    assert [line.discount for line in priced.quote.lines] == [5, 5, 0, 0]
    assert priced.unknown == ["1001"]


def test_a_product_that_is_found_by_its_barcode_is_in_its_category(place):
    food = make_category()
    make_product(category=food, barcodes=["4006381333931"])
    make_discount().items.create(category=food)
    assert off(make_basket(place, ("4006381333931", 1, 10))) == 5


def test_an_unknown_product_gets_what_is_off_everything(place):
    make_discount(everything=True)
    assert off(make_basket(place, ("no such thing", 2, "1.00"))) == 1


@pytest.mark.parametrize(
    ("kind", "value", "scope", "expected"),
    [
        ("percentage", 15, "units", "1.60"),  # 15% of 5.25 is 0.79, of 0.10 0.02: each unit? P9
        ("amount", 3, "units", "6.10"),
        ("fixed_price", 5, "units", "0.50"),
        ("percentage", 15, "lines", "1.60"),
        ("amount", 3, "lines", "3.10"),
        ("amount", 3, "receipt", "3.00"),
        ("percentage", 50, "receipt", "5.30"),
    ],
)
def test_every_discount_type_on_units_lines_and_the_receipt_E23(
    place, kind, value, scope, expected
):
    make_discount(kind=kind, value=value, scope=scope, everything=True, currency="EUR")
    assert off(make_basket(place, ("a", 2, "5.25"), ("b", 1, "0.10"))) == Decimal(expected)


def test_units_a_receipt_and_priority_and_stacking_reach_the_engine(place):
    tea = make_product()
    for stacking, value in (("one_per_item", 50), ("one_per_item", 10), ("combines", 20)):
        make_discount(stacking=stacking, value=value, units=1).items.create(product=tea)
    # 50% of one unit, 10% of the other, then 20% of the dearest running price left.
    assert off(make_basket(place, (tea, 2, "10.00"))) == Decimal("7.80")


def test_a_discount_is_live_in_its_window_while_it_is_active(place):
    make_discount(everything=True, start=NOON, end=NOON + DAY)
    make_discount(everything=True, is_active=False)
    asked = make_basket(place, ("a", 1, "10.00"))
    tick = dt.timedelta(microseconds=1)
    moments = (NOON - tick, NOON, NOON + DAY - tick, NOON + DAY)
    assert [off(asked, at=at) for at in moments] == [0, 5, 5, 0]


def test_conditions_combine_as_all_or_one_of_E22(place):
    tea = make_product()
    discount = make_discount(everything=True, currency="EUR")
    discount.conditions.create(kind="order_amount", minimum=20, maximum=100)
    of_tea = discount.conditions.create(kind="products", quantity=2)
    discount.items.create(condition=of_tea, product=tea)
    baskets = [
        make_basket(place, (tea, 2, "10.00")),
        make_basket(place, (tea, 1, "50.00")),
        make_basket(place, (tea, 2, "1.00")),
        make_basket(place, (tea, 1, "1.00")),
        make_basket(place, (tea, 3, "40.00")),
    ]
    assert [off(basket) > 0 for basket in baskets] == [True, False, False, False, False]
    discount.match = "one"
    discount.save()
    assert [off(basket) > 0 for basket in baskets] == [True, True, True, False, True]


def test_what_could_not_be_computed_gives_no_discount(place):
    """Written past the form: product sets without a set must not become a discount on all."""
    make_discount(action="product_sets", everything=True)
    make_discount(value=10)
    make_discount(value=20, everything=True)
    assert off(make_basket(place, ("a", 1, "10.00"))) == 2


@pytest.mark.parametrize("number", [1, 40])
def test_one_query_however_many_discounts_and_lines(place, number, django_assert_num_queries):
    ann = make_customer()
    products = [make_product() for _ in range(number)]
    for product in products:
        make_discount().items.create(product=product)
    asked = make_basket(place, *((product, 1, "2.00") for product in products))
    # In a test's transaction the book is read anew: ten of these.
    with django_assert_num_queries(12):
        assert off(asked, ann) == number
