"""A customer's attributes in the back-office: inputs that fit, checked like everywhere (L3)."""

import datetime as dt
from decimal import Decimal

import pytest

from customers.models import Customer, CustomerChange
from tests.factories import make_attribute, make_customer, make_staff
from tests.pages import page_text, signed_in

pytestmark = pytest.mark.django_db
RIGHTS = ("customers.view_customer", "customers.change_customer")
DAY = dt.date(2020, 2, 29)


@pytest.fixture(autouse=True)
def every_type():
    make_attribute("district")
    make_attribute("size", "number")
    make_attribute("wedding", "date")
    make_attribute("accepts_marketing", "yes_no")
    make_attribute("tier", "choice", choices=["gold", "silver"])
    make_attribute("children_birth_dates", "dates")
    make_attribute("cars", "choices", choices=["Audi", "Fiat"])


def tab(customer: Customer) -> str:
    return f"/admin/customers/customer/{customer.pk}/change/?tab=attributes"


def save(client, customer: Customer, **values):
    path = f"/admin/customers/attributedefinition/of-customer/{customer.pk}/"
    return client.post(path, {f"value-{key}": value for key, value in values.items()})


VALUES = {
    "district": "  Sovetsky ",
    "size": "38.50",
    "wedding": "2020-02-29",
    "accepts_marketing": "no",
    "tier": "gold",
    "children_birth_dates": "2021-08-30\r\n2020-02-29\r\n\r\n",
    "cars": ["Fiat", "Audi"],
}


def test_values_of_every_type_are_saved_and_shown_again():
    client, customer = signed_in(make_staff(*RIGHTS)), make_customer(attributes={"kept": 1})
    assert save(client, customer, **VALUES)["Location"] == tab(customer)
    customer.refresh_from_db()
    assert (customer.district, customer.accepts_marketing, customer.cars) == (
        "Sovetsky",
        False,
        ["Audi", "Fiat"],
    )
    assert customer.children_birth_dates == [DAY, dt.date(2021, 8, 30)]
    assert customer.attributes == {
        "kept": 1,
        "size": 38.5,
        "wedding": "2020-02-29",
        "tier": "gold",
    }
    page = client.get(tab(customer)).text
    for shown in (
        'value="Sovetsky"',
        'value="38.5"',
        'value="2020-02-29"',
        '<option value="no" selected>',
        '<option value="gold" selected>',
        ">2020-02-29\n2021-08-30</textarea>",
    ):
        assert shown in page
    assert page.count(" checked") == 2


def test_an_emptied_input_removes_the_value():
    client, customer = signed_in(make_staff(*RIGHTS)), make_customer()
    save(client, customer, **VALUES)
    save(client, customer, district="", size=" ")
    customer.refresh_from_db()
    assert (customer.district, customer.accepts_marketing, customer.cars) == (None, None, None)
    assert customer.attributes == {}


def test_mistakes_are_shown_beside_their_inputs_and_nothing_is_saved():
    client, customer = signed_in(make_staff(*RIGHTS)), make_customer(district="Here")
    wrong = {
        "district": "x" * 101,
        "size": "1e400",
        "wedding": "2023-02-29",
        "tier": "iron",
        "children_birth_dates": "2020-01-01\n30.08.2021",
        "cars": ["Lada"],
    }
    page = save(client, customer, **wrong)
    assert dict(page.context["form"].errors) == {
        "district": ["Write at most 100 characters."],
        "size": ["Write a number like 12.5."],
        "wedding": ["Write a date that exists, like 1990-02-14."],
        "tier": ["Choose one of: gold, silver."],
        "children_birth_dates": ["Write a date that exists, like 1990-02-14."],
        "cars": ["Choose one of: Audi, Fiat."],
    }
    assert "30.08.2021</textarea>" in page.text
    customer.refresh_from_db()
    assert customer.district == "Here"


def test_who_changed_what_is_noted_without_the_values():
    staff, customer = make_staff(*RIGHTS), make_customer(district="Sovetsky")
    client = signed_in(staff)
    save(client, customer, district="Sovetsky", size="38")
    save(client, customer, district="Sovetsky", size="38")
    noted = CustomerChange.objects.values_list("customer", "user", "way", "fields")
    assert list(noted) == [(customer.pk, staff.pk, "backoffice", ["size"])]


def test_who_may_only_look_sees_values_and_no_button():
    client, customer = signed_in(make_staff("customers.view_customer")), make_customer()
    customer.attributes = {"size": 38}
    customer.save()
    page = client.get(tab(customer))
    assert 'value="38"' in page.text
    assert '<fieldset class="bo-form" disabled>' in page.text
    assert "Save" not in page_text(page)
    assert save(client, customer, size="40").status_code == 403


def test_prospects_have_no_attributes():
    client = signed_in(make_staff(*RIGHTS))
    prospect = Customer.objects.create(email="waits@example.com", is_prospect=True)
    assert save(client, prospect, size="40").status_code == 404
    prospect.refresh_from_db()
    assert prospect.attributes == {}


@pytest.mark.parametrize("number", [1, 3])
def test_the_tab_takes_the_same_queries_however_many_attributes(number, django_assert_num_queries):
    client, customer = signed_in(make_staff(*RIGHTS)), make_customer()
    for key in ("a", "b", "c")[:number]:
        make_attribute(key)
    client.get(tab(customer))
    with django_assert_num_queries(8):
        client.get(tab(customer))


def test_a_number_keeps_its_digits():
    client, customer = signed_in(make_staff(*RIGHTS)), make_customer()
    save(client, customer, size="999999999.999999")
    customer.refresh_from_db()
    assert Decimal(str(customer.attributes["size"])) == Decimal("999999999.999999")
