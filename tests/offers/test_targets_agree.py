"""The showcase, the queryset and a rule in plain Python say the same of anybody's offers (T27)."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from customers.models import Audience, CustomerGroup
from offers.assignment import assign
from offers.models import PrivateOffer
from offers.showcase import showcase_for
from tests.factories import (
    NOON,
    make_altshop,
    make_attribute,
    make_audience,
    make_customer,
    make_group,
    make_image,
    make_member,
    make_offer,
    make_user,
)

committed = pytest.mark.django_db(transaction=True)
FEBRUARY = {"field": "birth_date", "is": "month_in", "value": [2]}
NOT_ANN = {"not": {"field": "first_name", "is": "equals_any", "value": ["Ann"]}}
LISTED = {"field": "groups", "is": "in_any"}


def seen(customer, shop, at=NOON):
    showcase, viewer = showcase_for(customer.user_id, at)
    return [offer.name for offer in showcase.visible(viewer, shop, at)]


def ruled(customer, shop, at=NOON):
    return [offer.name for offer in PrivateOffer.objects.visible_to(customer, shop, at)]


def make_person(**fields):
    return make_customer(user=make_user(), **fields)


people = st.fixed_dictionaries(
    {
        "first_name": st.sampled_from(["Ann", "Bob", ""]),
        "birth_date": st.sampled_from([None, dt.date(1992, 2, 29), dt.date(1990, 7, 1)]),
        "is_prospect": st.booleans(),
        "in_group": st.booleans(),
        "in_fixed": st.booleans(),
    }
)
offers = st.fixed_dictionaries(
    {
        "emails": st.sets(st.integers(0, 2)),
        "groups": st.sets(st.sampled_from(["phones", "following"])),
        "audiences": st.sets(st.sampled_from(["fixed", "february", "not_ann", "listed"])),
        "is_public": st.booleans(),
    }
)


def naive(offer, person, number):
    """Whether somebody sees an offer, said as the documents say it."""
    if offer["is_public"] or number in offer["emails"]:
        return True
    if person["is_prospect"]:
        return False
    february = person["birth_date"] is not None and person["birth_date"].month == 2
    holds = {
        "phones": person["in_group"],
        "following": february,
        "fixed": person["in_fixed"],
        "february": february,
        "not_ann": person["first_name"] != "Ann",
        "listed": person["in_group"],
    }
    return any(holds[name] for name in offer["groups"] | offer["audiences"])


class ThreeRulesAgree(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(
        offers=st.lists(offers, min_size=1, max_size=4),
        people=st.lists(people, min_size=3, max_size=3),
    )
    def test_any_offers_are_seen_alike_by_anybody_T27_L1(self, offers, people):
        shop, image = make_altshop(), make_image()
        targets = made_targets()
        customers = [made_customer(person, targets) for person in people]
        for number, drawn in enumerate(offers):
            make_aimed(number, drawn, shop, image, targets, customers)
        for number, (person, customer) in enumerate(zip(people, customers, strict=True)):
            expected = [
                f"offer {i}" for i, offer in enumerate(offers) if naive(offer, person, number)
            ]
            assert ruled(customer, shop) == expected
            assert seen(customer, shop) == ([] if person["is_prospect"] else expected)


def made_targets():
    phones, february = make_group(), make_audience(FEBRUARY)
    return {
        "phones": phones,
        "following": make_group(type="audience", audience=february),
        "fixed": make_audience(),
        "february": february,
        "not_ann": make_audience(NOT_ANN),
        "listed": make_audience({**LISTED, "value": [phones.pk]}),
    }


def made_customer(person, targets):
    fields = {name: person[name] for name in ("first_name", "birth_date", "is_prospect")}
    user = None if person["is_prospect"] else make_user()
    customer = make_customer(user=user, **fields)
    for flag, name in (("in_group", "phones"), ("in_fixed", "fixed")):
        if person[flag]:
            make_member(targets[name], customer)
    return customer


def make_aimed(number, drawn, shop, image, targets, customers):
    public = drawn["is_public"]
    offer = make_offer(name=f"offer {number}", altshops=[shop], image=image, is_public=public)
    if not public:
        assign(offer=offer, customers=[customers[i] for i in drawn["emails"]])
        offer.groups.set([targets[name] for name in drawn["groups"]])
        offer.audiences.set([targets[name] for name in drawn["audiences"]])


@committed
def test_one_query_while_nothing_changes_also_with_targets(django_assert_num_queries):
    ann, bob = make_person(birth_date=dt.date(1990, 2, 14)), make_person()
    shop, group, fixed = make_altshop(), make_group(), make_audience()
    make_member(group, bob)
    make_offer(name="a", altshops=[shop]).audiences.set([make_audience(FEBRUARY), fixed])
    make_offer(name="g", altshops=[shop]).groups.add(group)
    assert (seen(ann, shop), seen(bob, shop)) == (["a"], ["g"])
    with django_assert_num_queries(1):
        assert seen(ann, shop) == ["a"]
    make_member(fixed, bob)
    with django_assert_num_queries(1):
        assert seen(bob, shop) == ["a", "g"]


@committed
def test_audiences_are_nothing_to_a_page_without_aimed_offers(django_assert_num_queries):
    ann, shop = make_person(), make_altshop()
    make_offer(name="public", altshops=[shop], is_public=True)
    assert seen(ann, shop) == ["public"]
    make_audience(FEBRUARY)
    with django_assert_num_queries(1):
        assert seen(ann, shop) == ["public"]


@committed
def test_every_change_of_targets_is_seen_by_the_next_request():
    ann, shop = make_person(birth_date=dt.date(1990, 2, 14), first_name="Ann"), make_altshop()
    february, not_ann, nobody = make_audience(FEBRUARY), make_audience(NOT_ANN), make_audience()
    group, offer = make_group(type="audience", audience=nobody), make_offer(altshops=[shop])
    shown = [seen(ann, shop)]
    offer.groups.add(group)
    shown.append(seen(ann, shop))
    CustomerGroup.objects.filter(pk=group.pk).update(audience=february)
    shown.append(seen(ann, shop))
    Audience.objects.filter(pk=february.pk).update(conditions=NOT_ANN)
    shown.append(seen(ann, shop))
    type(ann).objects.update(first_name="Anna")
    shown.append(seen(ann, shop))
    offer.groups.clear()
    shown.append(seen(ann, shop))
    offer.audiences.add(not_ann)
    shown.append(seen(ann, shop))
    name = offer.name
    assert shown == [[], [], [name], [], [name], [], [name]]


@committed
def test_an_audience_that_is_changed_and_not_kept_was_never_known():
    ann, bob, shop = make_person(first_name="Ann"), make_person(first_name="Bob"), make_altshop()
    audience = make_audience(NOT_ANN)
    make_offer(name="not Ann's", altshops=[shop]).audiences.add(audience)
    before = [seen(ann, shop), seen(bob, shop)]
    with transaction.atomic():
        Audience.objects.update(conditions={"not": NOT_ANN})
        within = [seen(ann, shop), seen(bob, shop)]
        transaction.set_rollback(True)
    assert before == [seen(ann, shop), seen(bob, shop)] == [[], ["not Ann's"]]
    assert within == [["not Ann's"], []]


@committed
def test_a_deleted_attribute_leaves_its_audience_without_anybody():
    ann, shop, pet = make_person(attributes={"pet": "cat"}), make_altshop(), make_attribute("pet")
    without = {"not": {"field": "pet", "is": "equals_any", "value": ["dog"]}}
    make_offer(name="no dogs", altshops=[shop]).audiences.add(make_audience(without))
    assert (seen(ann, shop), ruled(ann, shop)) == (["no dogs"], ["no dogs"])
    pet.delete()
    assert (seen(ann, shop), ruled(ann, shop)) == ([], [])


@committed
def test_who_is_signed_out_or_no_customer_sees_nothing():
    shop, staff = make_altshop(), make_user(is_staff=True)
    make_offer(altshops=[shop]).audiences.add(make_audience({"all": []}))
    make_offer(altshops=[shop], is_public=True)
    for user_id in (None, staff.pk):
        showcase, viewer = showcase_for(user_id, NOON)
        assert showcase.visible(viewer, shop, NOON) == []
