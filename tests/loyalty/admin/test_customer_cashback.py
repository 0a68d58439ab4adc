"""A single customer's cashback is changed at once (D18)."""

import re
from decimal import Decimal

import pytest

from customers import personal_data
from loyalty.models import Batch
from tests.factories import DAY, NOON
from tests.loyalty.admin.cashback import asked, group_of, have, of_customer, words
from tests.loyalty.points import bought, earned, spent
from tests.pages import links, staff_with

OPENS = NOON + 36_500 * DAY

pytestmark = pytest.mark.django_db


def test_a_customer_is_credited_and_debited_at_once_D18(marketer):
    _group, (ann,) = group_of("5")
    given = asked("-7")
    for _ in range(2):
        answer = marketer.post(of_customer(ann), given)
        assert answer["Location"] == f"/admin/customers/customer/{ann.pk}/change/?tab=cashback"
    assert have([ann]) == ["0"]
    page = marketer.get(answer["Location"])
    assert "The balance has changed by −5.00. There was no more to take" in words(page)
    assert re.findall(r'class="lo-number">([−+=][\d.]+)<', page.content.decode()) == [
        "−5.00",
        "+5.00",
    ]
    batch = Batch.objects.get()
    marketer.post(f"/admin/loyalty/batch/{batch.pk}/undo/")
    assert have([ann]) == ["5.00"]


def test_the_tab_says_what_is_pending_and_of_which_purchase_P1(marketer):
    _group, (ann, ben) = group_of("5", "0")
    earned(ann, bought(ann, "R1"), "12.40", opens_at=OPENS)
    earned(ben, bought(ben, "Ben's"), 3, opens_at=OPENS)
    spent(ann, bought(ann, "R2"), 1)
    page = words(marketer.get(f"/admin/customers/customer/{ann.pk}/change/?tab=cashback"))
    when = f"{OPENS:%Y-%m-%d %H:%M:%S}"
    assert f"4.00 12.40 more from {when} UTC" in page
    assert "Purchase R2 Redeemed" in page
    assert f"Purchase R1 from {when} Issued" in page
    assert "Ben" not in page


def test_who_may_see_receipts_gets_from_points_to_theirs(marketer):
    _group, (ann,) = group_of("0")
    earned(ann, bought(ann, "R 1"), "12.40", opens_at=OPENS)
    tab = f"/admin/customers/customer/{ann.pk}/change/?tab=cashback"
    rights = ("customers.view_customer", "loyalty.view_batch")
    way = ("Purchase R 1", "/admin/receipts/?q=R%201")
    assert way not in links(staff_with(*rights).get(tab))
    assert way in links(staff_with(*rights, "loyalty.view_purchase").get(tab))


def test_a_person_s_own_file_says_the_same_P1():
    _group, (ann,) = group_of("5")
    earned(ann, bought(ann, "R1"), "12.40", opens_at=OPENS)
    held = personal_data.parts["cashback"](ann, NOON)
    assert (held["balance"], held["pending"]) == (5, Decimal("12.40"))
    assert [(each["receipt"], each["opens_at"]) for each in held["entries"]] == [
        ("R1", OPENS),
        (None, None),
    ]
