"""Who may see, make, rename, import and export groups; and that nobody deletes one (D4, D8)."""

import datetime as dt

import pytest

from customers.models import CustomerGroup
from tests.customers.admin.groups.pages import ADD, ANN, LIST, follower, members
from tests.factories import NOON, make_audience, make_customer, make_group, make_staff
from tests.pages import links, signed_in

pytestmark = pytest.mark.django_db


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
