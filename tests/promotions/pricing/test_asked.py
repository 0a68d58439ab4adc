"""Baskets that cannot be priced, and what is said of them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from promotions.pricing.asked import AskedBasket, AskedLine, BasketError
from promotions.pricing.quoting import quote_basket
from tests.factories import NOON
from tests.promotions.pricing.baskets import make_basket

pytestmark = pytest.mark.django_db


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
        (make_basket("P1", ("a", 1, "0e-999999999")), "unit_price"),
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


def test_as_many_lines_with_ids_as_long_as_may_be_are_priced(place):
    line = AskedLine("1", "a" * 64, Decimal("999999"), Decimal("0.0001"))
    lines = [replace(line, id=f"{number:050}") for number in range(500)]
    asked = AskedBasket(place.key, tuple(lines))
    assert len(quote_basket(asked, customer_id=None, at=NOON).quote.lines) == 500
    with pytest.raises(BasketError) as caught:
        quote_basket(replace(asked, lines=(replace(line, id="1" * 51),)), customer_id=None, at=NOON)
    assert caught.value.code == "line_id"
