"""The tab Customers of a group: who is listed, who comes and who goes (D2, D8–D10)."""

import pytest
from django.contrib.messages import get_messages

from customers.membership import add
from customers.models import AudienceMember, CustomerGroup
from tests.factories import make_audience, make_customer, make_group, make_staff
from tests.pages import links, page_text, signed_in

pytestmark = pytest.mark.django_db
FIRST = 48600100200
RIGHTS = ("view_customergroup", "change_members", "view_customer", "view_audience")
ALL = [f"customers.{name}" for name in RIGHTS]


@pytest.fixture
def marketer():
    return signed_in(make_staff(*ALL))


def page(group: CustomerGroup) -> str:
    return f"/admin/customers/customergroup/{group.pk}/change/"


def url(group: CustomerGroup, rest: str) -> str:
    return f"/admin/customers/customergroup/{group.pk}/customers/{rest}"


def tab(client, group: CustomerGroup, **query):
    return client.get(page(group), {"tab": "customers", **query})


def make_members(group: CustomerGroup, number: int):
    made = [make_customer(first_name=f"Ann{n:03}", phone=str(FIRST + n)) for n in range(number)]
    add(group=group, numbers=[customer.phone for customer in made])
    return made


def names(response) -> list[str]:
    return [customer.first_name for customer in response.context["cl"].pages.rows]


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_members_are_listed_with_name_phone_and_delete_D9_D10(marketer):
    group, other = make_group(), make_group()
    (ann,) = make_members(group, 1)
    bob = make_customer(first_name="Bob", phone="380980000000")
    add(group=other, numbers=[bob.phone])
    response = tab(marketer, group)
    assert f"Name Phone Delete Ann000 {ann.phone} Delete Ann000" in page_text(response)
    assert "Bob" not in page_text(response)
    found = links(response)
    assert ("Ann000", f"/admin/customers/customer/{ann.pk}/change/") in found
    assert ("Delete Ann000", url(group, f"{ann.pk}/remove/?")) in found


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("query", ["", "ann"])
def test_the_tab_is_as_many_queries_for_one_member_as_for_three(
    marketer, number, query, django_assert_num_queries
):
    group = make_group()
    make_members(group, number)
    tab(marketer, group)  # A process asks some things once.
    with django_assert_num_queries(9):
        assert len(names(tab(marketer, group, q=query))) == number


def test_members_come_page_by_page_there_and_back_D9(marketer, monkeypatch):
    group = make_group()
    make_members(group, 45)
    everybody = [f"Ann{n:03}" for n in range(45)]
    assert names(tab(marketer, group)) == everybody[:10]
    assert "Showing 1 to 10 of 45 entries" in page_text(tab(marketer, group))
    assert names(tab(marketer, group, p=5)) == everybody[40:]
    assert names(tab(marketer, group, p=99)) == everybody[40:]
    assert names(tab(marketer, group, per_page=25, p=2)) == everybody[25:]
    # As if only two pages had numbers, as is the case beyond ten thousand members.
    monkeypatch.setattr("customers.admin.group_pages.COUNTED", 20)
    seen, address = [], f"{page(group)}?tab=customers"
    for _ in range(5):
        response = marketer.get(address)
        seen += names(response)
        address = page(group) + (response.context["cl"].pages.next_url or "")
    assert (seen, address) == (everybody, page(group))
    back = response.context["cl"].pages.previous_url
    assert names(marketer.get(page(group) + back)) == everybody[30:40]


def test_members_are_searched_and_nobody_else_is_found_D9(marketer):
    group = make_group()
    make_members(group, 3)
    make_customer(first_name="Ann001", phone="380980000000")
    assert names(tab(marketer, group, q="ann001")) == ["Ann001"]
    assert names(tab(marketer, group, q=str(FIRST + 2))) == ["Ann002"]
    assert "No member matches" in page_text(tab(marketer, group, q="380980000000"))


def test_create_adds_customers_and_says_what_became_of_the_numbers_D9_D2(marketer):
    group = make_group()
    (ann,) = make_members(group, 1)
    bob = make_customer(phone="380980000000")
    numbers = f"{ann.phone}\n+380 98 000-00-00\n380980000000\n48600100299"
    response = marketer.post(url(group, "add/"), {"numbers": numbers})
    words = "1 customer added. 1 was a member already. 1 repeated number."
    assert words in page_text(response)
    assert "1 number was skipped: no customer has it" in page_text(response)
    assert "data:text/plain;charset=utf-8,48600100299" in response.text
    assert set(group.members.values_list("customer_id", flat=True)) == {ann.pk, bob.pk}


def test_create_leads_back_when_all_numbers_are_known_D9(marketer):
    group = make_group(title="Cakes")
    make_customer(phone="380980000000")
    response = marketer.post(url(group, "add/"), {"numbers": "380980000000"})
    assert (response.status_code, response["Location"]) == (302, f"{page(group)}?tab=customers")
    assert told(response) == ["Cakes: 1 customer added."]


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ("", "This field is required."),
        (" ;\n", "This field is required."),
        ("48600abc", "Line 1, “48600abc”: not a phone number"),
    ],
)
def test_a_wrong_list_adds_nobody_and_stays_in_the_form_D2(marketer, numbers, message):
    group = make_group()
    make_customer(phone="380980000000")
    text = f"{numbers}\n380980000000" if numbers.strip(" ;\n") else numbers
    response = marketer.post(url(group, "add/"), {"numbers": text})
    assert message in page_text(response)
    assert group.members.count() == 0


def test_delete_asks_first_and_leads_back_to_where_the_list_was_D10(marketer):
    group = make_group(title="Cakes")
    ann, bob = make_members(group, 2)
    address = url(group, f"{ann.pk}/remove/?q=ann&p=1")
    question = page_text(marketer.get(address))
    assert f"Ann000 ({ann.phone}) will be deleted from the group “Cakes”." in question
    assert group.members.count() == 2
    answer = marketer.post(address)
    assert answer["Location"] == f"{page(group)}?tab=customers&q=ann&p=1"
    assert told(answer) == ["Ann000 is no longer in the group."]
    assert list(group.members.values_list("customer_id", flat=True)) == [bob.pk]
    assert told(marketer.post(address))[-1] == "Ann000 was not in the group any more."
    ann.refresh_from_db()


def test_members_by_audience_are_shown_and_stay_as_they_are(marketer):
    ann = make_customer(first_name="Ann", phone=str(FIRST))
    make_customer(first_name="Bob", phone="380980000000")
    audience = make_audience(name="Test drivers")
    AudienceMember.objects.create(customer=ann, audience=audience)
    group = make_group(type=CustomerGroup.Type.AUDIENCE, audience=audience)
    response = tab(marketer, group)
    assert names(response) == ["Ann"]
    assert names(tab(marketer, group, q="ann")) == ["Ann"]
    assert "nobody is added or deleted by hand. Audience: Test drivers" in page_text(response)
    assert ("Test drivers", f"/admin/customers/audience/{audience.pk}/change/") in links(response)
    addresses = [url(group, "add/"), url(group, f"{ann.pk}/remove/")]
    assert not any(address in response.text for address in addresses)
    for address in addresses:
        answer = marketer.post(address, {"numbers": "380980000000"})
        assert answer.status_code == 302
        assert "nobody is added or removed by hand" in told(answer)[-1]
    assert names(tab(marketer, group)) == ["Ann"]


@pytest.mark.parametrize("lacking", ["view_customergroup", "change_members"])
@pytest.mark.parametrize("rest", ["add/", "{pk}/remove/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_members_change_only_with_the_rights_to_it(lacking, rest, method):
    group = make_group()
    (ann,) = make_members(group, 1)
    make_customer(phone="380980000000")
    client = signed_in(make_staff(*(name for name in ALL if not name.endswith(lacking))))
    address = url(group, rest.format(pk=ann.pk))
    assert getattr(client, method)(address, {"numbers": "380980000000"}).status_code == 403
    assert list(group.members.values_list("customer_id", flat=True)) == [ann.pk]


def test_who_may_not_see_customers_sees_no_members():
    group = make_group()
    (ann,) = make_members(group, 1)
    rights = ("customers.view_customergroup", "customers.change_members")
    client = signed_in(make_staff(*rights))
    assert "Ann000" not in tab(client, group).text
    assert client.get(url(group, f"{ann.pk}/remove/")).status_code == 403


def test_who_may_only_look_sees_members_and_no_buttons():
    group = make_group()
    (ann,) = make_members(group, 1)
    client = signed_in(make_staff("customers.view_customergroup", "customers.view_customer"))
    response = tab(client, group)
    assert names(response) == ["Ann000"]
    assert url(group, "add/") not in response.text
    assert url(group, f"{ann.pk}/remove/") not in response.text


@pytest.mark.parametrize("number", [0, 10**30])
def test_groups_and_customers_that_do_not_exist_are_not_found(marketer, number):
    group = make_group()
    assert (
        marketer.get(f"/admin/customers/customergroup/{number}/customers/add/").status_code == 404
    )
    assert marketer.get(url(group, f"{number}/remove/")).status_code == 404
