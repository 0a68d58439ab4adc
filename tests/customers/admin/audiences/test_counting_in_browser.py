"""Audiences counted while they are written, in a real browser (L3)."""

import re

import pytest
from playwright.sync_api import expect

from customers.models import Audience
from tests.customers.admin.audiences.pages import FIGURE, LIST
from tests.factories import make_audience

pytestmark = pytest.mark.django_db(transaction=True)
FEBRUARY = {"field": "birth_date", "is": "month_in", "value": [2]}
HALF = {"field": "birth_date", "is": "month_in", "value": []}


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


def test_a_later_count_supersedes_an_earlier_one(new):
    new.locator("[id^=audience-add-]").click()
    new.get_by_label("What to look at").select_option("birth_date")
    asked = []
    new.on("request", lambda request: asked.append(request.url) if "count" in request.url else 0)
    expect(new.get_by_role("checkbox", name="Feb")).to_be_attached()
    # At one stroke: a hand, or a busy machine, may take longer than the page waits.
    new.get_by_role("checkbox", name=re.compile("^(Feb|Jul|Aug)$")).evaluate_all(
        "boxes => boxes.forEach(box => box.click())"
    )
    expect(new.locator(FIGURE)).to_have_text("3")
    assert len(asked) < 3
