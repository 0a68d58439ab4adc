"""What one customer has: looked up in the offer, and on the customer's own page (L10)."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from loyalty.models import PersonalOffer
from promotions.models import Product
from tests.factories import DAY, make_customer, make_group
from tests.loyalty.account.pages import plain
from tests.loyalty.admin.personal_offers.forms import (
    VIEW,
    aim,
    give,
    make_personal_offer,
    said,
    url,
)
from tests.pages import links, page_text, staff_with
from tests.promotions.factories import make_product

pytestmark = pytest.mark.django_db

SEES_CUSTOMERS = (VIEW, "customers.view_customer")


def test_l10_one_customers_items_are_looked_up():
    bag, purse = make_product("Handbag"), make_product("Purse")
    now = timezone.now()
    offer = make_personal_offer(
        mechanic="products",
        needs_acceptance=True,
        start=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        end=now + 40 * DAY,
    )
    ann = make_customer("ann@example.com", phone="48111222333", external_id="E-17")
    bob = make_customer("bob@example.com")
    ended = int(dt.datetime(2026, 2, 1, tzinfo=dt.UTC).timestamp())
    give(ann, offer, [bag.pk, "d", "%", 50, None, ended], [purse.pk, "p", "a", 500], [999999])
    give(bob, offer, [bag.pk, None, None, 77])
    said(ann, offer, True, purse.pk)
    client = staff_with(*SEES_CUSTOMERS, "promotions.view_product")
    for query in ("ann@example.com", "48111222333", "E-17"):
        page = client.get(url(offer), {"tab": "items", "q": query})
        told = page_text(page)
        assert "Handbag 50% off 2026-01-01 00:00 – 2026-02-01 00:00 ended pending" in told
        assert "Purse 500 points 2026-01-01 00:00" in told
        assert "live accepted" in told
        assert "ID 999999, deleted 30% off" in told
        assert "not in the catalogue" in told
        assert "77%" not in told
        assert "Dates are in the time zone UTC." in told
    assert ("Handbag", f"/admin/promotions/product/{bag.pk}/change/") in links(page)
    blind = staff_with(VIEW).get(url(offer), {"tab": "items", "q": "ann@example.com"})
    assert "you need the permission to see customers" in page_text(blind)
    assert "Handbag" not in page_text(blind)


def rows_told(ann, offer):
    """What the offer's page and the customer's own say of each item, which is the same."""
    client = staff_with(*SEES_CUSTOMERS)
    pages = [
        client.get(url(offer), {"tab": "items", "q": "ann@example.com"}),
        client.get(f"/admin/customers/customer/{ann.pk}/change/?tab=loyalty"),
    ]
    told = [
        [plain(row) for row in re.findall(r'<tr>\s*<th scope="row">.*?</tr>', body, re.S)]
        for body in (page.content.decode() for page in pages)
    ]
    assert told[0] == told[1]
    return [re.sub(r"^(\S+).* – \S+ \S+ ", r"\1: ", row) for row in told[0]]


def test_items_that_no_till_gives_are_not_told_as_live():
    """L10: 500 that was money when it was uploaded is not 500 per cent. Colour is not all of it."""
    names = ("Handbag", "Purse", "Hat", "Scarf", "Gloves", "Belt", "Socks")
    bag, purse, hat, scarf, gloves, belt, gone = (make_product(each).pk for each in names)
    now = timezone.now()
    offer = make_personal_offer(
        mechanic="products", needs_acceptance=True, value=None, start=now - DAY, end=now + DAY
    )
    ann = make_customer("ann@example.com")
    later, past = int((now + 9 * DAY).timestamp()), int((now - DAY / 2).timestamp())
    give(
        ann,
        offer,
        [bag, "d", "%", 500],
        [purse, "d", "a", 5],
        [hat, "d", "%", 30, later, None],
        [scarf],
        [gloves, "d", "%", 20],
        [belt, "d", "%", 500, None, past],
        [gone, "d", "%", 500],
    )
    Product.objects.filter(pk=gone).delete()
    assert rows_told(ann, offer) == [
        "Handbag: not given A discount is at most 100 per cent. pending",
        "Purse: not given The offer has no currency, so that it can't take amounts off. pending",
        "Hat: not given These dates leave no time within those of the offer. pending",
        "Scarf: not given Neither it nor the offer says a size above 0. pending",
        "Gloves: live pending",
        "Belt: ended pending",
        "ID: not in the catalogue pending",
    ]
    PersonalOffer.objects.filter(pk=offer.pk).update(is_active=False)
    assert rows_told(ann, offer)[0].startswith("Handbag: not given")
    assert rows_told(ann, offer)[4] == "Gloves: offer off pending"


@pytest.mark.parametrize(
    ("size", "states"),
    [
        (20, ["live –", "live –"]),
        (
            500,
            [
                "not given Another threshold of this customer makes no sense, so that none counts."
                " –",
                "not given A discount is at most 100 per cent. –",
            ],
        ),
    ],
)
def test_thresholds_are_given_together_or_not_at_all(size, states):
    now = timezone.now()
    offer = make_personal_offer(
        mechanic="receipt_amount",
        scope="receipt",
        currency="EUR",
        start=now - DAY,
        end=now + DAY,
    )
    ann = make_customer("ann@example.com")
    give(ann, offer, [1000, "d", "%", 10], [3000, "d", "%", size])
    assert rows_told(ann, offer) == [f"Receipts: {each}" for each in states]


def test_answers_are_counted_when_asked_for():
    offer = make_personal_offer(mechanic="products", needs_acceptance=True)
    for accepted in (True, True, False, None):
        customer = make_customer()
        give(customer, offer, [1])
        if accepted is not None:
            said(customer, offer, accepted, 1)
    client = staff_with(VIEW)
    tab = f"{url(offer)}?tab=items"
    assert "Not counted yet" in page_text(client.get(tab))
    answer = client.post(url(offer, "count"), follow=True)
    told = page_text(answer)
    assert "4 customers have items, as last counted." in told
    assert "Accepted 2 50% Declined 1 25% Pending 1 25%" in told
    assert client.get(url(offer, "count")).status_code == 405
    assert staff_with("loyalty.view_batch").post(url(offer, "count")).status_code == 403


def test_a_customers_page_tells_their_personal_offers():
    now = timezone.now()
    live = {"start": now - DAY, "end": now + DAY}
    bag = make_product("Handbag")
    ann, bob = make_customer(), make_customer()
    bags = make_personal_offer(name="bags", mechanic="products", **live)
    give(ann, bags, [bag.pk, "d", "%", 50])
    give(bob, bags, [bag.pk, "d", "%", 77])
    make_personal_offer(name="for-all", needs_acceptance=True, **live)
    make_personal_offer(name="switched-off", is_active=False, **live)
    group = make_group()
    group.members.create(customer=bob)
    of_bob = make_personal_offer(name="of-bobs-group", all_customers=False, **live)
    aim(of_bob, customer_group=group)
    tab = f"/admin/customers/customer/{ann.pk}/change/?tab=loyalty"
    told = page_text(staff_with(*SEES_CUSTOMERS).get(tab))
    assert "Handbag 50% off" in told
    assert "for-all 30% off" in told
    assert "pending" in told
    assert [name for name in ("77%", "of-bobs-group", "switched-off") if name in told] == []
    blind = page_text(staff_with("customers.view_customer").get(tab))
    assert "Personal offers" not in blind


def test_both_parts_of_loyalty_are_one_tab():
    ann = make_customer()
    page = f"/admin/customers/customer/{ann.pk}/change/"
    both = staff_with(*SEES_CUSTOMERS, "promotions.PersonalizedPromotions").get(
        f"{page}?tab=loyalty"
    )
    assert [words for words, _url in links(both) if words == "Loyalty"] == ["Loyalty"]
    told = page_text(both)
    assert "No personalized promotion for this customer" in told
    assert "No personal offer reaches this customer now" in told
