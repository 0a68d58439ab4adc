"""Buttons of a row and the pages behind them (T10–T13, T26)."""

import pytest

from imports.models import Job
from offers.assignment import assign
from offers.models import PrivateOffer
from tests.factories import make_customer, make_offer, make_staff
from tests.pages import column, links, page_text, signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/offers/privateoffer/"
VIEW = "offers.view_privateoffer"
EVERYTHING = [
    VIEW,
    "offers.add_privateoffer",
    "offers.change_privateoffer",
    "offers.delete_privateoffer",
    "offers.import_assignments",
    "offers.withdraw_assignments",
    "offers.see_as_customer",
]


def assigned(offer, count):
    assign(offer=offer, customers=[make_customer() for _ in range(count)])
    return offer


def row_links(page, offer):
    return [found for found in links(page) if f"/{offer.pk}/" in found[1] or "=" in found[1]][1:]


def test_t10_to_t13_where_the_buttons_of_a_private_offer_lead():
    offer = make_offer(name="june")
    page = signed_in(make_staff(*EVERYTHING)).get(LIST)
    (row,) = [found for found in [links(page)] if found]
    assert [found for found in row if "june" in found[0] and "/change/" not in found[1]] == [
        (
            "Import emails june",
            f"/admin/imports/job/add/?type=private-offer-emails&offer={offer.pk}",
        ),
        ("Delete emails june", f"{LIST}{offer.pk}/delete-emails/"),
        ("Delete june", f"{LIST}{offer.pk}/delete/"),
    ]
    assert ("Edit june", f"{LIST}{offer.pk}/change/") in row
    assert ("Duplicate", f"{LIST}add/?copy={offer.pk}") in row
    assert ("See as customer", f"{LIST}see-as-customer/?offer={offer.pk}") in row
    assert ("History", f"{LIST}{offer.pk}/history/") in row


def test_t26_email_buttons_of_a_public_offer_are_disabled_and_say_why():
    make_offer(name="june", is_public=True)
    page = signed_in(make_staff(*EVERYTHING)).get(LIST)
    body = page.content.decode()
    assert column(page, "actions") == [
        "Edit june Import emails Delete emails Delete june More june Duplicate See as customer"
        " History Public: everybody sees it, so it takes no e-mails."
    ]
    assert body.count(" disabled>Import emails<") == 1
    assert body.count(" disabled>Delete emails<") == 1
    assert "delete-emails" not in body


def test_who_may_only_look_gets_no_buttons_that_change():
    make_offer(name="june")
    page = signed_in(make_staff(VIEW)).get(LIST)
    assert column(page, "actions") == ["View june More june History"]


def test_t12_delete_emails_asks_first_and_says_how_many():
    offer = assigned(make_offer(name="june"), 3)
    client = signed_in(make_staff(VIEW, "offers.withdraw_assignments"))
    page = client.get(f"{LIST}{offer.pk}/delete-emails/")
    assert "3 e-mail addresses are assigned to “june”." in page_text(page)
    offer.refresh_from_db()
    assert (offer.assigned_count, Job.objects.count()) == (3, 0)


@pytest.mark.parametrize("is_public", [True, False])
def test_t12_t26_nothing_to_delete_starts_no_job(is_public):
    offer = make_offer(name="june", is_public=is_public)
    client = signed_in(make_staff(VIEW, "offers.withdraw_assignments"))
    page = client.post(f"{LIST}{offer.pk}/delete-emails/", follow=True)
    assert [str(message) for message in page.context["messages"]] == [
        "“june” is public: no e-mails are assigned to it."
        if is_public
        else "No e-mails are assigned to “june”."
    ]
    assert Job.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_t12_delete_emails_starts_a_job_and_shows_it():
    offer = assigned(make_offer(), 2)
    staff = make_staff(VIEW, "offers.withdraw_assignments", "imports.view_job")
    response = signed_in(staff).post(f"{LIST}{offer.pk}/delete-emails/")
    job = Job.objects.get()
    assert (job.type, job.options["offer"], job.user) == (
        "private-offer-emails-withdrawal",
        offer.pk,
        staff,
    )
    assert response.headers["Location"] == f"/admin/imports/job/{job.pk}/change/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_t12_needs_its_own_permission(method):
    offer = assigned(make_offer(), 2)
    lacking = [one for one in EVERYTHING if one != "offers.withdraw_assignments"]
    client = signed_in(make_staff(*lacking))
    response = getattr(client, method)(f"{LIST}{offer.pk}/delete-emails/")
    offer.refresh_from_db()
    assert (response.status_code, offer.assigned_count, Job.objects.count()) == (403, 2, 0)


def test_t13_delete_asks_first_says_it_is_permanent_and_whom_it_hits():
    offer = assigned(make_offer(name="june"), 2)
    client = signed_in(make_staff(VIEW, "offers.delete_privateoffer"))
    said = page_text(client.get(f"{LIST}{offer.pk}/delete/"))
    assert "The offer “june” will be deleted permanently. It cannot be restored." in said
    assert "2 customers lose it." in said
    assert PrivateOffer.objects.filter(pk=offer.pk).exists()


def test_t13_delete_of_a_public_offer_says_that_everybody_loses_it():
    offer = make_offer(is_public=True)
    client = signed_in(make_staff(VIEW, "offers.delete_privateoffer"))
    assert "every signed-in customer loses it" in page_text(client.get(f"{LIST}{offer.pk}/delete/"))


def test_t13_delete_removes_that_offer_only():
    offer, other = make_offer(), make_offer()
    staff = make_staff(VIEW, "offers.change_privateoffer", "offers.delete_privateoffer")
    response = signed_in(staff).post(f"{LIST}{offer.pk}/delete/", {"post": "yes"})
    assert response.headers["Location"] == LIST
    assert list(PrivateOffer.objects.all()) == [other]


def test_t13_needs_permission():
    offer = make_offer()
    lacking = [one for one in EVERYTHING if one != "offers.delete_privateoffer"]
    client = signed_in(make_staff(*lacking))
    assert client.post(f"{LIST}{offer.pk}/delete/", {"post": "yes"}).status_code == 403
    assert list(PrivateOffer.objects.all()) == [offer]


def test_no_bulk_action_deletes():
    offer = make_offer()
    client = signed_in(make_staff(*EVERYTHING))
    client.post(LIST, {"action": "delete_selected", "_selected_action": [offer.pk], "post": "yes"})
    assert list(PrivateOffer.objects.all()) == [offer]
