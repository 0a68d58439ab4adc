"""What the process knows is what the database says, at every moment and after every change."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from offers.altshops import altshop_for
from offers.assignment import assign, withdraw
from offers.models import Assignment, PrivateOffer
from offers.showcase import showcase_for
from tests.factories import (
    DAY,
    NOON,
    make_altshop,
    make_customer,
    make_image,
    make_offer,
    make_user,
)

committed = pytest.mark.django_db(transaction=True)


def seen(customer, shop, at=NOON):
    showcase, viewer = showcase_for(customer.user_id, at)
    return [offer.visible_name for offer in showcase.visible(viewer, shop, at)]


def make_person():
    return make_customer(user=make_user())


moments = st.integers(0, 6).map(lambda hours: NOON + dt.timedelta(hours=hours))
drawn_offers = st.fixed_dictionaries(
    {
        "window": st.tuples(moments, moments).filter(lambda window: window[0] < window[1]),
        "is_active": st.booleans(),
        "is_public": st.booleans(),
        "sort_order": st.integers(1, 2),
        "shops": st.sets(st.integers(0, 1)),
        "customers": st.sets(st.integers(0, 1)),
    }
)


class ShowcaseIsTheQuerySet(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(
        offers=st.lists(drawn_offers, max_size=5), visits=st.lists(moments, min_size=1, max_size=3)
    )
    def test_any_offers_are_seen_alike_by_anybody_anywhere_at_any_moment(self, offers, visits):
        shops, people = [make_altshop(), make_altshop()], [make_person(), make_person()]
        image = make_image()
        for drawn in offers:
            start, end = drawn.pop("window")
            here, owners = drawn.pop("shops"), drawn.pop("customers")
            offer = make_offer(
                image=image, start=start, end=end, altshops=[shops[i] for i in here], **drawn
            )
            # Past the verb, which refuses public offers: the rule must not depend on it.
            Assignment.objects.bulk_create(
                Assignment(customer=people[i], offer=offer) for i in owners
            )
        for at in visits:
            for person in people:
                for shop in shops:
                    rule = PrivateOffer.objects.visible_to(person, shop, at)
                    assert seen(person, shop, at) == [offer.visible_name for offer in rule]


@committed
def test_the_database_is_asked_once_until_something_changes(django_assert_num_queries):
    ann, shop = make_person(), make_altshop()
    offer = make_offer(altshops=[shop])
    assign(offer=offer, customers=[ann])
    assert seen(ann, shop) == [offer.visible_name]
    with django_assert_num_queries(1):
        assert seen(ann, shop) == [offer.visible_name]
    assign(offer=make_offer(altshops=[shop]), customers=[ann])
    with django_assert_num_queries(4):
        assert len(seen(ann, shop)) == 2


@committed
def test_every_way_of_changing_is_seen_by_the_next_request():
    ann, shop, other = make_person(), make_altshop(), make_altshop()
    offer = make_offer(altshops=[shop], visible_name="one")
    assert seen(ann, shop) == []
    assign(offer=offer, customers=[ann])
    assert seen(ann, shop) == ["one"]
    offer.visible_name = "two"
    offer.save()
    assert seen(ann, shop) == ["two"]
    PrivateOffer.objects.update(visible_name="three")
    assert seen(ann, shop) == ["three"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE offers_privateoffer SET visible_name = 'four'")
    assert seen(ann, shop) == ["four"]
    offer.altshops.set([other])
    assert (seen(ann, shop), seen(ann, other)) == ([], ["four"])
    withdraw(offer=offer, customers=[ann])
    assert seen(ann, other) == []
    PrivateOffer.objects.all().delete()
    make_offer(altshops=[other], is_public=True, visible_name="five")
    assert seen(ann, other) == ["five"]


@committed
def test_a_moved_altshop_is_found_by_its_new_host():
    ann, shop = make_person(), make_altshop(host="old.example.com")
    shops = [showcase_for(ann.user_id, NOON)[0].altshops]
    type(shop).objects.update(host="new.example.com")
    shops.append(showcase_for(ann.user_id, NOON)[0].altshops)
    assert [altshop_for("new.example.com", known) for known in shops] == [None, shop]


@committed
def test_a_change_that_is_undone_was_never_known():
    ann, shop = make_person(), make_altshop()
    make_offer(altshops=[shop], is_public=True, visible_name="kept")
    assert seen(ann, shop) == ["kept"]
    with transaction.atomic():
        for name in ("undone", "undone twice"):
            PrivateOffer.objects.update(visible_name=name)
            assert seen(ann, shop) == [name]
        transaction.set_rollback(True)
    assert seen(ann, shop) == ["kept"]


@committed
def test_an_offer_appears_and_goes_by_the_clock_alone_T21_T22(django_assert_num_queries):
    ann, shop = make_person(), make_altshop()
    make_offer(altshops=[shop], is_public=True, visible_name="later", start=NOON, end=NOON + DAY)
    before, tick = NOON - DAY, dt.timedelta(microseconds=1)
    assert seen(ann, shop, before) == []
    with django_assert_num_queries(4):
        shown = [seen(ann, shop, at) for at in (NOON - tick, NOON, NOON + DAY - tick, NOON + DAY)]
    assert shown == [[], ["later"], ["later"], []]


@committed
def test_a_clock_that_was_put_back_does_not_hide_what_had_ended():
    ann, shop = make_person(), make_altshop()
    make_offer(altshops=[shop], is_public=True, visible_name="ended", end=NOON)
    assert [seen(ann, shop, at) for at in (NOON, NOON - DAY / 2)] == [[], ["ended"]]


@committed
def test_threads_see_no_mixture_while_offers_change():
    """Each transaction renames both offers alike; whoever looks must see them alike."""
    ann, shop = make_person(), make_altshop()
    for _ in range(2):
        make_offer(altshops=[shop], is_public=True, visible_name="0")
    pairs, done = [], threading.Event()

    def look():
        while not done.is_set():
            pairs.append(tuple(seen(ann, shop)))
        connection.close()

    lookers = [threading.Thread(target=look) for _ in range(3)]
    for looker in lookers:
        looker.start()
    for number in range(1, 30):
        PrivateOffer.objects.update(visible_name=str(number))
        assert seen(ann, shop) == [str(number)] * 2
    done.set()
    for looker in lookers:
        looker.join()
    assert {pair for pair in pairs if pair[0] != pair[1]} == set()
