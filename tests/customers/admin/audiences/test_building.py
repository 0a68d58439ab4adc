"""Audiences built in a real browser (L2–L4), by keyboard alone and by pasting."""

import pytest
from playwright.sync_api import expect

from customers.models import Audience, Customer
from tests.customers.admin.audiences.pages import FIGURE, LIST
from tests.factories import make_audience

pytestmark = pytest.mark.django_db(transaction=True)
FEBRUARY = {"field": "birth_date", "is": "month_in", "value": [2]}


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


def choose_by_typing(page, text):
    """In the list that has the focus. Letters that come late, as on a busy machine, begin anew."""
    for _ in range(5):
        page.keyboard.type(text)
        chosen = page.evaluate("document.activeElement.selectedOptions[0].text")
        if chosen.lower().startswith(text.lower()):
            return
        page.wait_for_timeout(1500)
    raise AssertionError(f"{chosen} is chosen, not {text}")


def test_l4_parents_of_a_child_under_one_are_built_by_keyboard_alone(new):
    keys = new.keyboard
    new.get_by_label("Name").focus()
    keys.type("Baby parents")
    press_until(new, "add")
    keys.press("Enter")
    expect(new.get_by_label("What to look at")).to_be_focused()
    choose_by_typing(new, "Children")
    keys.press("Tab")
    choose_by_typing(new, "at least one younger")
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
