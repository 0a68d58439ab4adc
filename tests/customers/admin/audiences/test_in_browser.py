"""Audiences in a real browser (L2–L4): built by keyboard alone, counted while they are written."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from customers.models import Audience, Customer
from tests.browsers import PHONE, WIDE, sign_in, staff_at_work
from tests.factories import make_attribute, make_audience, make_customer, make_group, make_staff

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/customers/audience/"
FEBRUARY = {"field": "birth_date", "is": "month_in", "value": [2]}
HALF = {"field": "birth_date", "is": "month_in", "value": []}
FIGURE = ".au-figure strong"


@pytest.fixture
def staff_page(live_server, page):
    """A browser signed in as a marketer; errors of scripts fail the test."""
    names = [f"{verb}_audience" for verb in ("view", "add", "change")]
    staff = make_staff(*(f"customers.{name}" for name in [*names, "view_customer"]))
    with staff_at_work(page, staff, live_server.url) as signed_in_page:
        yield signed_in_page


@pytest.fixture
def people():
    """Two born in February, one with a child of a few months and one with a child of ten."""
    today = timezone.localdate()
    make_attribute("children_birth_dates", "dates", label="Children's birth dates")
    for month in (2, 2, 7):
        make_customer(birth_date=dt.date(1990, month, 14))
    for days in (90, 3650):
        make_customer(children_birth_dates=[today - dt.timedelta(days=days)])


@pytest.fixture
def new(staff_page, people, live_server):
    staff_page.goto(f"{live_server.url}{LIST}add/")
    expect(staff_page.locator(FIGURE)).to_have_text("5")
    return staff_page


def focused(page):
    return page.evaluate(
        "document.activeElement.innerText || document.activeElement.ariaLabel || ''"
    )


def press_until(page, name, key="Tab"):
    """Press a key until something of that name has the focus."""
    for _ in range(60):
        if focused(page).startswith(name):
            return
        page.keyboard.press(key)
    raise AssertionError(f"no focus on {name}")


def test_l4_birthday_in_february_is_built_by_keyboard_alone(new):
    keys = new.keyboard
    new.get_by_label("Name").focus()
    keys.type("Birthday in February")
    press_until(new, "add")
    keys.press("Enter")
    expect(new.get_by_label("What to look at")).to_be_focused()
    keys.type("Birth date")
    keys.press("Tab")
    expect(new.get_by_label("How it compares")).to_be_focused()
    keys.press("Tab")
    keys.press("Tab")
    expect(new.get_by_role("checkbox", name="Feb")).to_be_focused()
    keys.press("Space")
    expect(new.locator(FIGURE)).to_have_text("2")
    expect(new.get_by_text("40.0% of all 5", exact=True)).to_be_visible()
    expect(new.get_by_text("Birth date is in February")).to_be_visible()
    expect(new.locator(".au-sample a")).to_have_count(2)
    press_until(new, "Save")
    keys.press("Enter")
    new.wait_for_url(f"**{LIST}")
    audience = Audience.objects.get()
    assert audience.conditions == {"all": [FEBRUARY]}
    assert audience.members_count == Customer.objects.filter(birth_date__month=2).count() == 2


def test_l4_parents_of_a_child_under_one_are_built_by_keyboard_alone(new):
    keys = new.keyboard
    new.get_by_label("Name").focus()
    keys.type("Baby parents")
    press_until(new, "add")
    keys.press("Enter")
    keys.type("Children")
    keys.press("Tab")
    keys.type("at least one younger")
    keys.press("Tab")
    expect(new.get_by_label("Number of years")).to_be_focused()
    keys.type("1")
    expect(new.locator(FIGURE)).to_have_text("1")
    press_until(new, "Save")
    keys.press("Enter")
    new.wait_for_url(f"**{LIST}")
    audience = Audience.objects.get()
    condition = {"field": "children_birth_dates", "is": "any_younger_than", "value": 1}
    assert (audience.conditions, audience.members_count) == ({"all": [condition]}, 1)


def test_l3_nodes_are_nested_turned_moved_and_removed(staff_page, live_server):
    conditions = {
        "all": [
            FEBRUARY,
            {"not": {"any": [{"field": "signed_in", "is": "is_yes"}]}},
            {"field": "first_name", "is": "equals_any", "value": ["Ann", "Jan"]},
        ]
    }
    audience = make_audience(conditions)
    staff_page.goto(f"{live_server.url}{LIST}{audience.pk}/change/")
    first, second = staff_page.get_by_role("button", name="Move down").nth(0), "Move up"
    first.focus()
    staff_page.keyboard.press("Enter")  # into the group
    expect(staff_page.get_by_role("status").get_by_text("Moved.")).to_be_attached()
    focused_id = staff_page.evaluate("document.activeElement.id")
    assert focused_id.startswith("audience-down-")
    staff_page.get_by_role("button", name=second).last.click()  # Ann and Jan, into it as well
    staff_page.get_by_role("button", name="Turn into the opposite").last.click()
    staff_page.get_by_role("button", name="Remove Jan").click()
    staff_page.get_by_role("radio", name="at least one").first.check(force=True)
    staff_page.get_by_role("button", name="Save", exact=True).click()
    staff_page.wait_for_url(f"**{LIST}")
    audience.refresh_from_db()
    ann = {"field": "first_name", "is": "equals_any", "value": ["Ann"]}
    inner = [FEBRUARY, {"field": "signed_in", "is": "is_yes"}, {"not": ann}]
    assert audience.conditions == {"any": [{"not": {"any": inner}}]}


def test_removing_leaves_the_focus_where_the_work_goes_on(new):
    for _ in range(2):
        new.get_by_role("button", name="Condition", exact=False).last.click()
    new.get_by_role("button", name="Remove the condition").first.click()
    expect(new.get_by_label("What to look at")).to_be_focused()
    new.get_by_role("button", name="Remove the condition").click()
    expect(new.locator("[id^=audience-add-]")).to_be_focused()
    expect(new.get_by_text("No condition yet: everybody meets this.")).to_be_visible()


def test_what_is_not_complete_is_not_counted_and_refused_beside_it_on_saving(new):
    new.get_by_label("Name").fill("Half")
    new.locator("[id^=audience-add-]").click()
    new.get_by_label("What to look at").select_option("birth_date")
    expect(new.get_by_text("One condition is not complete yet")).to_be_visible()
    expect(new.locator(FIGURE)).to_have_text("5")
    new.get_by_role("button", name="Save", exact=True).click()
    beside = new.locator(".au-condition").get_by_role("alert")
    expect(beside).to_contain_text("Choose at least one.")
    assert not Audience.objects.exists()
    new.get_by_role("checkbox", name="Feb").check(force=True)
    expect(beside).to_have_count(0)
    expect(new.locator(FIGURE)).to_have_text("2")


@pytest.mark.parametrize(
    ("conditions", "figure", "words"),
    [
        ({"all": [FEBRUARY, {"any": [HALF]}]}, "2", "Birth date is in February"),
        (
            {"all": [FEBRUARY, {"not": {"all": [{"any": [HALF]}]}}]},
            "2",
            "Birth date is in February",
        ),
        ({"all": [FEBRUARY, {"any": []}]}, "0", "Birth date is in February and nobody"),
        ({"any": [HALF]}, "5", "Everybody"),
        ({"not": {"all": [HALF]}}, "5", "Everybody"),
    ],
)
def test_a_group_of_what_is_not_complete_is_not_counted_either(
    staff_page, people, live_server, conditions, figure, words
):
    audience = make_audience(conditions)
    staff_page.goto(f"{live_server.url}{LIST}{audience.pk}/change/")
    expect(staff_page.locator(".au-facts p").first).to_have_text(words)
    expect(staff_page.locator(FIGURE)).to_have_text(figure)


def test_an_error_after_a_group_that_is_not_counted_is_shown_at_its_condition(
    staff_page, people, live_server
):
    wrong = {"field": "email", "is": "equals_any", "value": ["nobody"]}
    audience = make_audience({"all": [{"any": [HALF]}, FEBRUARY, wrong]})
    staff_page.goto(f"{live_server.url}{LIST}{audience.pk}/change/")
    message = "“nobody”: not an e-mail address."
    expect(staff_page.locator(".au-condition").last.get_by_role("alert")).to_contain_text(message)
    expect(staff_page.get_by_role("alert").filter(has_text=message)).to_have_count(1)


def test_values_may_hold_commas_and_are_pasted_by_the_line(new):
    new.get_by_role("button", name="First name", exact=True).click()
    value = new.get_by_label("Add a value")
    value.press_sequentially("Smith, Ann; Bo")
    value.press("Enter")
    expect(new.locator(".au-chip > span")).to_have_text(["Smith, Ann; Bo"])
    value.evaluate(
        """(input) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text", "Jan\\r\\nJones, Eve\\n\\nJan\\n");
          const paste = { clipboardData, bubbles: true, cancelable: true };
          input.dispatchEvent(new ClipboardEvent("paste", paste));
        }"""
    )
    expect(new.locator(".au-chip > span")).to_have_text(["Smith, Ann; Bo", "Jan", "Jones, Eve"])
    expect(new.get_by_text("each pasted line is one")).to_be_visible()
    expect(new.get_by_text("Capital and small letters differ")).to_be_visible()
    new.get_by_label("What to look at").select_option("email")
    expect(new.get_by_text("each pasted line is one")).to_be_visible()
    expect(new.get_by_text("Capital and small letters differ")).to_be_hidden()


def test_an_empty_audience_begins_with_one_of_the_fields(new):
    new.get_by_role("button", name="Children's birth dates", exact=True).click()
    expect(new.get_by_label("What to look at")).to_be_focused()
    expect(new.get_by_label("What to look at")).to_have_value("children_birth_dates")
    expect(new.get_by_role("checkbox", name="Feb")).to_be_visible()


def test_a_later_count_supersedes_an_earlier_one(new):
    new.locator("[id^=audience-add-]").click()
    new.get_by_label("What to look at").select_option("birth_date")
    asked = []
    new.on("request", lambda request: asked.append(request.url) if "count" in request.url else 0)
    for month in ("Feb", "Jul", "Aug"):
        new.get_by_role("checkbox", name=month).check(force=True)
    expect(new.locator(FIGURE)).to_have_text("3")
    assert len(asked) < 3


def test_a_change_of_what_is_in_use_is_confirmed(staff_page, people, live_server):
    audience = make_audience({"all": [FEBRUARY]}, name="Cakes")
    make_group(title="Cake lovers", type="audience", audience=audience)
    staff_page.goto(f"{live_server.url}{LIST}{audience.pk}/change/")
    staff_page.get_by_role("checkbox", name="Feb").uncheck(force=True)
    staff_page.get_by_role("checkbox", name="Jul").check(force=True)
    staff_page.get_by_role("button", name="Save", exact=True).click()
    expect(staff_page.get_by_role("heading", name="1 customer comes")).to_be_visible()
    expect(staff_page.get_by_role("heading", name="2 customers leave")).to_be_visible()
    expect(staff_page.get_by_text("Cake lovers")).to_be_visible()
    staff_page.get_by_role("button", name="Back to editing").click()
    expect(staff_page.get_by_role("checkbox", name="Jul")).to_be_checked()
    staff_page.get_by_role("button", name="Save", exact=True).click()
    staff_page.get_by_role("button", name="Save the new conditions").click()
    staff_page.wait_for_url(f"**{LIST}")
    audience.refresh_from_db()
    assert audience.conditions["all"][0]["value"] == [7]


def test_without_scripts_the_conditions_are_a_textarea_of_json(browser, live_server, people):
    staff = make_staff("customers.view_audience", "customers.add_audience")
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, staff, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}{LIST}add/")
    page.locator("[name=name]").fill("By hand")
    page.locator("[name=conditions]").fill('{"all": [{"field": "gone", "is": "is_empty"}]}')
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("all.0.field")).to_be_visible()
    page.locator("[name=conditions]").fill('{"any": []}')
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(f"**{LIST}")
    assert Audience.objects.get().conditions == {"any": []}
    context.close()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_page_is_wider_than_its_window(staff_page, live_server, size):
    make_attribute("cars", "choices", choices=[f"{n} {'x' * 60}" for n in range(15)])
    cars = {"field": "cars", "is": "contains_any", "value": [f"1 {'x' * 60}"]}
    dates = {"field": "birth_date", "is": "between", "value": ["1990-01-01", "2000-01-01"]}
    deep = {"any": [{"all": [{"any": [FEBRUARY, cars]}, dates]}]}
    audience = make_audience(deep, name="a" * 90, description="b" * 90)
    fixed = make_audience(name="c" * 90)
    staff_page.set_viewport_size(size)
    pages = ["", "add/", "add/?kind=static", f"{audience.pk}/change/", f"{audience.pk}/freeze/"]
    for path in [*pages, f"{fixed.pk}/change/", f"{fixed.pk}/change/?tab=members"]:
        staff_page.goto(f"{live_server.url}{LIST}{path}")
        staff_page.wait_for_load_state("networkidle")
        assert staff_page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
