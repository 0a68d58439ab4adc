"""Staff who may not see audiences or groups learn how many an offer is aimed at, never which."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from offers.models import PrivateOffer
from tests.factories import (
    DAY,
    make_altshop,
    make_audience,
    make_customer,
    make_group,
    make_member,
    make_offer,
)
from tests.offers.admin.forms import ADD, EDITOR, GROUPS_SEEN, LIST, TARGETS_SEEN, changed
from tests.pages import column, page_text, staff_with

SECRET = {"field": "email", "is": "equals_any", "value": ["secret@example.com"]}
pytestmark = pytest.mark.django_db
REACH = f"{LIST}reach/"
# Names of what the offers below are aimed at, and of what they could be.
LEAKS = ("secret@example.com", "Secret audience", "Secret group", "Other audience", "Other group")
PAGES = ("change/", "history/", "delete/")


@pytest.fixture
def blind(shops):
    return staff_with(*EDITOR, "offers.delete_privateoffer")


@pytest.fixture
def offer(shops):
    make_audience(name="Other audience")
    make_group(title="Other group")
    offer, group = make_offer(name="aimed"), make_group(title="Secret group")
    audience = make_audience(SECRET, name="Secret audience")
    following = make_group(title="Secret group 2", type="audience", audience=audience)
    offer.groups.set([group, following])
    offer.audiences.add(audience)
    return offer


def targets(offer):
    return (
        sorted(group.title for group in offer.groups.all()),
        [audience.name for audience in offer.audiences.all()],
    )


AIMED = (["Secret group", "Secret group 2"], ["Secret audience"])


def leaked(client, offer):
    """Those of LEAKS that stand on any page about the offer."""
    pages = [LIST, ADD, f"{ADD}?copy={offer.pk}", *(f"{LIST}{offer.pk}/{page}" for page in PAGES)]
    bodies = "".join(client.get(page).content.decode() for page in pages)
    return {name for name in LEAKS if name in bodies}


def test_no_page_of_an_offer_names_what_they_may_not_see(blind, offer):
    assert leaked(blind, offer) == set()
    viewer = staff_with("offers.view_privateoffer")
    body = viewer.get(f"{LIST}{offer.pk}/change/").content.decode()
    assert [name for name in LEAKS if name in body] == []


def test_the_same_pages_name_them_to_who_may(shops, offer):
    client = staff_with(*EDITOR, "offers.delete_privateoffer", *TARGETS_SEEN)
    assert leaked(client, offer) == set(LEAKS)


def test_groups_alone_are_shown_without_the_audiences_that_they_follow(shops, offer):
    client = staff_with(*EDITOR, "offers.delete_privateoffer", *GROUPS_SEEN)
    assert leaked(client, offer) == {"Secret group", "Other group"}
    said = page_text(client.get(f"{LIST}{offer.pk}/change/"))
    assert "Secret group 2 not counted yet · Follows an audience" in said
    assert "Audiences 1 audience (you may not see which)" in said


def test_the_form_says_how_many_there_are_and_offers_none(blind, offer):
    page = blind.get(f"{LIST}{offer.pk}/change/")
    told = "Customer groups 2 groups (you may not see which)"
    assert f"{told} Audiences 1 audience (you may not see which)" in page_text(page)
    assert re.findall(r'name="for_\w+"|data-reach', page.content.decode()) == []
    none = "None. Only those who may see them can choose them."
    assert f"Customer groups {none} Audiences {none}" in page_text(blind.get(ADD))


@pytest.mark.parametrize("rights", [(), GROUPS_SEEN])
def test_saving_leaves_alone_what_they_may_not_see_whatever_they_send(shops, offer, rights):
    client = staff_with(*EDITOR, *rights)
    sent = {"for_audiences": [make_audience().pk]}
    sent["for_groups"] = [group.pk for group in offer.groups.all()] if rights else []
    changed(offer, client, visible_name="New", **sent)
    offer.refresh_from_db()
    assert (offer.visible_name, targets(offer)) == ("New", AIMED)


def test_a_new_offer_is_aimed_at_nothing_that_they_may_not_see(blind, entries):
    sent = {"for_groups": [make_group().pk], "for_audiences": [make_audience(SECRET).pk]}
    blind.post(ADD, entries | sent)
    blind.post(ADD, entries | sent | {"name": "july-1", "is_public": "on"})
    made = PrivateOffer.objects.order_by("is_public")
    assert [(each.is_public, targets(each)) for each in made] == [
        (False, ([], [])),
        (True, ([], [])),
    ]


def test_a_copy_says_what_it_leaves_out(blind, offer):
    left_out = "2 groups (you may not see which), 1 audience (you may not see which)"
    said = page_text(blind.get(f"{ADD}?copy={offer.pk}"))
    assert f"The copy is not aimed at everybody that the offer is. Left out: {left_out}." in said
    assert "The copy is not aimed" not in page_text(blind.get(f"{ADD}?copy={make_offer().pk}"))


def test_a_copy_keeps_what_they_may_see(shops, offer):
    page = staff_with(*EDITOR, *GROUPS_SEEN).get(f"{ADD}?copy={offer.pk}")
    ticked = re.findall(r'name="(for_\w+)" value="(\d+)" checked', page.content.decode())
    groups = {("for_groups", str(group.pk)) for group in offer.groups.all()}
    assert (set(ticked), len(ticked)) == (groups, 2)
    assert "Left out: 1 audience (you may not see which)." in page_text(page)


def test_the_list_deletion_and_history_tell_how_many_or_by_number(blind, offer):
    which = "you may not see which"
    assert column(blind.get(LIST), "assigned") == [
        f"0 group 2 groups: {which} target 1 audiences: {which}"
    ]
    told = f"So does everybody in: 2 groups ({which}), 1 audience ({which})."
    assert told in page_text(blind.get(f"{LIST}{offer.pk}/delete/"))
    history = page_text(blind.get(f"{LIST}{offer.pk}/history/"))
    assert f"audience {offer.audiences.get().pk}" in history
    assert [f"group {group.pk}" in history for group in offer.groups.all()] == [True, True]


def test_who_is_reached_is_counted_in_what_they_may_see_only(shops, offer):
    make_customer(email="secret@example.com")
    group = make_group()
    make_member(group, make_customer())
    audience, client = offer.audiences.get(), staff_with(*EDITOR, *GROUPS_SEEN)
    assert client.post(REACH, {"for_audiences": [audience.pk]}).status_code == 403
    answer = client.post(f"{REACH}?offer={offer.pk}", {"for_groups": [group.pk]})
    assert answer.content.decode() == (
        "1 person: 0 by e-mail, 1 more in these groups and audiences."
        " Whoever is in what you may not see is not counted."
    )
    assert staff_with(*EDITOR).post(REACH, {"for_groups": [group.pk]}).status_code == 403


def test_the_preview_does_not_depend_on_targets_they_may_not_see(blind, entries, offer):
    sent = {"for_audiences": [offer.audiences.get().pk], "for_groups": ["x"]}
    plain, aimed = (blind.post(f"{LIST}preview/", entries | more) for more in ({}, sent))
    assert (plain.status_code, plain.content) == (200, aimed.content)


def test_a_customers_page_says_why_without_names():
    now = timezone.now()
    window = {"start": now - DAY, "end": now + DAY, "altshops": [make_altshop(is_default=True)]}
    ann = make_customer(email="secret@example.com", birth_date=dt.date(1990, 2, 1))
    both, group = make_offer(name="both", **window), make_group(title="Secret group")
    make_member(group, ann)
    both.groups.add(group)
    both.audiences.add(make_audience(SECRET, name="Secret audience"))
    page = f"/admin/customers/customer/{ann.pk}/change/?tab=private-offers"
    rights = ("customers.view_customer", "offers.view_privateoffer")
    said = page_text(staff_with(*rights).get(page))
    assert ("a customer group an audience" in said, "Secret" in said) == (True, False)
    said = page_text(staff_with(*rights, *TARGETS_SEEN).get(page))
    assert "group “Secret group” audience “Secret audience”" in said


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_takes_the_same_queries_however_many_they_may_not_see(
    blind, django_assert_num_queries, number
):
    offer = make_offer()
    offer.groups.set(make_group() for _ in range(number))
    offer.audiences.set(make_audience(SECRET, name=f"{each}") for each in range(number))
    page = f"{LIST}{offer.pk}/change/"
    blind.get(page)
    with django_assert_num_queries(20):
        blind.get(page)
