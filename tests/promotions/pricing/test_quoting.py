"""What discounts in the database do to baskets: the engine's law, from models to the quote."""

import datetime as dt
from decimal import Decimal

import pytest

from customers.models import Customer
from promotions.engine import Reason
from promotions.models import Condition, DiscountItem, PersonalizedPromotion
from promotions.pricing.asked import BasketError
from promotions.pricing.quoting import quote_basket
from promotions.pricing.relevance import told_to_shopper
from tests.factories import (
    DAY,
    NOON,
    make_attribute,
    make_audience,
    make_customer,
    make_group,
    make_member,
)
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
from tests.promotions.pricing.baskets import make_basket

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_point_of_sale()


def off(asked, customer: Customer | None = None, at=NOON) -> Decimal:
    """The discount on the basket."""
    priced = quote_basket(asked, customer_id=customer.pk if customer else None, at=at)
    return priced.quote.discount


def reasons(asked, customer: Customer | None = None, at=NOON) -> list[tuple[int, Reason]]:
    priced = quote_basket(asked, customer_id=customer.pk if customer else None, at=at)
    return [(each.id, each.reason) for each in priced.quote.skipped]


def about(discount, **thing) -> DiscountItem:
    return DiscountItem.objects.create(discount=discount, **thing)


def condition(discount, **fields) -> Condition:
    return Condition.objects.create(discount=discount, **fields)


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
    about(discount, product=tea)
    about(discount, category=food)
    about(discount, product_group=make_product_group(products=[pen]))
    sold = [(tea, 1, 10), (cake, 1, 20), (pen, 1, 40), (car, 1, 80)]
    priced = quote_basket(make_basket(place, *sold), customer_id=None, at=NOON)
    assert [line.discount for line in priced.quote.lines] == [5, 10, 20, 0]


def test_a_product_is_found_by_its_barcode_but_its_own_number_goes_before(place):
    tea = make_product(external_id="1000", barcodes=["4006381333931"])
    make_product(barcodes=["1000"])
    about(make_discount(), product=tea)
    sold = [("4006381333931", 1, 10), ("1000", 1, 10), ("1001", 1, 10)]
    priced = quote_basket(make_basket(place, *sold), customer_id=None, at=NOON)
    assert [line.discount for line in priced.quote.lines] == [5, 5, 0]
    assert priced.unknown == ["1001"]


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
        about(make_discount(stacking=stacking, value=value, units=1), product=tea)
    # 50% of one unit, 10% of the other, then 20% of the dearest running price left.
    assert off(make_basket(place, (tea, 2, "10.00"))) == Decimal("7.80")


def test_a_discount_is_live_in_its_window_while_it_is_active(place):
    make_discount(everything=True, start=NOON, end=NOON + DAY)
    make_discount(everything=True, is_active=False)
    asked = make_basket(place, ("a", 1, "10.00"))
    tick = dt.timedelta(microseconds=1)
    moments = (NOON - tick, NOON, NOON + DAY - tick, NOON + DAY)
    assert [off(asked, at=at) for at in moments] == [0, 5, 5, 0]


def test_points_of_sale_and_currency_limit_where_it_holds(place):
    other = make_point_of_sale()
    zloty = make_point_of_sale(currency="PLN")
    about(make_discount(everything=True), point_of_sale=place)
    make_discount(kind="amount", value=1, currency="PLN", everything=True)
    sold = ("a", 1, "10.00")
    assert [off(make_basket(each, sold)) for each in (place, other, zloty)] == [5, 0, 1]


def test_amounts_have_the_currencys_decimals(place):
    make_discount(value=10, everything=True)
    yen = make_point_of_sale(currency="JPY")
    priced = quote_basket(make_basket(yen, ("a", 1, 105)), customer_id=None, at=NOON)
    assert (str(priced.quote.discount), str(priced.quote.payable)) == ("11", "94")


@pytest.mark.parametrize("kind", ["group", "following group", "fixed", "conditions"])
def test_whom_a_discount_is_for(place, kind):
    make_attribute("city")
    ann, ben = make_customer(city="Lviv"), make_customer(city="Warsaw")
    lviv = {"field": "city", "is": "equals_any", "value": ["Lviv"]}
    target = {
        "group": lambda: make_group(),
        "following group": lambda: make_group(type="audience", audience=make_audience(lviv)),
        "fixed": lambda: make_audience(),
        "conditions": lambda: make_audience(lviv),
    }[kind]()
    if kind in ("group", "fixed"):
        make_member(target, ann)
    field = "customer_group" if "group" in kind else "audience"
    about(make_discount(everything=True), **{field: target})
    by_condition = make_discount(everything=True, value=20, stacking="combines")
    of = "groups" if "group" in kind else "audiences"
    about(by_condition, condition=condition(by_condition, kind=of), **{field: target})
    asked = make_basket(place, ("a", 1, "10.00"))
    assert [off(asked, who) for who in (ann, ben, None)] == [6, 0, 0]


def test_today_is_the_day_at_the_point_of_sale(place):
    """Two hours before midnight in UTC it is Tuesday in Warsaw, and the customer's birthday."""
    warsaw = make_point_of_sale(time_zone="Europe/Warsaw")
    ann = make_customer(birth_date=dt.date(1990, 6, 16))
    birthday = make_audience(
        {"field": "birth_date", "is": "anniversary_within_next_days", "value": 0}
    )
    tuesday = make_discount(everything=True, value=20, stacking="combines")
    condition(tuesday, kind="times", days=[1])
    about(make_discount(everything=True), audience=birthday)
    late = NOON.replace(hour=22, minute=30)
    got = [off(make_basket(each, ("a", 1, "10.00")), ann, late) for each in (place, warsaw)]
    assert got == [0, 6]


def test_conditions_combine_as_all_or_one_of_E22(place):
    tea = make_product()
    discount = make_discount(everything=True, currency="EUR")
    condition(discount, kind="order_amount", minimum=20, maximum=100)
    of_tea = condition(discount, kind="products", quantity=2)
    about(discount, condition=of_tea, product=tea)
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


def test_hours_and_points_of_sale_as_conditions(place):
    discount = make_discount(everything=True, match="one")
    condition(discount, kind="times", begin=dt.time(8), end=dt.time(9))
    there = condition(discount, kind="points_of_sale")
    other = make_point_of_sale()
    about(discount, condition=there, point_of_sale=other)
    morning = NOON.replace(hour=8)
    sold = ("a", 1, "10.00")
    assert [
        off(make_basket(where, sold), at=at)
        for where, at in ((place, NOON), (place, morning), (other, NOON))
    ] == [0, 5, 5]


@pytest.fixture
def lists():
    """Two of anything, and one of the customer's own choice is half price, in E19's words."""
    promotion = make_personalized_promotion()
    discount = make_discount()
    bread, tea, cake = make_product("Bread"), make_product("Tea"), make_product("Cake")
    any_bread = make_product_set(discount, required=2)
    about(discount, product_set=any_bread, product=bread)
    own = make_product_set(
        discount,
        required=0,
        gets_discount=True,
        discounted=1,
        personalized_promotion=promotion,
        default_product=cake,
    )
    return promotion, own, bread, tea, cake


def test_one_of_the_chosen_products_is_discounted_E19(place, lists):
    promotion, _own, bread, tea, cake = lists
    ann = make_customer()
    make_list(promotion, ann, [tea, cake], chosen=[tea])
    asked = make_basket(place, (bread, 2, "1.00"), (tea, 2, "10.00"), (cake, 1, "30.00"))
    too_few = make_basket(place, (bread, 1, "1.00"), (tea, 2, "10.00"))
    assert [off(asked, ann), off(asked), off(too_few, ann)] == [5, 0, 0]


def test_the_default_counts_for_who_chose_nothing_and_has_it_on_the_list_E20(place, lists):
    promotion, own, bread, tea, cake = lists
    ann, ben, cleo = make_customer(), make_customer(), make_customer()
    make_list(promotion, ann, [tea, cake])
    make_list(promotion, ben, [tea])
    asked = make_basket(place, (bread, 2, "1.00"), (tea, 2, "10.00"), (cake, 1, "30.00"))
    assert [off(asked, who) for who in (ann, ben, cleo, None)] == [15, 0, 0, 0]
    assert reasons(asked, ben) == [(own.discount_id, Reason.NO_CHOICE)]


def test_lists_count_for_those_whom_the_promotion_is_for_E6(place, lists):
    promotion, _own, bread, tea, _cake = lists
    asked = make_basket(place, (bread, 2, "1.00"), (tea, 1, "10.00"))
    people = [make_customer(employee=value) for value in (True, False, None)]
    for person in people:
        make_list(promotion, person, [tea], chosen=[tea])
    assert [off(asked, person) for person in people] == [0, 5, 5]
    PersonalizedPromotion.objects.update(users="employees")
    assert [off(asked, person) for person in people] == [5, 0, 0]


def test_what_could_not_be_computed_gives_no_discount(place):
    """Written past the form: product sets without a set must not become a discount on all."""
    make_discount(action="product_sets", everything=True)
    make_discount(value=10)
    make_discount(value=20, everything=True)
    assert off(make_basket(place, ("a", 1, "10.00"))) == 2


@pytest.mark.parametrize("number", [1, 40])
def test_two_queries_however_many_discounts_and_lines(place, number, django_assert_num_queries):
    ann = make_customer()
    products = [make_product() for _ in range(number)]
    for product in products:
        about(make_discount(), product=product)
    asked = make_basket(place, *((product, 1, "2.00") for product in products))
    # In a test's transaction the book is read anew: eight of these.
    with django_assert_num_queries(11):
        assert off(asked, ann) == number


def test_nobody_by_that_number_is_an_error_and_so_is_a_prospect(place):
    waiting = make_customer(is_prospect=True)
    asked = make_basket(place, ("a", 1, "10.00"))
    for number in (waiting.pk, 10**9):
        with pytest.raises(BasketError) as caught:
            quote_basket(asked, customer_id=number, at=NOON)
        assert caught.value.code == "unknown_customer"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (make_basket("nowhere", ("a", 1, 1)), "unknown_point_of_sale"),
        (make_basket("P1"), "no_lines"),
        (make_basket("P1", *[("a", 1, 1)] * 501), "too_many_lines"),
        (make_basket("P1", ("", 1, 1)), "product"),
        (make_basket("P1", ("a" * 65, 1, 1)), "product"),
        (make_basket("P1", ("a\0", 1, 1)), "product"),
        (make_basket("P1", ("a", 0, 1)), "quantity"),
        (make_basket("P1", ("a", -1, 1)), "quantity"),
        (make_basket("P1", ("a", "1000000", 1)), "quantity"),
        (make_basket("P1", ("a", "0.0001", 1)), "quantity"),
        (make_basket("P1", ("a", "NaN", 1)), "quantity"),
        (make_basket("P1", ("a", 1, -1)), "unit_price"),
        (make_basket("P1", ("a", 1, "0.00001")), "unit_price"),
        (make_basket("P1", ("a", 1, "Infinity")), "unit_price"),
        (make_basket("P1", ("a", 1, 1), points="-1"), "points_to_spend"),
        (make_basket("P1", ("a", 1, 1), points="0.001"), "points_to_spend"),
        (make_basket("P1", ("a", 1, 1), points="NaN"), "points_to_spend"),
    ],
)
def test_what_cannot_be_priced_is_said(asked, code):
    with pytest.raises(BasketError) as caught:
        quote_basket(asked, customer_id=None, at=NOON)
    assert caught.value.code == code


def test_who_has_a_list_is_told_of_it_whatever_is_chosen_and_nobody_else_P7(place, lists):
    promotion, own, bread, tea, _cake = lists
    bought = make_basket(place, (bread, 2, "1.00"))
    ann, ben, cleo, eve = [make_customer(employee=value) for value in (None, None, None, True)]
    make_list(promotion, ann, [tea], chosen=[tea])
    make_list(promotion, ben, [tea])
    make_list(promotion, eve, [tea], chosen=[tea])

    def told(customer):
        priced = quote_basket(bought, customer_id=customer and customer.pk, at=NOON)
        return [each.id for each in told_to_shopper(priced)]

    assert [told(who) for who in (ann, ben)] == [[own.discount_id]] * 2
    # Cleo has no list; Eve, an employee, has one that counts for consumers only.
    assert [told(who) for who in (cleo, eve, None)] == [[]] * 3
