"""Goods come back in parts, to the cent, as often as something is left (P1, P3, P8, P14)."""

from decimal import Decimal

import pytest
from django.db import connection

from loyalty.ledger import balance_of, debit
from loyalty.models import Event, Programme, Return
from loyalty.purchases import answers
from loyalty.purchases.refusals import Refusal
from promotions.models import Discount, Use, UseCounter
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.purchases.factories import (
    cancelled,
    confirmed,
    give_points,
    make_order,
    make_purchase,
    returned,
)
from tests.loyalty.purchases.verified import broken
from tests.promotions.factories import make_discount, make_point_of_sale

pytestmark = pytest.mark.django_db


def refused(*args, **fields):
    with pytest.raises(Refusal) as caught:
        returned(*args, **fields)
    return caught.value.code


def parts(taken):
    row = taken.returned.row
    return [row.payable, row.discount, row.points_earned, row.points_spent]


def test_parts_add_up_to_what_the_line_had_P3():
    ann = make_customer()
    give_points(ann, 1)
    make_discount(everything=True)
    make_personal_offer(preference="points", value=10)
    purchase = make_purchase(("SKU", "3", "3.35"), customer=ann, points=1)
    steps = [returned(purchase.receipt, line1=1) for _ in range(3)]
    assert [parts(each) for each in steps] == [
        [Decimal(each) for each in step.split()]
        for step in ("1.34 1.68 0.13 0.33", "1.34 1.67 0.14 0.34", "1.34 1.68 0.13 0.33")
    ]
    assert [sum(each) for each in zip(*map(parts, steps), strict=True)] == [
        purchase.payable,
        purchase.discount,
        purchase.points_earned,
        purchase.points_spent,
    ]
    assert [each.returned.row.is_rest for each in steps] == [False, False, True]
    assert balance_of(ann.pk, at=NOON + 20 * DAY) == 1
    assert broken() == {}


def test_also_after_its_offers_have_ended_P1():
    discount = make_discount(everything=True)
    make_purchase(receipt="R1")
    Discount.objects.filter(pk=discount.pk).update(end=NOON, is_active=False)
    assert parts(returned("R1", at=NOON + 9 * DAY))[:2] == [10, 10]


def test_a_part_gives_money_back_to_budgets_and_the_whole_the_use_P14():
    place = make_point_of_sale()
    make_discount(everything=True, budget=15, most_uses=2, currency="EUR")
    purchase = make_purchase(("A", "2", "10.00"), ("B", "1", "0.99"), place=place)
    assert purchase.discount == Decimal("10.50")

    def counted():
        counter = UseCounter.objects.get()
        return counter.used, counter.spent

    seen = [counted()]
    for line in ({"line1": 1}, {"line1": 1}, {"line2": 1}):
        returned(purchase.receipt, **line)
        seen.append(counted())
        assert broken() == {}
    assert seen == [(1, Decimal("10.5")), (1, Decimal("5.5")), (1, Decimal("0.5")), (0, 0)]
    assert Use.objects.get().is_given_back


def test_without_lines_all_that_is_left_comes_back():
    make_purchase(("A", "2", "10.00"), ("B", "0.5", "2.00"), receipt="R1")
    returned("R1", line1=1)
    rest = returned("R1")
    assert [(line.number, line.quantity) for line in rest.returned.lines] == [
        (1, 1),
        (2, Decimal("0.5")),
    ]
    assert rest.returned.row.is_rest
    assert refused("R1") == "nothing_left"


def test_the_same_again_is_the_same_return_P1():
    make_purchase(("A", "2", "10.00"), ("B", "1", "2.00"), receipt="R1")
    first = returned("R1", "RT1", line1=1, line2=1)
    again = returned("R1", "RT1", at=NOON + DAY, line2="1.0", line1=1)
    assert (first.is_new, again.is_new) == (True, False)
    told = [answers.of_return(each.returned, each.record) for each in (first, again)]
    assert told[0] == told[1]
    assert refused("R1", "RT1", line1=1) == "return_used"
    assert refused("R1", "RT1") == "return_used"
    assert (Return.objects.count(), Event.objects.count()) == (1, 2)


def test_returns_of_other_purchases_may_have_the_same_name():
    for receipt in ("R1", "R2"):
        make_purchase(receipt=receipt)
        assert returned(receipt, "RT1").is_new


@pytest.mark.parametrize(
    ("quantities", "code"),
    [
        ({"line1": 3}, "quantity"),
        ({"line1": 0}, "quantity"),
        ({"line1": -1}, "quantity"),
        ({"line1": "0.0001"}, "quantity"),
        ({"line1": "NaN"}, "quantity"),
        ({"line1": "1E+99"}, "quantity"),
        ({"line7": 1}, "unknown_line"),
    ],
)
def test_what_can_not_come_back_is_refused(quantities, code):
    make_purchase(receipt="R1")
    assert refused("R1", **quantities) == code
    assert not Return.objects.exists()


def test_no_more_than_is_left_comes_back():
    make_purchase(receipt="R1")
    returned("R1", line1="1.5")
    assert refused("R1", line1="0.501") == "quantity"
    assert returned("R1", line1="0.5").returned.row.is_rest


def test_of_what_was_cancelled_nothing_comes_back():
    make_purchase(receipt="R1")
    cancelled("R1")
    assert refused("R1") == "cancelled"
    assert refused("R9") == "unknown_purchase"


def test_points_that_were_spent_already_are_missing_P8():
    Programme.objects.create(delay_days=0)
    ann = make_customer()
    make_personal_offer(preference="points", value=10)
    make_purchase(receipt="R1", customer=ann)
    debit(customer_id=ann.pk, amount=Decimal("1.50"), at=NOON)
    taken = [returned("R1", line1=1).returned.row.points_missing for _ in range(2)]
    assert taken == [Decimal("0.5"), 1]
    assert balance_of(ann.pk, at=NOON) == 0
    assert broken() == {}


def test_history_that_was_imported_can_be_returned():
    place = make_point_of_sale(key="P1")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO loyalty_purchase (customer_id, id, public_id, receipt, source, body_hash,"
            " point_of_sale_id, currency, at, confirmed_at, total, discount, payable,"
            " points_earned, points_spent, effects)"
            " VALUES (0, 1, gen_random_uuid(), 'R1', 'import', '', %s, 'EUR', %s, %s,"
            " 3, 0, 3, 0, 0, '[]')",
            [place.pk, NOON, NOON],
        )
        cursor.execute(
            "INSERT INTO loyalty_purchaseline (customer_id, purchase_id, number, line, code, name,"
            " quantity, unit_price, total, discount, payable, points_earned, points_spent)"
            " VALUES (0, 1, 1, '1', 'TEA', '', 2, 1.5, 3, 0, 3, 0, 0)"
        )
    assert parts(returned("R1", line1=1)) == [Decimal("1.5"), 0, 0, 0]
    assert returned("R1").returned.row.is_rest
    assert broken() == {}


def test_of_two_the_discount_of_a_set_is_shared_by_the_units_of_the_line():
    """The units of a line are alike: half the line is half of what it saved."""
    place = make_point_of_sale()
    make_discount(everything=True, units=1)
    confirmed("R1", make_order(place=place))
    assert [parts(returned("R1", line1=1))[:2] for _ in range(2)] == [
        [Decimal("7.5"), Decimal("2.5")]
    ] * 2
