"""Groups and audiences in the back-office of private offers (T27, D16, L1, L2)."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from customers.audiences.uses import uses_of
from offers.admin.history import history_of
from offers.assignment import assign
from offers.models import PrivateOffer
from tests.factories import (
    DAY,
    make_altshop,
    make_audience,
    make_customer,
    make_group,
    make_member,
    make_offer,
    make_staff,
)
from tests.offers.admin.forms import ADD, EDITOR, LIST, TARGETS_SEEN, changed
from tests.pages import column, errors, page_text, signed_in

pytestmark = pytest.mark.django_db
FEBRUARY = {"field": "birth_date", "is": "month_in", "value": [2]}
REACH = f"{LIST}reach/"


@pytest.fixture
def client(shops):
    return signed_in(make_staff(*EDITOR, "offers.delete_privateoffer", *TARGETS_SEEN))


def targets(offer):
    return list(offer.groups.all()), list(offer.audiences.all())


def test_what_is_ticked_is_saved_and_what_is_not_is_taken_off_L2(client, entries):
    group, other, audience = make_group(), make_group(), make_audience(FEBRUARY)
    client.post(ADD, entries | {"for_groups": [group.pk], "for_audiences": [audience.pk]})
    offer = PrivateOffer.objects.get()
    assert targets(offer) == ([group], [audience])
    changed(offer, client, for_groups=[other.pk], for_audiences=[])
    assert targets(offer) == ([other], [])


def test_other_changes_leave_the_targets_alone(client):
    offer, group, audience = make_offer(), make_group(), make_audience()
    offer.groups.add(group)
    offer.audiences.add(audience)
    ticked = {"for_groups": [group.pk], "for_audiences": [audience.pk]}
    changed(offer, client, visible_name="New", **ticked)
    offer.refresh_from_db()
    assert (offer.visible_name, *targets(offer)) == ("New", [group], [audience])


def test_a_public_offer_takes_none_and_says_so_beside_the_field_T26(client, entries):
    asked = {"is_public": "on", "for_groups": [make_group().pk]}
    page = client.post(ADD, entries | asked | {"for_audiences": [make_audience().pk]})
    refused = ["A public offer takes neither groups nor audiences."]
    assert errors(page) == {"for_groups": refused, "for_audiences": refused}
    assert PrivateOffer.objects.count() == 0
    offer = make_offer(is_public=True)
    assert "Every signed-in customer: it is public." in page_text(
        client.get(f"{LIST}{offer.pk}/change/")
    )
    changed(offer, client, for_groups=[make_group().pk])
    assert targets(offer) == ([], [])


def test_each_target_is_shown_with_its_size_and_in_words_D16_L2(client):
    make_audience(FEBRUARY, name="Winter", members_count=1234, counted_at=timezone.now())
    broken = make_audience({"field": "gone", "is": "is_empty"}, name="Broken")
    group, staff = make_group(title="Staff"), make_customer()
    make_member(group, staff)
    make_group(title="Following", type="audience", audience=broken)
    said = page_text(client.get(ADD))
    for shown in (
        "Winter 1,234 customers · Birth date is in February",
        "Broken not counted yet · Its conditions make no sense any more: nobody is in it.",
        "Staff 1 customer · Phone numbers",
        "Following not counted yet · Follows the audience “Broken”.",
    ):
        assert " ".join(shown.split()) in said


def test_emails_are_counted_and_their_import_is_for_who_may(client):
    offer = make_offer()
    assign(offer=offer, customers=[make_customer(), make_customer()])
    page = client.get(f"{LIST}{offer.pk}/change/")
    assert "2 e-mail addresses are assigned." in page_text(page)
    address = f"?type=private-offer-emails&amp;offer={offer.pk}"
    assert address not in page.content.decode()
    importer = signed_in(make_staff(*EDITOR, "offers.import_assignments"))
    assert address in importer.get(f"{LIST}{offer.pk}/change/").content.decode()


@pytest.mark.parametrize(("language", "written"), [("en", "12,345"), ("pl", "12\xa0345")])
def test_numbers_are_written_alike_on_every_page_of_an_offer(shops, language, written):
    offer, listed = make_offer(), {"members_count": 12345, "counted_at": timezone.now()}
    make_audience(FEBRUARY, **listed)
    PrivateOffer.objects.update(assigned_count=12345)
    admin = signed_in(make_staff(is_superuser=True))
    pages = [LIST, *(f"{LIST}{offer.pk}/{page}/" for page in ("change", "delete", "delete-emails"))]
    bodies = [admin.get(page, headers={"Accept-Language": language}).text for page in pages]
    assert [body.count(written) for body in bodies] == [1, 2, 1, 2]


def test_who_may_only_look_sees_the_names():
    offer = make_offer()
    offer.groups.add(make_group(title="Staff"))
    viewer = signed_in(make_staff("offers.view_privateoffer", *TARGETS_SEEN))
    page = viewer.get(f"{LIST}{offer.pk}/change/")
    assert "Customer groups Staff Audiences –" in page_text(page)
    assert "for_groups" not in page.content.decode()


def test_the_count_is_of_everybody_once_whichever_way_T27(client):
    february = {"birth_date": dt.date(1990, 2, 14)}
    ann, bob = make_customer(**february), make_customer()
    cleo, dan = make_customer(**february), make_customer()
    waiting = make_customer(is_prospect=True, **february)
    group, fixed, offer = make_group(), make_audience(), make_offer()
    assign(offer=offer, customers=[ann, waiting])
    for listed, customer in ((group, ann), (group, bob), (fixed, bob), (fixed, waiting)):
        make_member(listed, customer)
    following = make_group(type="audience", audience=make_audience(FEBRUARY))
    ticked = {"for_groups": [group.pk, following.pk], "for_audiences": [fixed.pk]}
    answer = client.post(f"{REACH}?offer={offer.pk}", ticked)
    # Ann and the one who waits by e-mail; Bob and Cleo beside them; Dan is in nothing.
    expected = "4 people: 2 by e-mail, 2 more in these groups and audiences"
    assert (answer.content.decode(), dan.pk > cleo.pk) == (expected, True)
    assert targets(offer) == ([], [])
    nothing = client.post(REACH, {})
    assert nothing.content.decode() == "0 people: 0 by e-mail, 0 more in these groups and audiences"


def test_counting_is_for_who_may_fill_in_the_form_and_takes_known_targets(client):
    assert signed_in(make_staff("offers.view_privateoffer")).post(REACH).status_code == 403
    assert client.get(REACH).status_code == 405
    refused = client.post(REACH, {"for_groups": ["0"], "for_audiences": ["x"]})
    assert (refused.status_code, refused.content.decode()) == (
        400,
        "Choose groups and audiences that exist.",
    )


def test_the_list_tells_whom_an_offer_is_aimed_at_without_another_column(client):
    plain, aimed = make_offer(name="plain"), make_offer(name="aimed")
    aimed.groups.set([make_group(title="Staff"), make_group(title="Guests")])
    aimed.audiences.add(make_audience(name="Winter"))
    page = client.get(LIST, {"o": "2"})
    assert column(page, "system_name") == [aimed.name, plain.name]
    assert column(page, "assigned") == [
        "0 group 2 groups: Guests, Staff target 1 audiences: Winter",
        "0",
    ]
    assert column(page, "status") == ["event_busy Ended", "event_busy Ended"]


def test_a_copy_starts_with_the_same_targets(client):
    offer, group, audience = make_offer(), make_group(), make_audience()
    offer.groups.add(group)
    offer.audiences.add(audience)
    make_group()
    page = client.get(f"{ADD}?copy={offer.pk}").content.decode()
    ticked = re.findall(r'name="(for_\w+)" value="(\d+)" checked', page)
    assert ticked == [("for_groups", str(group.pk)), ("for_audiences", str(audience.pk))]


def test_deleting_names_whoever_loses_the_offer_T13(client):
    offer = make_offer()
    offer.groups.add(make_group(title="Staff"))
    offer.audiences.add(make_audience(name="Winter"))
    page = client.get(f"{LIST}{offer.pk}/delete/")
    assert "So does everybody in: Staff, Winter." in page_text(page)


def test_history_tells_targets_by_name_also_of_deleted_audiences():
    offer, group, gone = make_offer(), make_group(title="Staff"), make_audience()
    offer.groups.add(group)
    offer.audiences.add(gone)
    offer.audiences.clear()
    number = gone.pk
    gone.delete()
    (entry,) = history_of(offer.pk, to=make_staff(*TARGETS_SEEN))
    told = [(c.label, c.old, c.new) for c in entry.changes]
    by_label = {
        label: [change for change in told if change[0] == label]
        for label in ("Customer groups", "Audiences")
    }
    assert by_label == {
        "Customer groups": [("Customer groups", "", "Staff")],
        "Audiences": [
            ("Audiences", "", f"audience {number}"),
            ("Audiences", f"audience {number}", ""),
        ],
    }


def test_an_audience_names_the_offers_that_use_it_L2():
    used, unused = make_audience(), make_audience()
    for name in ("b", "a"):
        make_offer(name=name).audiences.add(used)
    found = {pk: [use.name for use in uses] for pk, uses in uses_of([used.pk, unused.pk]).items()}
    assert found == {used.pk: ["a", "b"], unused.pk: []}


def test_a_customers_page_says_why_they_see_each_offer_and_nobody_elses():
    now = timezone.now()
    window = {"start": now - DAY, "altshops": [make_altshop(is_default=True)]}
    ann, bob, cleo = (make_customer(birth_date=dt.date(1990, month, 1)) for month in (2, 3, 4))
    group = make_group(title="Staff")
    for person in (ann, bob):
        make_member(group, person)
    both = make_offer(name="both", end=now + 4 * DAY, **window)
    both.groups.add(group)
    both.audiences.add(make_audience(FEBRUARY, name="Winter"))
    assign(offer=both, customers=[ann, cleo])
    make_offer(name="for-all", end=now + 3 * DAY, is_public=True, **window)
    assign(offer=make_offer(name="cleos", end=now + 2 * DAY, **window), customers=[cleo])
    rights = ("customers.view_customer", "offers.view_privateoffer")
    client = signed_in(make_staff(*rights, *TARGETS_SEEN))
    assert [reasons(client, person) for person in (ann, bob, cleo)] == [
        [("both", "e-mail assigned group “Staff” audience “Winter”"), ("for-all", "public")],
        [("both", "group “Staff”"), ("for-all", "public")],
        [("both", "e-mail assigned"), ("for-all", "public"), ("cleos", "e-mail assigned")],
    ]


def reasons(client, customer):
    page = client.get(f"/admin/customers/customer/{customer.pk}/change/?tab=private-offers")
    body = page.content.decode()
    found = re.findall(r'<th scope="row".*?>([^<]*)</a>.*?<ul>(.*?)</ul>', body, re.DOTALL)
    return [(name, " ".join(re.sub("<[^>]+>", " ", why).split())) for name, why in found]
