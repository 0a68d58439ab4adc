"""A discount means the same to its form, which holds it unsaved, and to tills, which read rows."""

import datetime as dt

import pytest

from promotions.composing import rule
from promotions.composition import compositions_of
from promotions.engine import Fault, faults
from promotions.models import Discount
from promotions.pricing.rules import rules_of
from tests.factories import make_audience, make_group
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_personalized_promotion,
    make_point_of_sale,
    make_product,
    make_product_group,
    make_product_set,
)

pytestmark = pytest.mark.django_db


def with_everything_that_it_may_have():
    """In sets, conditions and for itself; nothing is checked here for making sense."""
    discount = make_discount(
        kind=Discount.Kind.AMOUNT,
        currency="EUR",
        stacking=Discount.Stacking.COMBINES,
        match=Discount.Match.ONE,
        priority=7,
        uses=3,
        units=2,
    )
    things = {
        "product": make_product(),
        "category": make_category(),
        "product_group": make_product_group(),
    }
    whom = {"point_of_sale": make_point_of_sale(), "customer_group": make_group()}
    whom["audience"] = make_audience()
    bought = make_product_set(discount, required=2, discounted=4)
    given = {"gets_discount": True, "discounted": 1, "default_product": make_product()}
    make_product_set(discount, personalized_promotion=make_personalized_promotion(), **given)
    conditions = [
        discount.conditions.create(kind="order_amount", minimum=5, maximum=9),
        discount.conditions.create(kind="products", quantity=3),
        discount.conditions.create(kind="times", days=[0, 6], begin=dt.time(9), end=dt.time(1)),
        *(discount.conditions.create(kind=k) for k in ("points_of_sale", "groups", "audiences")),
    ]
    named = [({}, things | whom), ({"product_set": bought}, things)]
    named += [({"condition": each}, things | whom) for each in conditions]
    for part, all_ in named:
        for name, thing in all_.items():
            discount.items.create(**part, **{name: thing})


MAKERS = {
    "all there is": with_everything_that_it_may_have,
    "on products": lambda: make_discount(units=2).items.create(product=make_product()),
    "on everything": lambda: make_discount(everything=True, scope="receipt"),
    "on nothing": make_discount,
    "sets that are missing": lambda: make_discount(
        action=Discount.Action.PRODUCT_SETS, everything=True, units=2, uses=None
    ),
    "products beside sets that are missing": lambda: make_discount(
        action=Discount.Action.PRODUCT_SETS
    ).items.create(product=make_product()),
    "sets of everything": lambda: make_product_set(make_discount(), everything=True),
}


@pytest.mark.parametrize("made", MAKERS)
def test_it_is_the_same_rule_by_both_ways(made):
    MAKERS[made]()
    (composition,) = compositions_of(Discount.objects.all()).values()
    assert [rule(composition)] == rules_of(Discount.objects.all())


def test_what_is_for_sets_only_is_nothing_without_them():
    MAKERS["products beside sets that are missing"]()
    (found,) = rules_of(Discount.objects.all())
    assert faults(found) == (Fault.GOODS_WITHOUT_PRODUCTS,)
