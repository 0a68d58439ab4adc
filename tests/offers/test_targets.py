"""Private offers aimed at customer groups and audiences, beside e-mails (T27, D16, L1, L2)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from offers.assignment import assign
from offers.models import PrivateOffer, Status
from tests.factories import (
    DAY,
    NOON,
    make_altshop,
    make_attribute,
    make_audience,
    make_customer,
    make_group,
    make_member,
    make_offer,
)

pytestmark = pytest.mark.django_db
FEBRUARY = {"field": "birth_date", "is": "month_in", "value": [2]}


@pytest.fixture
def shop():
    return make_altshop(time_zone="Europe/Warsaw")


@pytest.fixture
def ann():
    return make_customer("ann@example.com", birth_date=dt.date(1990, 2, 14), city="Sovetsk")


@pytest.fixture
def bob():
    return make_customer("bob@example.com", birth_date=dt.date(1985, 7, 1))


@pytest.fixture
def cleo():
    return make_customer("cleo@example.com")


def seen(customer, altshop, at=NOON):
    return [offer.name for offer in PrivateOffer.objects.visible_to(customer, altshop, at)]


def make_offers_for_three(shop, ann, bob, cleo):
    """An offer each: Ann's by an audience, Bob's by a group, Cleo's by e-mail."""
    born, members = make_audience(FEBRUARY), make_group()
    make_member(members, bob)
    make_offer(name="anns", altshops=[shop]).audiences.add(born)
    make_offer(name="bobs", altshops=[shop]).groups.add(members)
    assign(offer=make_offer(name="cleos", altshops=[shop]), customers=[cleo])


def test_three_people_see_what_reaches_them_and_nothing_else_T27_D16_L1_L2(shop, ann, bob, cleo):
    make_offers_for_three(shop, ann, bob, cleo)
    make_offer(name="nobodys", altshops=[shop])
    assert {person.email: seen(person, shop) for person in (ann, bob, cleo)} == {
        "ann@example.com": ["anns"],
        "bob@example.com": ["bobs"],
        "cleo@example.com": ["cleos"],
    }


def test_an_offer_that_reaches_somebody_in_every_way_is_seen_once_T27(shop, ann, bob):
    offer = make_offer(name="thrice", altshops=[shop])
    fixed, dynamic = make_audience(), make_audience(FEBRUARY)
    make_member(fixed, ann)
    groups = [make_group(), make_group(type="audience", audience=dynamic)]
    make_member(groups[0], ann)
    offer.groups.set(groups)
    offer.audiences.set([fixed, dynamic])
    assign(offer=offer, customers=[ann])
    found = PrivateOffer.objects.visible_to(ann, shop, NOON)
    assert [(each.by_email, each.by_group, each.by_audience) for each in found] == [
        (True, True, True)
    ]
    assert seen(bob, shop) == []


def test_a_group_that_follows_an_audience_is_whoever_is_in_it_D16(shop, ann, bob):
    followed = make_group(type="audience", audience=make_audience(FEBRUARY))
    make_offer(name="born in February", altshops=[shop]).groups.add(followed)
    assert (seen(ann, shop), seen(bob, shop)) == (["born in February"], [])


def test_a_fixed_audience_is_its_list_L2(shop, ann, bob):
    fixed = make_audience()
    make_member(fixed, bob)
    make_offer(name="for the list", altshops=[shop]).audiences.add(fixed)
    assert (seen(ann, shop), seen(bob, shop)) == ([], ["for the list"])


def test_prospects_are_in_no_group_and_no_audience(shop, ann):
    waiting = make_customer("waiting@example.com", is_prospect=True, birth_date=ann.birth_date)
    everybody, fixed, group = make_audience({"all": []}), make_audience(), make_group()
    for list_ in (fixed, group):  # past the ways in, which refuse them
        make_member(list_, waiting)
    make_offer(name="by group", altshops=[shop]).groups.add(group)
    for audience in (everybody, fixed):
        make_offer(altshops=[shop]).audiences.add(audience)
    public = make_offer(altshops=[shop], is_public=True)
    mine = make_offer(altshops=[shop])
    assign(offer=mine, customers=[waiting])
    assert seen(waiting, shop) == [public.name, mine.name]


def test_the_day_of_conditions_is_the_day_in_the_altshop(ann):
    """Late on 13 February in London it is the 14th in Tokyo: Ann's birthday."""
    ann.birth_date = dt.date(1990, 2, 14)
    ann.save()
    birthday = {"field": "birth_date", "is": "anniversary_within_next_days", "value": 0}
    audience = make_audience(birthday)
    at = dt.datetime(2026, 2, 13, 20, tzinfo=dt.UTC)
    shops = [make_altshop(time_zone=zone) for zone in ("Europe/London", "Asia/Tokyo")]
    offer = make_offer(name="birthday", altshops=shops, start=at - DAY, end=at + DAY)
    offer.audiences.add(audience)
    assert [seen(ann, here, at) for here in shops] == [[], ["birthday"]]


def test_an_audience_that_names_a_deleted_attribute_shows_nobody_anything(shop, ann):
    pet = make_attribute("pet")
    ann.attributes = {"pet": "cat"}
    ann.save()
    without = {"not": {"field": "pet", "is": "equals_any", "value": ["dog"]}}
    make_offer(name="no dogs", altshops=[shop]).audiences.add(make_audience(without))
    assert seen(ann, shop) == ["no dogs"]
    pet.delete()
    assert seen(ann, shop) == []


def test_a_public_offer_takes_neither_groups_nor_audiences_T26(shop):
    public = make_offer(altshops=[shop], is_public=True)
    for targets, target in ((public.groups, make_group()), (public.audiences, make_audience())):
        with pytest.raises(IntegrityError, match="takes neither"), transaction.atomic():
            targets.add(target)
    assert (public.groups.count(), public.audiences.count()) == (0, 0)


def test_an_audience_that_an_offer_is_aimed_at_stays_L2(shop):
    audience = make_audience()
    make_offer(altshops=[shop]).audiences.add(audience)
    with pytest.raises(ProtectedError):
        audience.delete()
    PrivateOffer.objects.get().delete()
    audience.delete()


@pytest.mark.parametrize("target", ["groups", "audiences"])
def test_an_offer_with_a_target_is_no_draft(shop, target):
    aimed, draft = make_offer(altshops=[shop]), make_offer(altshops=[shop])
    getattr(aimed, target).add({"groups": make_group, "audiences": make_audience}[target]())
    expected = {aimed.pk: Status.LIVE, draft.pk: Status.DRAFT}
    rows = list(PrivateOffer.objects.with_status(NOON))
    assert {row.pk: row.status_at for row in rows} == expected
    assert {row.pk: row.status(NOON) for row in rows} == expected


def test_targets_are_in_the_history(shop):
    offer, group, audience = make_offer(altshops=[shop]), make_group(), make_audience()
    offer.groups.add(group)
    offer.audiences.add(audience)
    offer.groups.clear()
    kept = [
        [(event.pgh_label, getattr(event, f"{name}_id")) for event in offer_events(offer, name)]
        for name in ("group", "audience")
    ]
    assert kept == [[("insert", group.pk), ("delete", group.pk)], [("insert", audience.pk)]]


def offer_events(offer, name):
    through = {"group": offer.groups, "audience": offer.audiences}[name].through
    return through.pgh_event_model.objects.filter(offer_id=offer.pk).order_by("pgh_id")


@pytest.mark.django_db(transaction=True)  # else the process must not keep what it reads
def test_two_queries_however_much_there_is(shop, ann, django_assert_num_queries):
    for _ in range(3):
        offer = make_offer(altshops=[shop])
        offer.audiences.add(make_audience(FEBRUARY))
        offer.groups.add(make_group())
    seen(ann, shop)  # the process learns what the audiences mean
    with django_assert_num_queries(2):  # what is known of Ann; the offers
        assert len(seen(ann, shop)) == 3


def test_targets_do_not_make_assignments(shop, ann):
    offer = make_offer(altshops=[shop])
    offer.audiences.add(make_audience(FEBRUARY))
    offer.refresh_from_db()
    assert (offer.assigned_count, seen(ann, shop)) == (0, [offer.name])
