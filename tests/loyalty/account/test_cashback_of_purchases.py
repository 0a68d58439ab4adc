"""Points of purchases in the account's cashback tab: pending, earned, spent, returned (P1)."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from loyalty.models import Purchase
from tests.factories import DAY, make_customer
from tests.loyalty.account.cashback import give, pending_line, reasons, signed_in, texts
from tests.loyalty.points import bought, earned, given_back, spent, taken_back

pytestmark = pytest.mark.django_db


def test_what_is_pending_is_said_with_its_day_and_purchases_by_their_receipts_P1():
    client, ann = signed_in("ann@example.com")
    ben = make_customer("ben@example.com")
    now = timezone.now()
    opens = dt.datetime(now.year + 1, 12, 6, 11, tzinfo=dt.UTC)
    first, second = bought(ann, "R1"), bought(ann, "R2")
    earned(ben, bought(ben, "Ben's"), "7.77", opens_at=opens)
    earned(ann, first, "12.40", opens_at=opens, at=now)
    html = client.get("/account/cashback/").content.decode()
    assert texts(html, "amount") == ["0.00"]
    line = pending_line(html)
    assert line.startswith(f"12.40 more from Dec. 6, {now.year + 1} at 12:00 CET (")
    assert texts(html, "when")[0].endswith(f"· earned · from Dec. 6, {now.year + 1}")
    earned(ann, second, 5, opens_at=opens + DAY, at=now)
    give(ann, "4", "Hello")
    spent(ann, second, 3, at=now)
    given_back(ann, second, 1, at=now)
    taken_back(ann, first, "12.40", at=now)
    earned(ann, first, 2, opens_at=opens, at=now)
    html = client.get("/account/cashback/").content.decode()
    line = pending_line(html)
    assert line.startswith(
        f"7.00 more to come: 2.00 from Dec. 6, {now.year + 1} at 12:00 CET, the rest later ("
    )
    assert reasons(html) == [
        "Purchase R1", "Purchase R1", "Purchase R2", "Purchase R2", "Hello", "Purchase R2",
        "Purchase R1",
    ]  # fmt: skip
    assert [each.partition(" · ")[2] for each in texts(html, "when")] == [
        f"earned · from Dec. 6, {now.year + 1}",
        "returned: what you had earned is taken back",
        "returned: what you had spent comes back",
        "spent",
        "",
        f"earned · from Dec. 7, {now.year + 1}",
        "earned",
    ]


def test_entries_of_purchases_lead_to_their_receipts():
    client, ann = signed_in("ann@example.com")
    number = bought(ann, "R1")
    give(ann, "5", "Hello")
    spent(ann, number, 5, at=timezone.now())
    page = client.get("/account/cashback/").content.decode()
    address = f"/account/purchases/{Purchase.objects.get().public_id}/"
    assert re.findall(r'href="(/account/purchases/[^"]+/)"', page) == [address]
    assert client.get(address).status_code == 200
