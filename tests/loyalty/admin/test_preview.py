"""Before a group gets cashback, its tab says what would happen (D7, D11, D17)."""

from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from customers.models import GroupMember
from loyalty.models import Batch, Entry
from tests.factories import make_altshop, make_audience, make_customer, make_group, make_staff
from tests.loyalty.admin.cashback import (
    MAY,
    asked,
    confirm,
    figures,
    group_of,
    have,
    of_group,
    words,
)

# The worker tells its progress over a connection of its own.
pytestmark = pytest.mark.django_db(transaction=True)


def test_the_tab_exists_only_when_editing_and_posts_to_the_preview_D7_D11(marketer):
    group, _members = group_of("5")
    page = f"/admin/customers/customergroup/{group.pk}/change/"
    assert f'action="{of_group(group)}"' in marketer.get(f"{page}?tab=cashback").content.decode()
    marketer.force_login(make_staff(*MAY, "customers.add_customergroup"))
    assert (
        "tab=cashback" not in marketer.get("/admin/customers/customergroup/add/").content.decode()
    )


def test_the_preview_says_what_would_happen_and_changes_nothing_D17(marketer):
    group, members = group_of("5", "20", "0")
    answer = marketer.post(of_group(group), asked("-5"))
    assert figures(answer) == {
        "Relative to available balance": "−5.00",
        "Customers": "3",
        "Changed": "2",
        "Total": "−10.00",
        "All balances together, before": "25.00",
        "Afterwards": "15.00",
    }
    assert "1 customer who has cashback now will have nothing left." in words(answer)
    assert "1 customer has less than that: what there is will be taken." in words(answer)
    assert have(members) == ["5.00", "20.00", "0"]
    assert not Batch.objects.exists()


def test_a_group_that_has_grown_much_is_shown_again_before_it_is_posted(marketer):
    group, _members = group_of("5")
    given = {**asked("2"), "confirm": "1"}
    for _ in range(11):
        GroupMember.objects.create(group=group, customer=make_customer())
    answer = marketer.post(of_group(group), given)
    assert "The group has grown since you looked. Nothing was posted" in words(answer)
    assert not Batch.objects.exists()
    marketer.post(of_group(group), {**given, "confirm": "12"})
    assert Batch.objects.count() == 1
    assert "Location" in marketer.post(of_group(group), given).headers  # the double submit


def test_the_preview_and_the_posting_have_the_shop_s_today_D3_D17(marketer):
    """Whose birthday is tomorrow or yesterday elsewhere, is no matter."""
    zone = zone_of_another_day()
    make_altshop(is_default=True, time_zone=zone.key)
    today = timezone.localtime(timezone=zone).date()
    ann = make_customer(birth_date=today.replace(year=2004))  # a leap year
    make_customer(birth_date=timezone.now().date().replace(year=2004))
    audience = make_audience(
        {"field": "birth_date", "is": "anniversary_within_next_days", "value": 0}
    )
    group = make_group(type="audience", audience=audience)
    assert figures(marketer.post(of_group(group), asked("5")))["Customers"] == "1"
    batch = confirm(marketer, group, asked("5"))
    assert list(Entry.objects.filter(batch_id=batch.pk).values_list("customer_id")) == [(ann.pk,)]


def zone_of_another_day() -> ZoneInfo:
    """Whatever the hour, it is another day in one of them."""
    zones = [ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")]
    now = timezone.now()
    return next(zone for zone in zones if now.astimezone(zone).date() != now.date())
