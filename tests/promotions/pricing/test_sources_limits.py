"""Limits of offers of rooms above: what was claimed is what pricing finds used (P14)."""

import json
from decimal import Decimal

import pytest
from django.db import connection

from customers.models import Customer
from customers.references import unreferenced
from promotions import engine
from promotions.limits import DISCOUNTS, Given, LimitReachedError
from promotions.models import Discount
from promotions.periods import Limits
from promotions.pricing.quoting import quote_basket
from promotions.pricing.sources import limited_kinds
from tests.factories import DAY, NOON, make_customer
from tests.imports.runs import changed
from tests.promotions.factories import make_discount
from tests.promotions.pricing.baskets import make_basket, off
from tests.promotions.pricing.gifts import GIFTS, gift

pytestmark = pytest.mark.django_db
# As a discount of the same id has them.
GIFT = """
    INSERT INTO gifts_gift SELECT (json_populate_record(discount, %s)).*
    FROM promotions_discount AS discount WHERE id = %s
"""


def make_gift(gifts, *, effect=engine.Effect.DISCOUNT, **limits):
    """One that is Ann's and Ben's own, with limits; its number is that of a discount without."""
    number = make_discount(value=1).pk
    with connection.cursor() as cursor:
        cursor.execute(GIFT, [json.dumps(limits, default=str), number])
    own = (gift(number, effect=effect),)
    gifts.own_rules = {"Ann": own, "Ben": own}
    gifts.more = {"limits": {number: Limits.of(Discount(**limits))}}
    return number


def make_shoppers():
    return (make_customer(first_name=name) for name in ("Ann", "Ben"))


def claim(number, purchase, customer, *, amount="1.00", at=NOON):
    given = [Given(number, Decimal(amount))]
    GIFTS.claim(purchase=purchase, customer_id=customer and customer.pk, given=given, at=at)


def reasons(asked, customer, at=NOON):
    quote = quote_basket(asked, customer_id=customer.pk, at=at).quote
    return [(each.reason.value, *each.figures.values()) for each in quote.explained.personal]


def test_a_use_of_a_gift_is_none_of_the_discount_of_its_number(gifts, place):
    ann, ben = make_shoppers()
    number = make_gift(gifts, most_a_day=1)
    asked = make_basket(place, ("tea", 1, "10.00"))
    claim(number, "R1", ann)
    assert reasons(asked, ann) == [("limit", "day", 1)]
    assert (off(asked, ben), off(asked, ann, NOON + DAY / 2)) == (1, 1)
    with pytest.raises(LimitReachedError) as caught:
        claim(number, "R2", ann)
    assert (caught.value.limited, caught.value.offer_id) == (GIFTS, number)
    assert caught.value.limit == "day"
    DISCOUNTS.claim(purchase="R2", customer_id=ann.pk, given=[Given(number, Decimal(1))], at=NOON)
    GIFTS.give_back(purchase="R1")
    assert off(asked, ann) == 1


def test_limits_of_all_together_hold_for_everybody(gifts, place):
    ann, ben = make_shoppers()
    number = make_gift(gifts, most_uses=2)
    asked = make_basket(place, ("tea", 1, "10.00"))
    claim(number, "R1", ann)
    assert off(asked, ben) == 1
    claim(number, "R2", None)
    assert reasons(asked, ben) == reasons(asked, ann) == [("limit", "total", 2)]


def test_a_budget_of_points_is_counted_in_points(gifts, place):
    ann, ben = make_shoppers()
    number = make_gift(gifts, effect=engine.Effect.POINTS, budget=Decimal("2.50"))
    asked = make_basket(place, ("tea", 1, "10.00"))
    claim(number, "R1", ann)
    assert quote_basket(asked, customer_id=ben.pk, at=NOON).quote.points_earned == 1
    claim(number, "R2", ben)
    assert reasons(asked, ann) == [("budget", Decimal("0.500"), Decimal("1.00"))]
    with pytest.raises(LimitReachedError, match=f"gifts_gift {number}: budget"):
        claim(number, "R3", ann)
    GIFTS.give_back(purchase="R2", parts={number: Decimal("0.50")})
    claim(number, "R3", ann)


def test_nobody_known_has_no_part_in_limits_for_each_customer(gifts, place):
    number = make_gift(gifts, most_a_customer=1)
    with pytest.raises(LimitReachedError, match="unknown"):
        claim(number, "R1", None)


def test_discounts_are_locked_before_all_other_kinds(gifts):
    assert [*limited_kinds().items()] == [("discount", DISCOUNTS), ("gift", GIFTS)]


def test_who_used_a_gift_is_spoken_of(gifts):
    ann, ben = make_shoppers()
    claim(make_gift(gifts), "R1", ann)
    free = Customer.objects.raw(
        f"SELECT id FROM customers_customer AS c WHERE {unreferenced('c')} ORDER BY id"
    )
    assert [each.pk for each in free] == [ben.pk]


@pytest.mark.django_db(transaction=True)
def test_uses_of_gifts_stay_when_who_used_them_is_erased(gifts, place):
    ann, ben = make_shoppers()
    number = make_gift(gifts, most_uses=2, most_a_customer=1)
    claim(number, "R1", ann)
    claim(number, "R2", ben)
    job = changed("customer-erasure", customer=ann.pk)
    assert "Uses of offers: 1" in job.notes
    with connection.cursor() as cursor:
        cursor.execute("SELECT customer_id, purchase FROM gifts_use ORDER BY purchase")
        assert cursor.fetchall() == [(0, "R1"), (ben.pk, "R2")]
        cursor.execute("SELECT customer_id, used FROM gifts_counter ORDER BY customer_id")
        assert cursor.fetchall() == [(0, 2), (ben.pk, 1)]
    with pytest.raises(LimitReachedError, match="total"):
        claim(number, "R3", make_customer())
