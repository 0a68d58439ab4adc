"""The Cashback tabs of groups and customers, as staff use them (D11–D18)."""

import re
import uuid
from decimal import Decimal
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from customers.models import Customer, CustomerGroup, GroupMember
from imports import worker
from imports.models import Job
from loyalty.batches import adjust
from loyalty.ledger import balances, credit
from loyalty.models import Batch, Entry
from tests.factories import make_altshop, make_audience, make_customer, make_group, make_staff

# The worker tells its progress over a connection of its own.
pytestmark = pytest.mark.django_db(transaction=True)
MAY = ["loyalty.add_batch", "loyalty.view_batch", "customers.view_customergroup"]
MAY += ["customers.view_customer"]


@pytest.fixture
def marketer(client: Client) -> Client:
    client.force_login(make_staff(*MAY))
    return client


def group_of(*amounts: str) -> tuple[CustomerGroup, list[Customer]]:
    """A group with a member for each amount, who has that much."""
    group, members = make_group(title="Testers"), []
    for amount in amounts:
        members.append(make_customer())
        GroupMember.objects.create(group=group, customer=members[-1])
        if amount != "0":
            credit(customer_id=members[-1].pk, amount=Decimal(amount), at=timezone.now())
    return group, members


def have(members: list[Customer]) -> list[str]:
    found = balances([each.pk for each in members], at=timezone.now())
    return [str(found[each.pk]) for each in members]


def asked(amount: str, mode: str = "relative", **fields: Any) -> dict[str, Any]:
    token = str(uuid.uuid4())
    return {"mode": mode, "amount": amount, "comment": "Thanks", "token": token, **fields}


def saved(amount: str) -> dict[str, Any]:
    """What a form makes of it."""
    return {"mode": "relative", "amount": Decimal(amount), "comment": "x", "token": uuid.uuid4()}


def of_group(group: CustomerGroup) -> str:
    return f"/admin/loyalty/batch/group/{group.pk}/"


def of_customer(customer: Customer) -> str:
    return f"/admin/loyalty/batch/customer/{customer.pk}/"


def words(response: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def figures(response: Any) -> dict[str, str]:
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", response.content.decode(), re.S)
    return {unescape(name): figure for name, figure in found}


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


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


def confirm(client: Client, group: CustomerGroup, given: dict[str, Any]) -> Batch:
    """As the button of the preview does; then the worker's part."""
    sent = re.findall(
        r'<input type="hidden" name="(\w+)" value="(.*?)">',
        client.post(of_group(group), given).content.decode(),
    )
    fields = {name: unescape(value) for name, value in sent if name != "csrfmiddlewaretoken"}
    answer = client.post(of_group(group), {**fields, "confirm": "1"})
    batch = Batch.objects.get(token=given["token"])
    assert answer["Location"] == f"/admin/loyalty/batch/{batch.pk}/change/"
    worker.apply(batch.job_id)
    return Batch.objects.get(pk=batch.pk)


@pytest.mark.parametrize(
    ("mode", "amount", "after"),
    [
        ("relative", "2,5", ["7.50", "22.50", "2.50"]),
        ("relative", "-7", ["0", "13.00", "0"]),
        ("absolute", "3", ["3.00", "3.00", "3.00"]),
        ("absolute", "0", ["0", "0", "0"]),
    ],
)
def test_confirming_posts_an_entry_for_each_member_D12_D13_D14_D17(marketer, mode, amount, after):
    group, members = group_of("5", "20", "0")
    batch = confirm(marketer, group, asked(amount, mode))
    assert have(members) == after
    assert Entry.objects.filter(batch_id=batch.pk).count() == 3
    page = marketer.get(f"/admin/loyalty/batch/{batch.pk}/change/")
    assert figures(page)["Customers"] == "3"


def test_sent_fifty_times_it_is_one_batch_D17(marketer):
    group, members = group_of("5")
    given = {**asked("2"), "confirm": "1"}
    pages = {marketer.post(of_group(group), given)["Location"] for _ in range(50)}
    assert len(pages) == Batch.objects.count() == Job.objects.count() == 1
    worker.apply(Job.objects.get().pk)
    assert have(members) == ["7.00"]


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


def test_the_same_form_with_another_amount_is_refused(marketer):
    group, _members = group_of("5")
    given = {**asked("2"), "confirm": "1"}
    marketer.post(of_group(group), given)
    answer = marketer.post(of_group(group), {**given, "amount": "3"})
    assert "This form was saved before, with other values." in words(answer)
    assert Batch.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "Infinity"}, "amount"),
        ({"amount": "1e400"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "99999999999999"}, "amount"),
        ({"amount": "-1", "mode": "absolute"}, "amount"),
        ({"amount": "ten"}, "amount"),
        ({"mode": "squared"}, "mode"),
        ({"comment": "  "}, "comment"),
        ({"comment": "x" * 501}, "comment"),
        ({"comment": "a\0b"}, "comment"),
        ({"expires_at": "2001-01-01T00:00"}, "expires_at"),
        ({"expires_at": "tomorrow"}, "expires_at"),
        ({"expires_at": "9999-12-31T23:59"}, "expires_at"),
        ({"amount": "-5", "expires_at": "2199-01-01T00:00"}, "expires_at"),
        ({"token": "x"}, "token"),
    ],
)
def test_what_can_not_be_is_said_beside_its_field(marketer, given, field):
    group, members = group_of("5")
    for address in (of_group(group), of_customer(members[0])):
        answer = marketer.post(address, {**asked("2"), **given, "confirm": "1"})
        assert list(errors(answer)) == [field]
    assert have(members) == ["5.00"]
    assert not Batch.objects.exists()


def test_a_batch_is_undone_by_entries_and_once_only(marketer):
    group, members = group_of("5", "20")
    batch = confirm(marketer, group, asked("-7"))
    address = f"/admin/loyalty/batch/{batch.pk}/undo/"
    assert "Undo this batch" in words(marketer.get(address))
    assert have(members) == ["0", "13.00"]
    for _ in range(2):
        marketer.post(address)
    worker.undo(batch.job_id)
    assert have(members) == ["5.00", "20.00"]
    assert Entry.objects.filter(batch_id=batch.undone_by.pk).count() == 2
    assert batch.undone_by.created_by == get_user(marketer)


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


def test_rights_are_checked_below_the_buttons():
    group, (ann,) = group_of("5")
    client = Client()
    client.force_login(make_staff(*[each for each in MAY if each != "loyalty.add_batch"]))
    batch = Batch.objects.create(
        kind="single",
        customer_id=ann.pk,
        mode="relative",
        amount=1,
        comment="x",
        created_at=timezone.now(),
        posted_at=timezone.now(),
    )
    addresses = [of_group(group), of_customer(ann), f"/admin/loyalty/batch/{batch.pk}/undo/"]
    for address in addresses:
        assert client.post(address, {**asked("2"), "confirm": "1"}).status_code == 403
    page = client.get(f"/admin/customers/customergroup/{group.pk}/change/?tab=cashback")
    assert of_group(group) not in page.content.decode()
    page = client.get(f"/admin/loyalty/batch/{batch.pk}/change/").content.decode()
    assert "/undo/" not in page
    client.force_login(make_staff("customers.view_customergroup", "customers.view_customer"))
    for address in (
        f"/admin/customers/customergroup/{group.pk}/change/?tab=cashback",
        f"/admin/customers/customer/{ann.pk}/change/?tab=cashback",
    ):
        assert "Thanks" not in client.get(address).content.decode()
        assert "lo-page" not in client.get(address).content.decode()


@pytest.mark.parametrize("without", ["loyalty.view_batch", "customers.view_"])
def test_who_may_not_see_whom_it_is_for_or_what_came_of_it_posts_nothing(without):
    """Nor do they read names or balances on the way."""
    group, (ann,) = group_of("5")
    client = Client()
    client.force_login(make_staff(*[each for each in MAY if not each.startswith(without)]))
    for address in (of_group(group), of_customer(ann)):
        for answer in (client.get(address), client.post(address, asked("2"))):
            assert answer.status_code == 403
    assert not Batch.objects.exists()


def test_who_may_not_see_batches_does_not_see_one_by_undoing_it():
    _group, (ann,) = group_of("5")
    batch = adjust(customer=ann, user=None, at=timezone.now(), **saved("2"))
    client = Client()
    client.force_login(make_staff("loyalty.add_batch"))
    for send in (client.get, client.post):
        assert send(f"/admin/loyalty/batch/{batch.pk}/undo/").status_code == 403
    assert have([ann]) == ["7.00"]


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


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_seven_queries(marketer, rows, django_assert_num_queries):
    """Session, user, clock, rights are two, and the list in one, its count in another."""
    group, _members = group_of("5")
    for _ in range(rows):
        confirm(marketer, group, asked("1"))
    marketer.get("/admin/loyalty/batch/")
    with django_assert_num_queries(7):
        assert len(marketer.get("/admin/loyalty/batch/").context["cl"].result_list) == rows


def test_in_a_browser_from_the_group_to_the_preview_and_back(live_server, page: Page):
    make_altshop(is_default=True)
    group, _members = group_of("5", "20")
    client = Client()
    client.force_login(make_staff(is_superuser=True))
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/admin/customers/customergroup/{group.pk}/change/")
    page.get_by_role("link", name="Cashback", exact=True).click()
    page.get_by_label("Set the absolute value").check()
    page.get_by_label("Cashback amount").fill("0")
    page.get_by_label("Comment").fill("The year ends")
    page.get_by_role("button", name="See what it would do").click()
    expect(
        page.get_by_text("2 customers who have cashback now will have nothing left.")
    ).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Change").click()
    expect(page.get_by_label("Comment")).to_have_value("The year ends")
