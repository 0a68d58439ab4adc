"""A purchase is written once, with all that it does (P5, P6, P8, P14, P15)."""

from decimal import Decimal

import pytest

from loyalty.ledger import balance_of, pending_of
from loyalty.models import Event, OfferUse, Programme, Purchase, PurchaseLine
from loyalty.purchases import answers
from promotions.models import Use
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.ledgers import entries
from tests.loyalty.purchases.factories import confirmed, give_points, make_order, make_purchase
from tests.loyalty.purchases.verified import broken
from tests.promotions.factories import make_discount, make_point_of_sale, make_product

pytestmark = pytest.mark.django_db


def test_all_that_it_does_is_there_P5_P8():
    ann, place = make_customer(), make_point_of_sale()
    tea = make_product("Green tea", external_id="TEA")
    give_points(ann, 5)
    half = make_discount(everything=True)
    tenth = make_personal_offer(preference="points", value=10)
    order = make_order(
        ("TEA", "2", "10.00"), ("?", "0.5", "1.2345"), customer=ann, place=place, points=3
    )
    bought = confirmed("R1", order).purchase
    purchase = Purchase.objects.get()
    assert (purchase.receipt, purchase.customer_id, purchase.source) == ("R1", ann.pk, "till")
    assert (purchase.public_id, purchase.id) == (bought.public_id, bought.id)
    assert (purchase.at, purchase.confirmed_at, purchase.cancelled_at) == (NOON, NOON, None)
    assert (purchase.total, purchase.discount, purchase.payable) == (
        Decimal("20.62"),
        Decimal("10.31"),
        Decimal("7.31"),
    )
    assert (purchase.points_spent, purchase.points_earned) == (3, Decimal("0.73"))
    lines = PurchaseLine.objects.order_by("number").values_list(
        "number", "line", "code", "product_id", "name", "quantity", "unit_price", "total"
    )
    assert list(lines) == [
        (1, "1", "TEA", tea.pk, "Green tea", 2, 10, 20),
        (2, "2", "?", None, "", Decimal("0.5"), Decimal("1.2345"), Decimal("0.62")),
    ]
    used = [
        (use.purchase, use.customer_id, use.amount)
        for use in (Use.objects.get(discount=half), OfferUse.objects.get(offer=tenth))
    ]
    public = str(purchase.public_id)
    assert used == [(public, ann.pk, Decimal("10.31")), (public, ann.pk, Decimal("0.73"))]
    assert entries(ann) == [("issued", 5), ("redeemed", -3), ("issued", Decimal("0.73"))]
    event = Event.objects.get()
    assert (event.kind, event.at, event.purchase_id) == ("purchase.confirmed", NOON, purchase.id)
    assert event.content == {
        "id": public,
        "receipt": "R1",
        "customer": f"id:{ann.pk}",
        "currency": "EUR",
        "bought_at": "2026-06-15T12:00:00+00:00",
        "total": "20.62",
        "discount": "10.31",
        "payable": "7.31",
        "points_earned": "0.73",
        "points_spent": "3.00",
    }
    assert broken() == {}


@pytest.mark.parametrize(("delay", "spendable"), [(14, "0"), (0, "2.00")])
def test_points_are_pending_until_the_programmes_delay_has_passed_P15(delay, spendable):
    Programme.objects.create(delay_days=delay, lifetime_days=30)
    ann = make_customer()
    make_personal_offer(preference="points", value=10)
    record = confirmed("R1", make_order(customer=ann))
    assert record.points_open_at == NOON + delay * DAY
    assert balance_of(ann.pk, at=NOON) == Decimal(spendable)
    assert balance_of(ann.pk, at=NOON + delay * DAY) == 2
    assert balance_of(ann.pk, at=NOON + (delay + 30) * DAY) == 0
    assert (pending_of(ann.pk, at=NOON) is None) == (delay == 0)


def test_a_limit_of_one_is_for_the_first_alone_P14():
    ann, place = make_customer(), make_point_of_sale()
    make_discount(everything=True, most_a_customer=1)
    order = make_order(customer=ann, place=place)
    assert [confirmed(name, order).purchase.discount for name in ("R1", "R2")] == [10, 0]
    assert broken() == {}


def test_nobody_known_gets_what_is_open_to_all_and_no_points_P6():
    make_discount(everything=True)
    make_discount(everything=True, most_a_customer=1, value=90)
    make_personal_offer(preference="points", value=10)
    purchase = make_purchase()
    assert (purchase.customer_id, purchase.discount, purchase.points_earned) == (0, 10, 0)
    assert broken() == {}


@pytest.mark.parametrize(("currency", "paid"), [("JPY", "1"), ("KWD", "1.000")])
def test_amounts_have_the_decimals_of_their_currency(currency, paid):
    place = make_point_of_sale(currency=currency)
    record = confirmed("R1", make_order(("SKU", "1", "1"), place=place))
    assert answers.of_purchase(record)["payable"] == paid


def test_in_thousandths_points_are_spent_in_whole_hundredths():
    """P15: a third of 0.01 is no amount of points."""
    ann, place = make_customer(), make_point_of_sale(currency="KWD")
    give_points(ann, 5)
    lines = [("A", "1", "1.000"), ("B", "1", "1.000"), ("C", "1", "1.000")]
    order = make_order(*lines, customer=ann, place=place, points="0.01")
    assert confirmed("R1", order).purchase.points_spent == Decimal("0.01")
    whole = make_order(*lines, customer=ann, place=place, points="3")
    assert confirmed("R2", whole).purchase.points_spent == 3
    assert broken() == {}
