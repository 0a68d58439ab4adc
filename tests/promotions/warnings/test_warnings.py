"""What saving a discount warns of, but for baskets that are sold too cheaply."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from promotions.composition import Composition, Goods, compositions_of
from promotions.limits import DISCOUNTS, Given
from promotions.models import DiscountItem
from promotions.personal.counting import count_lists
from promotions.warnings import Kind, warnings_of
from tests.factories import DAY, NOON, make_customer
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_list,
    make_personalized_promotion,
    make_point_of_sale,
    make_product,
    make_product_group,
    make_product_set,
)

pytestmark = pytest.mark.django_db


def told(discount):
    composition = compositions_of([discount])[discount.pk]
    return [str(each.message) for each in warnings_of(composition, at=NOON, floor=Decimal(0))]


def name(discount, **what):
    return DiscountItem.objects.create(discount=discount, **what)


def make_everything(**fields):
    return make_discount(everything=True, **fields)


def test_what_can_apply_is_not_warned_of():
    parent = make_category()
    make_product(category=make_category(parent=parent))
    discount = make_discount()
    name(discount, category=parent)
    assert told(discount) == []


def test_a_category_without_products():
    make_product(category=make_category("Full"))
    discount = make_discount()
    name(discount, category=make_category("Empty"))
    assert told(discount) == [
        "There are no products in category Empty: the discount can never apply."
    ]


def test_a_set_of_an_empty_product_group():
    discount = make_discount()
    make_product_group("Full", products=[make_product()])
    part = make_product_set(discount, name="These", gets_discount=True)
    name(discount, product_set=part, product_group=make_product_group("School"))
    assert told(discount) == [
        "Set “These” can't be filled: there are no products in product group School."
    ]


def test_product_groups_are_looked_up_together():
    discount = make_discount()

    def queries(groups):
        for _ in range(groups):
            name(discount, product_group=make_product_group(products=[make_product()]))
        with CaptureQueriesContext(connection) as captured:
            assert told(discount) == []
        return len(captured)

    assert queries(1) == queries(9)


def test_a_promotion_nobody_has_a_list_of():
    promotion = make_personalized_promotion(name="Five")
    make_list(make_personalized_promotion(), make_customer(), [make_product()])
    discount = make_discount()
    make_product_set(discount, name="Own", gets_discount=True, personalized_promotion=promotion)
    assert told(discount) == ["Set “Own” can't be filled: nobody has a list of “Five” yet."]


def test_e20_a_default_product_that_nobody_has_on_their_list():
    promotion = make_personalized_promotion(name="Five")
    listed = make_product("Tea")
    make_list(promotion, make_customer(), [listed])
    own = {"gets_discount": True, "personalized_promotion": promotion}
    discount = make_discount()
    part = make_product_set(discount, name="Own", default_product=make_product("Milk"), **own)
    assert told(discount) == [
        "In set “Own” the default product never counts: nobody has “Milk” on their list of “Five”."
    ]
    part.default_product = listed
    part.save()
    assert told(discount) == []


def test_more_required_than_customers_may_choose():
    promotion = make_personalized_promotion(name="Two", max_products=2)
    make_list(promotion, make_customer(), [make_product()])
    discount = make_discount()
    make_product_set(
        discount, name="Own", required=3, gets_discount=True, personalized_promotion=promotion
    )
    assert told(discount) == [
        "Set “Own” asks for 3 products, but customers choose 2 at most: they would have to buy the"
        " same one several times."
    ]


def test_a_currency_that_the_points_of_sale_do_not_have():
    shop = make_point_of_sale(currency="PLN")
    discount = make_everything(currency="EUR")
    assert told(discount) == ["No point of sale has prices in EUR."]
    make_point_of_sale(currency="EUR")
    assert told(discount) == []
    name(discount, point_of_sale=shop)
    assert told(discount) == ["None of the chosen points of sale has prices in EUR."]


def test_order_amounts_without_a_common_one():
    make_point_of_sale()
    discount = make_everything(currency="EUR")
    discount.conditions.create(kind="order_amount", minimum=100)
    discount.conditions.create(kind="order_amount", minimum=10, maximum=100, position=1)
    assert told(discount) == []
    discount.conditions.create(kind="order_amount", minimum=5, maximum=50, position=2)
    assert told(discount) == [
        "No order amount meets all conditions: on orders from 100.00 EUR; on orders from 10.00 EUR"
        " to 100.00 EUR; on orders from 5.00 EUR to 50.00 EUR."
    ]


def test_one_condition_that_can_hold_is_enough_where_one_is():
    make_point_of_sale()
    shop, other = make_point_of_sale(name="Here"), make_point_of_sale(name="There")
    discount = make_everything(match="one")
    name(discount, point_of_sale=shop)
    for place, point_of_sale in enumerate([other, shop]):
        condition = discount.conditions.create(kind="points_of_sale", position=place)
        name(discount, condition=condition, point_of_sale=point_of_sale)
    assert told(discount) == []
    discount.conditions.last().delete()
    discount.conditions.create(
        kind="times", days=[0], position=1
    )  # NOON is a Monday: the window has one
    assert told(discount) == []


def test_points_of_sale_without_a_common_one_and_outside_where():
    here, there = make_point_of_sale(name="Here"), make_point_of_sale(name="There")
    discount = make_everything()
    first = discount.conditions.create(kind="points_of_sale")
    name(discount, condition=first, point_of_sale=here)
    name(discount, point_of_sale=there)
    assert told(discount) == ["“Where” leaves out what a condition asks for: in Here."]
    second = discount.conditions.create(kind="points_of_sale", position=1)
    name(discount, condition=second, point_of_sale=there)
    assert told(discount) == ["No point of sale meets all conditions: in Here; in There."]


def time(hour):
    return dt.time(hour)


@pytest.mark.parametrize(
    ("times", "warned"),
    [
        ([{"days": [0, 1]}, {"days": [1, 2]}], None),
        ([{"days": [0]}, {"days": [1]}], "No time meets all conditions: Mon; Tue."),
        ([{"begin": time(22), "end": time(6)}, {"begin": time(5), "end": time(7)}], None),
        (
            [{"begin": time(22), "end": time(6)}, {"begin": time(6), "end": time(9)}],
            "No time meets all conditions: 22:00–6:00; 6:00–9:00.",
        ),
        # Sunday's night belongs to Sunday, and goes on into Monday.
        ([{"days": [6], "begin": time(22), "end": time(6)}, {"days": [0]}], None),
        ([{"days": [4]}], "Between its start and its end there is no such time: Fri."),
    ],
)
def test_days_and_hours(times, warned):
    """From Sunday noon to Tuesday noon; a day more on either side for other zones."""
    discount = make_everything()
    for place, fields in enumerate(times):
        discount.conditions.create(kind="times", position=place, **fields)
    assert told(discount) == ([warned] if warned else [])


def test_a_window_in_the_zone_of_its_points_of_sale_is_exact():
    discount = make_everything(start=NOON, end=NOON + DAY)
    discount.conditions.create(kind="times", days=[2])
    assert told(discount) == []  # somewhere it may be Wednesday
    name(discount, point_of_sale=make_point_of_sale(name="Here"))
    assert told(discount) == ["Between its start and its end there is no such time: Wed."]


def test_a_condition_on_products_that_do_not_exist():
    discount = make_everything()
    condition = discount.conditions.create(kind="products", quantity=1)
    name(discount, condition=condition, category=make_category("Empty"))
    composition = compositions_of([discount])[discount.pk]
    (warning,) = warnings_of(composition, at=NOON, floor=Decimal(50))
    assert warning.kind == Kind.FILLING
    assert warning.message == (
        "A condition asks for products of category Empty, but there are none."
    )


def test_lists_are_those_that_were_counted():
    promotion = make_personalized_promotion(name="Five")
    make_list(promotion, make_customer(), [make_product()])
    discount = make_discount()
    make_product_set(discount, name="Own", gets_discount=True, personalized_promotion=promotion)
    count_lists(NOON)
    with CaptureQueriesContext(connection) as queries:
        assert told(discount) == []
    assert [q["sql"] for q in queries if "promotions_listedproduct" in q["sql"]] == []


def test_a_list_that_is_newer_than_the_count_is_seen():
    promotion = make_personalized_promotion(name="Five")
    count_lists(NOON)
    discount = make_discount()
    make_product_set(discount, name="Own", gets_discount=True, personalized_promotion=promotion)
    assert told(discount) == ["Set “Own” can't be filled: nobody has a list of “Five” yet."]
    make_list(promotion, make_customer(), [make_product()])
    assert told(discount) == []


@pytest.mark.parametrize("limited_before", [True, False])
def test_p14_a_limit_below_what_is_used(limited_before):
    make_point_of_sale()
    limits = {"most_uses": 10, "budget": 500} if limited_before else {}
    discount = make_everything(currency="EUR", **limits)
    for number in range(3):
        given = [Given(discount.pk, Decimal("4.50"))]
        DISCOUNTS.claim(purchase=f"R{number}", customer_id=None, given=given, at=NOON)
    discount.most_uses, discount.budget = 4, Decimal("14")
    assert told(discount) == []
    discount.most_uses, discount.budget = 3, Decimal("13.5")
    assert told(discount) == [
        "It was used 3 times already, and its limit is 3: it applies no more.",
        "It gave away 13.50 EUR already of a budget of 13.50 EUR: it applies no more.",
    ]
    discount.is_active = False
    assert told(discount) == []


def test_a_new_discount_that_is_past():
    discount = make_everything(start=NOON - 2 * DAY, end=NOON)
    assert told(discount) == []
    discount.pk = None
    composition = Composition(discount, Goods(everything=True))
    found = warnings_of(composition, at=NOON, floor=Decimal(0))
    assert [each.message for each in found] == ["Its end date is past: the discount never applies."]


def test_a_condition_on_points_of_sale_with_another_currency():
    shop = make_point_of_sale(currency="PLN")
    make_point_of_sale(currency="EUR")
    discount = make_everything(currency="EUR")
    condition = discount.conditions.create(kind="points_of_sale")
    name(discount, condition=condition, point_of_sale=shop)
    assert told(discount) == ["None of the chosen points of sale has prices in EUR."]
    discount.match = "one"
    discount.conditions.create(kind="times", days=[0], position=1)
    assert told(discount) == []
