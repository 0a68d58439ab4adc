"""A group is made of numbers or of an audience, and renamed (D2–D8)."""

import pytest

from customers.admin.groups import CustomerGroupAdmin
from customers.membership import add
from customers.models import CustomerGroup
from imports.backoffice import TabbedAdmin
from tests.customers.admin.groups.pages import ADD, ANN, BOB, LIST, members, told
from tests.factories import make_audience, make_customer, make_group
from tests.pages import errors, links, page_text

pytestmark = pytest.mark.django_db


def test_a_group_is_made_of_numbers_and_the_skipped_are_listed_D5_D6_D2(marketer):
    make_customer(phone=ANN)
    make_customer(phone=BOB)
    numbers = f"+{ANN[:2]} {ANN[2:5]}-{ANN[5:]}\r\n{ANN}\r\n48600100299\r\n48600100298"
    page = marketer.post(ADD, {"title": " Cakes ", "type": "phones", "numbers": numbers})
    group = CustomerGroup.objects.get()
    assert (group.title, group.type, group.members_count) == ("Cakes", "phones", 1)
    assert members(group) == {ANN}
    assert page.status_code == 200
    assert "1 customer added. 1 repeated number." in page_text(page)
    assert "2 numbers were skipped" in page_text(page)
    assert (
        '<textarea id="skipped" class="bo-input" rows="8" readonly>48600100299\n48600100298<'
        in (page.text)
    )


def test_a_group_whose_numbers_are_all_known_leads_back_to_the_list_D5(marketer):
    make_customer(phone=ANN)
    page = marketer.post(ADD, {"title": "Cakes", "type": "phones", "numbers": ANN})
    assert (page.status_code, page["Location"]) == (302, LIST)
    assert told(page) == ["Cakes: 1 customer added."]


@pytest.mark.parametrize("wrong", ["48600abc", "1234567890123456", "1e400"])
def test_a_malformed_line_is_an_error_and_nothing_is_saved_D2(marketer, wrong):
    make_customer(phone=ANN)
    page = marketer.post(ADD, {"title": "Cakes", "type": "phones", "numbers": f"{ANN}\n{wrong}"})
    reason = "not a phone number: 8 to 15 digits with the country code"
    assert errors(page) == {"numbers": [f"Line 2, “{wrong}”: {reason}."]}
    assert CustomerGroup.objects.count() == 0
    assert ANN in page.text  # what was pasted is still there


@pytest.mark.parametrize("title", ["cakes", "CAKES", " Cakes "])
def test_a_title_is_taken_in_any_letters(marketer, title):
    make_group(title="Cakes")
    page = marketer.post(ADD, {"title": title, "type": "phones", "numbers": ""})
    assert errors(page) == {"title": ["Another group has this title."]}


def test_a_group_follows_an_audience_D3(marketer):
    audience = make_audience({"all": []})
    marketer.post(ADD, {"title": "Cakes", "type": "audience", "audience": audience.pk})
    group = CustomerGroup.objects.get()
    assert (group.type, group.audience, group.members_count) == ("audience", audience, 0)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {"audience": ["Choose the audience that the group follows."]}),
        (
            {"numbers": ANN, "audience": True},
            {
                "type": [
                    "A group by audience takes no phone numbers: clear them or choose another type."
                ]
            },
        ),
    ],
)
def test_a_group_by_audience_needs_one_and_nothing_else(marketer, fields, expected):
    make_customer(phone=ANN)
    audience = make_audience({"all": []})
    fields = {key: audience.pk if value is True else value for key, value in fields.items()}
    page = marketer.post(ADD, {"title": "Cakes", "type": "audience", **fields})
    assert errors(page) == expected
    assert CustomerGroup.objects.count() == 0


def test_a_group_is_renamed_and_nothing_else_of_it_D4_D8(marketer):
    ann = make_customer(phone=ANN)
    make_customer(phone=BOB)
    group, audience = make_group(title="Cakes"), make_audience({"all": []})
    add(group=group, numbers=[ANN])
    page = marketer.get(f"{LIST}{group.pk}/change/")
    assert 'name="title"' in page.text
    assert 'name="numbers"' not in page.text
    crafted = {"type": "audience", "audience": audience.pk, "numbers": BOB, "members_count": 9}
    answer = marketer.post(f"{LIST}{group.pk}/change/", {"title": "Sweets", **crafted})
    assert answer.status_code == 302
    group.refresh_from_db()
    assert (group.title, group.type, group.audience, group.members_count) == (
        "Sweets",
        "phones",
        None,
        1,
    )
    assert members(group) == {ann.phone}


def test_tabs_exist_only_when_editing_D7(marketer):
    group = make_group()
    assert "bo-tabs" not in marketer.get(ADD).text
    shown = [words for words, address in links(marketer.get(f"{LIST}{group.pk}/change/"))]
    assert shown.index("General") + 1 == shown.index("Customers", shown.index("General"))


def test_the_tabs_of_groups_are_their_own():
    assert CustomerGroupAdmin.tabs is not TabbedAdmin.tabs
    assert [tab.key for tab in TabbedAdmin.tabs] == []
