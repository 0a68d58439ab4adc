"""The audience that a group follows is named to those only who may see audiences."""

import pytest

from tests.factories import make_audience, make_customer, make_group, make_staff
from tests.pages import column, page_text, signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/customers/customergroup/"
RIGHTS = ["customers.view_customergroup", "customers.change_customergroup"]
SECRET = "In arrears"


@pytest.fixture
def group():
    make_group(title="Cakes")
    return make_group(
        title="Reminders", type="audience", audience=make_audience({"all": []}, name=SECRET)
    )


def everywhere(group, *rights):
    client = signed_in(make_staff(*RIGHTS, "customers.view_customer", *rights))
    ann = make_customer()
    page = f"{LIST}{group.pk}/change/"
    return client, {
        "list": client.get(LIST),
        "form": client.get(page),
        "members": client.get(page, {"tab": "customers"}),
        "customer": client.get(f"/admin/customers/customer/{ann.pk}/change/", {"tab": "groups"}),
    }


def test_who_may_see_audiences_reads_its_name(group):
    _, pages = everywhere(group, "customers.view_audience")
    assert column(pages["list"], "type_of_sample") == ["Phone numbers", f"Audience: {SECRET}"]
    assert {name for name, page in pages.items() if SECRET in page.text} == set(pages)


def test_others_read_that_there_is_one(group):
    client, pages = everywhere(group)
    assert column(pages["list"], "type_of_sample") == ["Phone numbers", "Follows an audience"]
    assert "Follows an audience" in page_text(pages["form"])
    assert "This group follows an audience" in page_text(pages["members"])
    assert "The group follows an audience, which the customer is in." in page_text(
        pages["customer"]
    )
    assert {name for name, page in pages.items() if SECRET in page.text} == set()
    refused = client.post(f"{LIST}{group.pk}/change/", {"title": ""})
    assert SECRET not in refused.text
