"""A receipt's page: what was paid, saved and earned, and why; and a customer's tab."""

from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from loyalty.ledger import debit
from loyalty.models import Programme
from tests.factories import DAY, NOON, make_customer, make_staff
from tests.loyalty.factories import make_personal_offer
from tests.loyalty.purchases.factories import (
    cancelled,
    give_points,
    make_purchase,
    returned,
)
from tests.promotions.factories import make_discount, make_point_of_sale, make_product

pytestmark = pytest.mark.django_db

VIEW = ("loyalty.view_purchase", "customers.view_customer")
OFFERS = ("promotions.view_discount", "loyalty.view_personaloffer", "promotions.view_product")


@pytest.fixture
def bought():
    """Tea for Ann, half of it off, a part paid with points, a tenth earned."""
    ann, tea = make_customer("ann@example.com"), make_product("Green tea", external_id="TEA")
    place = make_point_of_sale(key="P1", name="Corner shop")
    give_points(ann, 5)
    discount = make_discount(name="Half price", everything=True, value=50)
    bonus = make_personal_offer(name="bonus", title="Bonus", preference="points", value=10)
    lines = [("TEA", "2", "10.00"), ("OLD", "0.5", "3.00")]
    purchase = make_purchase(*lines, receipt="R1", customer=ann, place=place, points=3)
    return {
        "ann": ann,
        "tea": tea,
        "discount": discount,
        "bonus": bonus,
        "purchase": purchase,
    }


def page_of(purchase, *rights):
    client = Client()
    client.force_login(make_staff(*rights))
    answer = client.get(f"/admin/receipts/{purchase.public_id}/")
    assert answer.status_code == 200
    return answer


def test_it_says_what_was_paid_saved_and_earned_and_why(bought):
    answer = page_of(bought["purchase"], *VIEW, *OFFERS)
    drawing = answer.context["drawing"]
    tea, old = drawing.lines
    assert (tea.name, tea.quantity, tea.unit_price) == ("Green tea", "2", "10.00 EUR")
    assert (tea.total, tea.after) == ("20.00 EUR", "10.00 EUR")
    assert [(take.offer, take.amount) for take in tea.takes] == [
        ("Half price", "−10.00 EUR"),
        ("Bonus", f"+{Decimal(tea.line.points_earned):.2f} points"),
    ]
    assert (old.name, old.url) == ("OLD", "")
    assert drawing.summary.saved == "10.75 EUR"
    assert drawing.summary.paid_with_points == "3.00 EUR"
    page = answer.content.decode()
    for address in (
        f"/admin/promotions/discount/{bought['discount'].pk}/change/",
        f"/admin/loyalty/personaloffer/{bought['bonus'].pk}/change/",
        f"/admin/promotions/product/{bought['tea'].pk}/change/",
        f"/admin/customers/customer/{bought['ann'].pk}/change/?tab=receipts",
    ):
        assert f'href="{address}"' in page
    assert [each[2] for each in drawing.entries()] == ["−3", f"+{drawing.summary.earned}"]


@pytest.mark.parametrize(("delay", "is_pending"), [(366, True), (0, False)])
def test_points_that_can_t_be_spent_yet_are_said_to_be_pending(delay, is_pending):
    """The page looks at the clock."""
    Programme.objects.create(delay_days=delay)
    now = timezone.now()
    ends = {"start": now - DAY, "end": now + DAY}
    make_personal_offer(preference="points", value=10, **ends)
    purchase = make_purchase(receipt="R1", customer=make_customer(), now=now)
    until = f"pending until {now + delay * DAY:%Y-%m-%d %H:%M}"
    assert (until in page_of(purchase, *VIEW).content.decode()) == is_pending
    assert ("pending" in page_of(purchase, *VIEW).content.decode()) == is_pending


def test_what_had_expired_and_what_is_missing_is_told_apart_P8():
    Programme.objects.create(delay_days=0, lifetime_days=10)
    ann = make_customer()
    make_personal_offer(preference="points", value=50)
    purchase = make_purchase(receipt="R1", customer=ann)
    debit(customer_id=ann.pk, amount=Decimal(4), at=NOON)
    returned("R1", at=NOON + 30 * DAY)
    page = page_of(purchase, *VIEW)
    drawing = page.context["drawing"]
    assert (drawing.expired, drawing.missing) == ("6", "4")
    assert drawing.returns[0].points == ["6 points had expired", "4 points missing, spent before"]
    for words in ("Points that expired before they", "Points that were spent before they"):
        assert words in page.content.decode()


def test_links_lead_only_where_the_user_may_go(bought):
    page = page_of(bought["purchase"], "loyalty.view_purchase").content.decode()
    assert "Half price" in page
    for part in ("/admin/promotions/", "/admin/customers/", "/admin/loyalty/", "try-a-basket"):
        assert part not in page
    assert "ann@example.com" not in page


def test_what_came_back_is_told(bought):
    returned("R1", "B1", line1=1)
    drawing = page_of(bought["purchase"], *VIEW).context["drawing"]
    assert drawing.lines[0].returned == "1"
    (back,) = drawing.returns
    assert (back.row.key, back.goods) == ("B1", [("1", "Green tea")])
    page = page_of(bought["purchase"], *VIEW).content.decode()
    assert "Partly returned" in page
    returned("R1", "B2")
    assert "Partly returned" not in page_of(bought["purchase"], *VIEW).content.decode()


def test_what_was_cancelled_is_marked(bought):
    cancelled("R1", at=NOON)
    page = page_of(bought["purchase"], *VIEW).content.decode()
    assert "Cancelled" in page
    assert "2026-06-15 12:00 (UTC)" in page


def test_the_same_lines_can_be_tried_as_a_basket(bought):
    url = page_of(bought["purchase"], *VIEW, *OFFERS).context["try_url"]
    asked = parse_qs(urlsplit(url).query)
    assert asked["line"] == ["TEA~2~10", "OLD~0.5~3"]
    assert (asked["point_of_sale"], asked["customer"]) == (["P1"], [str(bought["ann"].pk)])
    client = Client()
    client.force_login(make_staff(*VIEW, *OFFERS))
    tried = client.get(url)
    assert tried.context["receipt"].sums["total"] == "21.50\N{NO-BREAK SPACE}EUR"


def test_there_is_no_such_receipt(client):
    client.force_login(make_staff(*VIEW))
    nothing = "/admin/receipts/00000000-0000-4000-8000-000000000000/"
    assert client.get(nothing).status_code == 404


def test_a_customers_tab_has_their_own_only(bought, client):
    make_purchase(receipt="somebody else's")
    client.force_login(make_staff(*VIEW))
    page = client.get(f"/admin/customers/customer/{bought['ann'].pk}/change/?tab=receipts")
    text = page.content.decode()
    assert f'href="/admin/receipts/{bought["purchase"].public_id}/"' in text
    assert "somebody else" not in text


def test_the_tab_needs_the_right(bought, client):
    client.force_login(make_staff("customers.view_customer"))
    page = client.get(f"/admin/customers/customer/{bought['ann'].pk}/change/?tab=receipts")
    assert str(bought["purchase"].public_id) not in page.content.decode()
