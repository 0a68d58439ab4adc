"""The customers' back-office list and page, and what a crafted request cannot do."""

import datetime as dt
from contextlib import contextmanager

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.utils import timezone

from customers.models import Customer
from offers.assignment import assign
from offers.models import Assignment
from tests.factories import make_customer, make_offer, make_staff, make_user

LIST = "/admin/customers/customer/"
ALL = [f"customers.{verb}_customer" for verb in ("view", "add", "change")]


@pytest.fixture
def clerk(client: Client, db: None) -> Client:
    client.force_login(make_staff(*ALL))
    return client


def found(client: Client, **parameters: str) -> list[str | None]:
    return [row.email for row in client.get(LIST, parameters).context["cl"].result_list]


def form(**fields: str) -> dict[str, str]:
    empty = dict.fromkeys(
        ("first_name", "last_name", "birth_date", "email", "phone", "external_id"), ""
    )
    return {**empty, **fields}


def errors(response) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors)


def test_the_list_shows_who_the_customers_are(clerk):
    make_customer(
        "ann@example.com",
        first_name="Ann",
        last_name="Lee",
        phone="48500100200",
        external_id="C-7",
        birth_date=dt.date(1990, 2, 3),
        user=make_user("ann@example.com"),
    )
    page = clerk.get(LIST).text
    for shown in ("Ann Lee", "ann@example.com", "48500100200", "C-7", "1990-02-03"):
        assert shown in page


def test_customers_sort_by_last_then_first_name_and_by_address(clerk):
    make_customer("b@example.com", first_name="Zoe", last_name="Lee")
    make_customer("c@example.com", first_name="Ann", last_name="Lee")
    make_customer("a@example.com", first_name="Bob", last_name="Ott")
    assert found(clerk, o="0") == ["c@example.com", "b@example.com", "a@example.com"]
    assert found(clerk, o="-0") == ["a@example.com", "b@example.com", "c@example.com"]
    assert found(clerk, o="1") == ["a@example.com", "b@example.com", "c@example.com"]


def test_columns_without_an_index_do_not_sort(clerk):
    make_customer("b@example.com", phone="48500100200")
    make_customer("a@example.com", phone="48500100300")
    for order in ("2", "3", "4", "5", "-2"):
        assert found(clerk, o=order) == ["a@example.com", "b@example.com"]


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("ann kowalska", ["ann@example.com"]),
        ("KOWALSKA ann", ["ann@example.com"]),
        ("walsk", ["ann@example.com", "piotr@example.net"]),
        ("kowalska an", ["ann@example.com"]),
        ("kowalska nn", []),
        ("+48 500-100-200", ["ann@example.com"]),
        ("100200", ["ann@example.com"]),
        ("4850010020", ["ann@example.com"]),
        ("485001002001", []),
        ("c_7", ["piotr@example.net"]),
        ("piotr@exam", ["piotr@example.net"]),
        ("iotr@example.net", []),
        ("@example.net", ["piotr@example.net"]),
        ("example", ["ann@example.com", "piotr@example.net"]),
        ("%%%", []),
        ("annkowalska", []),
        ("   ", ["ann@example.com", "piotr@example.net"]),
    ],
)
def test_a_search_finds_every_word_in_any_field(clerk, text, emails):
    make_customer("ann@example.com", first_name="Ann", last_name="Kowalska", phone="48500100200")
    make_customer("piotr@example.net", last_name="Kowalski", external_id="C_7")
    Customer.objects.create(email="kowalska@example.com", is_prospect=True)
    assert sorted(found(clerk, q=text)) == emails


def test_a_search_by_short_words_alone_says_what_to_do(clerk):
    make_customer("an@example.com")
    response = clerk.get(LIST, {"q": "an"})
    assert list(response.context["cl"].result_list) == []
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Write at least 3 letters of a word to search for."
    ]


def test_prospects_are_nowhere(clerk):
    prospect = Customer.objects.create(email="waits@example.com", is_prospect=True)
    assert found(clerk) == []
    assert found(clerk, q="waits") == []
    assert found(clerk, q="waits@example.com") == []
    for action in ("change", "delete", "history"):
        response = clerk.get(f"{LIST}{prospect.pk}/{action}/", follow=True)
        assert "waits@example.com" not in response.text
    clerk.post(f"{LIST}{prospect.pk}/change/", form(email="mine@example.com"))
    clerk.post(f"{LIST}{prospect.pk}/delete/", {"post": "yes"})
    prospect.refresh_from_db()
    assert (prospect.email, prospect.is_prospect) == ("waits@example.com", True)


def test_prospects_are_not_shown_by_a_crafted_filter(clerk):
    Customer.objects.create(email="waits@example.com", is_prospect=True)
    response = clerk.get(LIST, {"is_prospect__exact": "1"}, follow=True)
    assert "waits@example.com" not in response.text


def test_identities_are_written_in_their_one_form(clerk):
    response = clerk.post(
        f"{LIST}add/",
        form(email=" Ann@Żółw.PL ", phone="+380 (98) 000-00-00", external_id="C1"),
    )
    assert response.status_code == 302
    customer = Customer.objects.get()
    assert (customer.email, customer.phone) == ("ann@xn--w-uga1v8h.pl", "380980000000")


def test_errors_stand_beside_their_fields(clerk):
    make_customer("taken@example.com", phone="48500100200", external_id="C1")
    response = clerk.post(f"{LIST}add/", form(email="ann", phone="12", external_id="C1"))
    assert set(errors(response)) == {"email", "phone", "external_id"}
    response = clerk.post(f"{LIST}add/", form(email="Taken@example.com", phone="+48500100200"))
    assert errors(response) == {
        "email": ["Another customer has this e-mail address."],
        "phone": ["Another customer has this phone number."],
    }
    assert errors(clerk.post(f"{LIST}add/", form(first_name="Ann"))) == {
        "__all__": ["Give an e-mail, a phone or an external ID."]
    }
    assert Customer.objects.count() == 1


def test_a_new_customer_takes_over_what_waits_for_the_address(clerk):
    prospect = Customer.objects.create(email="ann@example.com", is_prospect=True)
    clerk.post(f"{LIST}add/", form(email="Ann@example.com", first_name="Ann"))
    customer = Customer.objects.get()
    assert (customer.pk, customer.first_name, customer.is_prospect) == (prospect.pk, "Ann", False)


def test_an_existing_customer_takes_over_what_waits_for_their_new_address(clerk):
    customer = Customer.objects.create(phone="48500100200")
    prospect = Customer.objects.create(email="new@example.com", is_prospect=True)
    both, waiting = make_offer(), make_offer()
    assign(offer=both, customers=[customer, prospect])
    assign(offer=waiting, customers=[prospect])
    change = f"{LIST}{customer.pk}/change/"
    wrong = form(email="new@example.com", phone="12")
    assert list(errors(clerk.post(change, wrong))) == ["phone"]
    assert Customer.objects.filter(pk=prospect.pk).exists()
    clerk.post(change, form(email="New@example.com", phone="48500100200"))
    assert [(each.pk, each.email) for each in Customer.objects.all()] == [
        (customer.pk, "new@example.com")
    ]
    assert set(
        Assignment.objects.values_list("customer_id", "offer_id", "offer__assigned_count")
    ) == {
        (customer.pk, both.pk, 1),
        (customer.pk, waiting.pk, 1),
    }


def test_an_address_is_not_taken_over_while_an_import_speaks_of_it(clerk, db):
    customer = Customer.objects.create(phone="48500100200")
    Customer.objects.create(email="new@example.com", is_prospect=True)
    with holding_prospects():
        data = form(email="new@example.com", phone="48500100200")
        response = clerk.post(f"{LIST}{customer.pk}/change/", data)
    assert errors(response) == {
        "email": ["An import is adding offers to new addresses. Try again when it is done."]
    }


@contextmanager
def holding_prospects():
    """What an import does in its own connection while it runs."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(hashtext('customers.prospects'))")
    yield
    other.close()


def test_a_changed_address_leaves_the_sign_in_as_it_was(clerk):
    user = make_user("ann@example.com")
    customer = make_customer("ann@example.com", user=user)
    clerk.post(f"{LIST}{customer.pk}/change/", form(email="new@example.com"))
    customer.refresh_from_db()
    user.refresh_from_db()
    assert (customer.email, customer.user_id, user.email) == (
        "new@example.com",
        user.pk,
        "ann@example.com",
    )


def test_cancel_leads_back_to_the_list_as_it_was(clerk):  # T31
    customer = make_customer("ann@example.com")
    page = clerk.get(f"{LIST}{customer.pk}/change/?_changelist_filters=q%3Dann%26per_page%3D25")
    assert f'href="{LIST}?q=ann&amp;per_page=25"' in page.text
    assert "Cancel" in page.text
    assert "Save and" not in page.text


def test_nobody_is_deleted_past_the_erasure(client, db):
    client.force_login(make_staff(is_superuser=True))
    customer = make_customer()
    assert client.post(f"{LIST}{customer.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Customer.objects.get() == customer


def test_a_whole_list_cannot_be_deleted_by_a_crafted_action(clerk):
    customer = make_customer()
    clerk.post(
        LIST,
        {
            "action": "delete_selected",
            "select_across": "1",
            "_selected_action": str(customer.pk),
            "post": "yes",
        },
    )
    assert Customer.objects.get() == customer


@pytest.mark.parametrize("missing", ["view", "add", "change"])
def test_each_deed_needs_its_own_permission(client, db, missing):
    kept = [name for name in ALL if f".{missing}_" not in name]
    client.force_login(make_staff(*kept if missing != "view" else []))
    customer = make_customer("ann@example.com")
    change = f"{LIST}{customer.pk}/change/"
    answers = {
        "view": client.get(LIST).status_code,
        "add": client.post(f"{LIST}add/", form(email="new@example.com")).status_code,
        "change": client.post(change, form(email="ann2@example.com")).status_code,
    }
    assert answers[missing] == 403
    if missing == "view":
        assert set(answers.values()) == {403}
        assert client.get(change).status_code == 403


def test_a_customers_page_shows_their_offers_and_nobody_elses(client, db):
    client.force_login(make_staff(*ALL, "offers.view_privateoffer"))
    ann, bob = make_customer(), make_customer()
    now, day = timezone.now(), dt.timedelta(days=1)
    window = {"start": now - day, "end": now + day}
    for customer, name in ((ann, "anns-live"), (bob, "bobs-live")):
        assign(offer=make_offer(name=name, **window), customers=[customer])
    ended = make_offer(name="anns-ended", start=now - 2 * day, end=now - day)
    assign(offer=ended, customers=[ann])
    make_offer(name="public-live", is_public=True, **window)
    make_offer(name="public-ended", is_public=True, start=now - 2 * day, end=now - day)
    page = client.get(f"{LIST}{ann.pk}/change/?tab=private-offers").text
    names = ["anns-live", "bobs-live", "anns-ended", "public-live", "public-ended"]
    assert [name for name in names if name in page] == ["anns-live", "anns-ended", "public-live"]


def test_a_customers_offers_need_the_permission_to_view_offers(clerk):
    customer = make_customer()
    assign(offer=make_offer(name="secret-offer"), customers=[customer])
    page = clerk.get(f"{LIST}{customer.pk}/change/?tab=private-offers").text
    assert "secret-offer" not in page
    assert "Private offers" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_a_customers_page_takes_the_same_queries_however_many_offers(
    client, db, django_assert_num_queries, number
):
    client.force_login(make_staff(*ALL, "offers.view_privateoffer"))
    customer = make_customer()
    for _ in range(number):
        assign(offer=make_offer(), customers=[customer])
    client.get(LIST)
    # Four of them find the audiences, three of these only in a test's transaction.
    with django_assert_num_queries(14):
        client.get(f"{LIST}{customer.pk}/change/?tab=private-offers")
