"""Customer groups in a real browser, wide and on a phone, with and without JavaScript (D3–D10)."""

import pytest
from playwright.sync_api import expect

from customers.membership import add
from customers.models import AudienceMember, CustomerGroup, User
from tests.browsers import PHONE, WIDE, sign_in, staff_at_work
from tests.factories import make_audience, make_customer, make_group, make_staff

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/customers/customergroup/"
GROUPS = ("view_customergroup", "add_customergroup", "change_customergroup", "change_members")
MAY = [*GROUPS, "import_members", "export_members", "view_customer", "view_audience"]


def maker_of_groups() -> User:
    return make_staff(*(f"customers.{name}" for name in MAY))


@pytest.fixture
def staff_page(live_server, page):
    """A browser signed in as somebody who may do everything with groups; no script may fail."""
    with staff_at_work(page, maker_of_groups(), live_server.url) as signed_in_page:
        yield signed_in_page


def test_a_group_is_made_from_pasted_numbers_and_skipped_ones_are_listed_D5_D6_D2(
    staff_page, live_server
):
    make_customer(phone="380980000000")
    staff_page.goto(f"{live_server.url}{LIST}")
    staff_page.get_by_role("link", name="Create customer group").first.click()
    staff_page.get_by_label("Title").fill("Cake lovers")
    expect(staff_page.get_by_label("Audience")).to_be_hidden()
    staff_page.get_by_label("Customers phone numbers").fill("+380 98 000-00-00\n48600100299")
    staff_page.get_by_role("button", name="Save").click()
    expect(staff_page.get_by_text("1 customer added.")).to_be_visible()
    expect(staff_page.get_by_label("Skipped numbers")).to_have_value("48600100299")
    with staff_page.expect_download() as download:
        staff_page.get_by_role("link", name="Download the skipped numbers").click()
    assert download.value.path().read_text() == "48600100299"
    staff_page.get_by_role("link", name="Go to the group").click()
    expect(staff_page.get_by_role("row")).to_have_count(2)
    expect(staff_page.get_by_role("cell", name="380980000000")).to_be_visible()


def test_the_type_decides_what_is_asked_D3(staff_page, live_server):
    audience = make_audience(name="February")
    staff_page.goto(f"{live_server.url}{LIST}add/")
    staff_page.get_by_label("Title").fill("Followers")
    staff_page.get_by_label("Type").select_option("Audience")
    expect(staff_page.get_by_label("Customers phone numbers")).to_be_hidden()
    staff_page.locator("[name=audience]").select_option("February")
    staff_page.get_by_role("button", name="Save").click()
    expect(staff_page.get_by_role("cell", name="Audience: February")).to_be_visible()
    assert CustomerGroup.objects.get().audience == audience


def test_a_member_is_deleted_without_javascript_after_a_question_D10(new_context, live_server):
    ann = make_customer(first_name="Ann", phone="48600100200")
    group = make_group()
    add(group=group, numbers=[ann.phone])
    context = new_context(java_script_enabled=False)
    sign_in(context, maker_of_groups(), live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}{LIST}{group.pk}/change/?tab=customers&q=ann")
    page.get_by_role("link", name="Delete Ann").click()
    assert group.members.count() == 1
    page.get_by_role("button", name="Delete from the group").click()
    page.wait_for_url("**tab=customers&q=ann")
    assert group.members.count() == 0


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_page_is_wider_than_its_window(staff_page, live_server, size):
    customer = make_customer(first_name="A" * 60, phone="491512345678901")
    group, audience = make_group(title="b" * 60), make_audience(name="c" * 60)
    add(group=group, numbers=[customer.phone])
    AudienceMember.objects.create(customer=customer, audience=audience)
    follower = make_group(type=CustomerGroup.Type.AUDIENCE, audience=audience)
    staff_page.set_viewport_size(size)
    for path in (
        "",
        "add/",
        f"{group.pk}/change/",
        f"{group.pk}/change/?tab=customers",
        f"{follower.pk}/change/?tab=customers",
        f"{group.pk}/customers/add/",
        f"{group.pk}/customers/{customer.pk}/remove/",
        f"{group.pk}/history/",
    ):
        staff_page.goto(f"{live_server.url}{LIST}{path}")
        width = staff_page.evaluate("document.documentElement.scrollWidth")
        assert (path, width) == (path, size["width"])
