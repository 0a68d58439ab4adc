"""The list of customer groups, their creation and renaming, and that none is deleted (D3–D8)."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages

from customers.admin.groups import CustomerGroupAdmin
from customers.membership import add
from customers.models import CustomerGroup
from imports.backoffice import TabbedAdmin
from tests.factories import NOON, make_audience, make_customer, make_group, make_staff
from tests.offers.admin.pages import errors, headers, links, page_text, rows, signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/customers/customergroup/"
ADD = f"{LIST}add/"
NAMES = ("view_customergroup", "add_customergroup", "change_customergroup", "change_members")
ALL = [f"customers.{name}" for name in (*NAMES, "view_customer", "view_audience")]
ANN, BOB = "48600100200", "48600100201"


@pytest.fixture
def marketer():
    return signed_in(make_staff(*ALL))


def members(group: CustomerGroup) -> set[str | None]:
    return set(group.members.values_list("customer__phone", flat=True))


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def follower(title: str, **fields) -> CustomerGroup:
    counted = {"members_count": 7, "counted_at": NOON}
    audience = make_audience({"all": []}, **{"name": f"of {title}", **counted, **fields})
    return make_group(title=title, type=CustomerGroup.Type.AUDIENCE, audience=audience)


def test_the_list_has_exactly_the_columns_of_the_document_D3(marketer):
    make_customer(phone=ANN)
    cakes = make_group(title="Cakes")
    add(group=cakes, numbers=[ANN])
    follower("Bikers")
    follower("New", counted_at=None, members_count=0)
    page = marketer.get(LIST)
    assert headers(page) == ["Name", "Type", "Users count", "Edit"]
    assert [list(row.values()) for row in rows(page)] == [
        ["Bikers", "Audience: of Bikers", "7", "Edit Bikers"],
        ["Cakes", "Phone numbers", "1", "Edit Cakes"],
        ["New", "Audience: of New", "–", "Edit New"],
    ]
    assert ("Edit Cakes", f"{LIST}{cakes.pk}/change/") in links(page)


@pytest.mark.parametrize(
    ("order", "titles"),
    [("0", ["A", "B", "C"]), ("-0", ["C", "B", "A"]), ("2", ["B", "A", "C"])],
)
def test_the_list_sorts_by_name_and_by_users_of_both_types_D3(marketer, order, titles):
    make_customer(phone=ANN)
    add(group=make_group(title="A"), numbers=[ANN])
    make_group(title="B")
    follower("C")
    assert [row["name"] for row in rows(marketer.get(LIST, {"o": order}))] == titles


def test_the_list_is_searched_by_title(marketer):
    make_group(title="Cakes")
    make_group(title="Bikes")
    assert [row["name"] for row in rows(marketer.get(LIST, {"q": "cak"}))] == ["Cakes"]
    assert "No group matches" in page_text(marketer.get(LIST, {"q": "x"}))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_is_as_many_queries_for_one_group_as_for_three(
    marketer, number, django_assert_num_queries
):
    for each in range(number):
        follower(f"Group {each}")
    with django_assert_num_queries(7):
        marketer.get(LIST)


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


def test_no_page_deletes_a_group_whatever_the_rights_D4():
    group = make_group(title="Cakes")
    client = signed_in(make_staff(is_superuser=True))
    pages = [client.get(LIST), client.get(f"{LIST}{group.pk}/change/")]
    assert not any(f"{group.pk}/delete/" in page.text for page in pages)
    delete = f"{LIST}{group.pk}/delete/"
    answers = [client.get(delete), client.post(delete, {"post": "yes"}), client.delete(delete)]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    bulk = {"action": "delete_selected", "_selected_action": [group.pk], "post": "yes"}
    client.post(LIST, bulk)
    client.delete(f"{LIST}{group.pk}/change/")
    assert list(CustomerGroup.objects.all()) == [group]


def test_tabs_exist_only_when_editing_D7(marketer):
    group = make_group()
    assert "bo-tabs" not in marketer.get(ADD).text
    shown = [words for words, address in links(marketer.get(f"{LIST}{group.pk}/change/"))]
    assert shown.index("General") + 1 == shown.index("Customers", shown.index("General"))


def test_the_tabs_of_groups_are_their_own():
    assert CustomerGroupAdmin.tabs is not TabbedAdmin.tabs
    assert [tab.key for tab in TabbedAdmin.tabs] == []


@pytest.mark.parametrize(
    ("lacking", "address"),
    [
        ("view_customergroup", LIST),
        ("add_customergroup", ADD),
    ],
)
def test_pages_need_their_rights(lacking, address):
    make_group()
    may = [f"customers.{name}" for name in ("view_customergroup", "add_customergroup")]
    rights = [name for name in may if name != f"customers.{lacking}"]
    if lacking == "view_customergroup":
        rights = ["customers.change_members"]
    assert signed_in(make_staff(*rights)).get(address).status_code == 403


def test_who_may_not_change_members_makes_groups_without_D8():
    make_customer(phone=ANN)
    client = signed_in(make_staff("customers.view_customergroup", "customers.add_customergroup"))
    page = client.get(ADD)
    assert 'name="numbers"' not in page.text
    assert 'name="audience"' not in page.text
    audience = make_audience({"all": []})
    crafted = {"numbers": ANN, "type": "audience", "audience": audience.pk}
    client.post(ADD, {"title": "Cakes", **crafted})
    group = CustomerGroup.objects.get()
    assert (group.type, group.audience, members(group)) == ("phones", None, set())


def test_who_may_only_look_changes_no_title():
    group = make_group(title="Cakes")
    client = signed_in(make_staff("customers.view_customergroup"))
    assert client.get(f"{LIST}{group.pk}/change/").status_code == 200
    assert client.post(f"{LIST}{group.pk}/change/", {"title": "X"}).status_code == 403
    group.refresh_from_db()
    assert group.title == "Cakes"


def test_the_page_leads_to_import_and_export_of_this_group():
    group, other = make_group(), follower("Bikers", counted_at=NOON + dt.timedelta(days=1))
    names = ("view_customergroup", "import_members", "export_members")
    client = signed_in(make_staff(*(f"customers.{name}" for name in names)))
    query = f"?type=group-members&group={group.pk}"
    found = links(client.get(f"{LIST}{group.pk}/change/"))
    assert ("Import customers", f"/admin/imports/job/add/{query}") in found
    assert ("Export customers", f"/admin/imports/export/add/{query}") in found
    assert client.get(f"/admin/imports/job/add/{query}").status_code == 200
    assert client.get(f"/admin/imports/export/add/{query}").status_code == 200
    assert "type=group-members" not in client.get(f"{LIST}{other.pk}/change/").text
