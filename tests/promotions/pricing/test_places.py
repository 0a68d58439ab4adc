"""Where somebody buys: the point of sale, its currency and its clock."""

import datetime as dt

import pytest

from promotions.pricing.quoting import quote_basket
from tests.factories import NOON, make_audience, make_customer
from tests.promotions.factories import make_discount, make_point_of_sale
from tests.promotions.pricing.baskets import make_basket, off

pytestmark = pytest.mark.django_db


def test_points_of_sale_and_currency_limit_where_it_holds(place):
    other = make_point_of_sale()
    zloty = make_point_of_sale(currency="PLN")
    make_discount(everything=True).items.create(point_of_sale=place)
    make_discount(kind="amount", value=1, currency="PLN", everything=True)
    sold = ("a", 1, "10.00")
    assert [off(make_basket(each, sold)) for each in (place, other, zloty)] == [5, 0, 1]


def test_amounts_have_the_currencys_decimals(place):
    make_discount(value=10, everything=True)
    yen = make_point_of_sale(currency="JPY")
    priced = quote_basket(make_basket(yen, ("a", 1, 105)), customer_id=None, at=NOON)
    assert (str(priced.quote.discount), str(priced.quote.payable)) == ("11", "94")


def test_today_is_the_day_at_the_point_of_sale(place):
    """Two hours before midnight in UTC it is Tuesday in Warsaw, and the customer's birthday."""
    warsaw = make_point_of_sale(time_zone="Europe/Warsaw")
    ann = make_customer(birth_date=dt.date(1990, 6, 16))
    birthday = make_audience(
        {"field": "birth_date", "is": "anniversary_within_next_days", "value": 0}
    )
    tuesday = make_discount(everything=True, value=20, stacking="combines")
    tuesday.conditions.create(kind="times", days=[1])
    make_discount(everything=True).items.create(audience=birthday)
    late = NOON.replace(hour=22, minute=30)
    got = [off(make_basket(each, ("a", 1, "10.00")), ann, late) for each in (place, warsaw)]
    assert got == [0, 6]


def test_hours_and_points_of_sale_as_conditions(place):
    discount = make_discount(everything=True, match="one")
    discount.conditions.create(kind="times", begin=dt.time(8), end=dt.time(9))
    there = discount.conditions.create(kind="points_of_sale")
    other = make_point_of_sale()
    discount.items.create(condition=there, point_of_sale=other)
    morning = NOON.replace(hour=8)
    sold = ("a", 1, "10.00")
    assert [
        off(make_basket(where, sold), at=at)
        for where, at in ((place, NOON), (place, morning), (other, NOON))
    ] == [0, 5, 5]
