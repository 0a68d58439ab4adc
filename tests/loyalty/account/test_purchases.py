"""A customer's receipts in the account: what was paid, saved, earned, and why (P7)."""

import datetime as dt
import re
import uuid
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from loyalty.ledger import debit
from loyalty.models import Programme
from tests.factories import DAY, NOON, make_staff
from tests.loyalty.account.pages import PURCHASES, plain
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.purchases.factories import cancelled, give_points, make_purchase, returned
from tests.pages import signed_in
from tests.promotions.factories import make_discount, make_point_of_sale, make_product


@pytest.fixture
def place():
    return make_point_of_sale(name="High Street", time_zone="America/New_York")


def rows(response):
    """What each purchase of the list says."""
    found = re.findall(r"<li>\s*<div class=\"what\">.*?</li>", response.content.decode(), re.S)
    return [plain(each) for each in found]


def receipt(customer, purchase):
    """All that its page says."""
    page = signed_in(customer.user).get(f"{PURCHASES}{purchase.public_id}/")
    return plain(page.content.decode().partition("<main")[2].partition(">")[2])


def test_the_list_says_when_where_and_what_was_paid_saved_and_earned(ann, place):
    make_product(external_id="SKU")
    make_discount(everything=True, value=10)
    make_personal_offer(preference="points", value=50, stacking="combines")
    make_purchase(customer=ann, place=place, receipt="R1")
    make_purchase(customer=ann, place=place, receipt="R2", now=NOON + dt.timedelta(hours=1))
    assert rows(signed_in(ann.user).get(PURCHASES)) == [
        "June 15, 2026, 09:00 EDT , receipt R2 High Street You saved 2.00 EUR 9.00 points earned"
        " Paid: 18.00 EUR",
        "June 15, 2026, 08:00 EDT , receipt R1 High Street You saved 2.00 EUR 9.00 points earned"
        " Paid: 18.00 EUR",
    ]


def test_what_came_back_is_marked(ann, place):
    for number in range(4):
        make_purchase(customer=ann, place=place, receipt=f"R{number}")
    cancelled("R1")
    returned("R2", line1=1)
    returned("R3")
    paid = "Paid: 20.00 EUR"
    assert [row.partition(" , ")[2] for row in rows(signed_in(ann.user).get(PURCHASES))] == [
        f"receipt R3 Returned High Street 20.00 EUR given back {paid}",
        f"receipt R2 Partly returned High Street 10.00 EUR given back {paid}",
        f"receipt R1 Cancelled High Street {paid}",
        f"receipt R0 High Street {paid}",
    ]


def test_nobody_sees_anothers_purchases(ann, ben, place):
    """Each has what could leak, and so has somebody unknown."""
    anns, bens, nobodys = (
        make_purchase(customer=each, place=place, receipt=f"of {name}")
        for each, name in ((ann, "Ann"), (ben, "Ben"), (None, "nobody"))
    )
    clients = {
        "ann": signed_in(ann.user),
        "ben": signed_in(ben.user),
        "staff": signed_in(make_staff(is_superuser=True)),
    }
    listed = {
        name: re.findall(r"receipt (of \w+)", client.get(PURCHASES).content.decode())
        for name, client in clients.items()
    }
    assert listed == {"ann": ["of Ann"], "ben": ["of Ben"], "staff": []}
    opened = {
        name: [
            client.get(f"{PURCHASES}{each.public_id}/").status_code
            for each in (anns, bens, nobodys)
        ]
        for name, client in clients.items()
    }
    assert opened == {"ann": [200, 404, 404], "ben": [404, 200, 404], "staff": [404, 404, 404]}
    assert clients["ann"].get(f"{PURCHASES}{uuid.uuid4()}/").status_code == 404
    assert Client().get(f"{PURCHASES}{anns.public_id}/").status_code == 302


def test_p7_a_receipt_says_what_each_offer_did_to_each_line(ann, place):
    make_product("Green tea", external_id="TEA")
    make_discount(name="Summer sale", everything=True, value=10)
    make_personal_offer(title="Your points", preference="points", value=50, stacking="combines")
    give_points(ann, 5)
    purchase = make_purchase(
        ("TEA", "2", "10.00"), ("X-1", "0.345", "8.00"), customer=ann, place=place, receipt="R1",
        points=3,
    )  # fmt: skip
    words = receipt(ann, purchase)
    assert words.startswith(
        "All purchases Purchase R1 June 15, 2026, 08:00 EDT · High Street What you bought"
        " Green tea 2 × 10.00 EUR"
    )
    assert "Summer sale 2.00 EUR off 2 units" in words
    assert "Before: 20.00 EUR Now: 18.00 EUR" in words
    assert "X-1 0.345 × 8.00 EUR" in words
    assert f"Paid with points −3.00 EUR Paid {purchase.payable} EUR" in words


def test_p1_points_that_wait_are_said_to_open(ann, place):
    Programme.objects.update_or_create(defaults={"delay_days": 14})
    make_personal_offer(preference="points", value=50, end=timezone.now() + DAY)
    purchase = make_purchase(customer=ann, place=place, now=timezone.now())
    assert "Points earned +10.00 You can spend the points from" in receipt(ann, purchase)


@pytest.mark.parametrize("take", [cancelled, returned])
def test_points_that_were_all_taken_back_do_not_open(ann, place, take):
    make_personal_offer(preference="points", value=50, end=timezone.now() + DAY)
    now = timezone.now()
    purchase = make_purchase(customer=ann, place=place, receipt="R1", now=now)
    take("R1", at=now)
    assert "You can spend the points" not in receipt(ann, purchase)


def test_returns_say_what_came_back(ann, place):
    make_product("Green tea", external_id="SKU")
    make_personal_offer(preference="points", value=50)
    purchase = make_purchase(customer=ann, place=place, receipt="R1")
    returned("R1", line1=1, at=NOON + DAY)
    words = receipt(ann, purchase)
    assert "1 returned" in words
    assert words.endswith(
        "What you returned June 16, 2026, 08:00 EDT 1 × Green tea"
        " 5.00 points that you had earned were taken back Given back: 10.00 EUR"
    )


def test_a_cancelled_purchase_says_so(ann, place):
    purchase = make_purchase(customer=ann, place=place, receipt="R1")
    cancelled("R1")
    assert "Cancelled on June 15, 2026: nothing of it counts any more." in receipt(ann, purchase)


def test_nothing_yet_says_what_to_do_next(ann):
    page = signed_in(ann.user).get(PURCHASES).content.decode()
    assert "No purchases yet" in page
    assert "Show your card or phone at the till" in page


@pytest.mark.parametrize(("page", "count"), [("1", 20), ("2", 1), ("x", 20), ("99", 1)])
def test_a_page_has_20(ann, place, page, count):
    for _ in range(21):
        make_purchase(customer=ann, place=place)
    assert len(rows(signed_in(ann.user).get(PURCHASES, {"page": page}))) == count


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_six_queries(ann, place, number, django_assert_num_queries):
    """Session and user, altshops, how many there are, a page of them, and their returns."""
    for each in range(number):
        make_purchase(customer=ann, place=place, receipt=f"R{each}")
        returned(f"R{each}", line1=1)
    client = signed_in(ann.user)
    with django_assert_num_queries(6):
        assert len(rows(client.get(PURCHASES))) == number


def test_only_points_that_were_there_are_said_to_be_taken_back(ann, place):
    """5 to take back, of 10 that were spent but for 1."""
    Programme.objects.create(delay_days=0)
    make_personal_offer(preference="points", value=50)
    purchase = make_purchase(customer=ann, place=place, receipt="R1")
    debit(customer_id=ann.pk, amount=Decimal(9), at=NOON)
    returned("R1", line1=1)
    assert "1.00 points that you had earned were taken back" in receipt(ann, purchase)
    returned("R1", line1=1)
    assert receipt(ann, purchase).count("were taken back") == 1


@pytest.mark.parametrize("number", [1, 3])
def test_a_receipt_costs_eight_queries(ann, place, number, django_assert_num_queries):
    """Session and user, altshops, the purchase, its lines, returns, their lines, points."""
    make_personal_offer(preference="points", value=50)
    lines = [(f"SKU{each}", "9", "10.00") for each in range(number)]
    purchase = make_purchase(*lines, customer=ann, place=place, receipt="R1")
    for _ in range(number):
        returned("R1", **{f"line{each + 1}": 1 for each in range(number)})
    client = signed_in(ann.user)
    with django_assert_num_queries(8):
        page = client.get(f"{PURCHASES}{purchase.public_id}/")
    assert page.content.decode().count("points that you had earned were taken back") == number
