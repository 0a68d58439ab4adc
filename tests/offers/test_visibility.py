"""Who sees which private offer, and when (T20–T27)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction

from offers.assignment import assign, withdraw
from offers.models import PrivateOffer, Status
from tests.factories import DAY, NOON, make_altshop, make_customer, make_offer

pytestmark = pytest.mark.django_db


def seen(customer, altshop, at=NOON):
    return [offer.name for offer in PrivateOffer.objects.visible_to(customer, altshop, at)]


def test_a_private_offer_is_seen_by_the_assigned_customer_only_T27():
    ann, bob, shop = make_customer(), make_customer(), make_altshop()
    mine = make_offer(altshops=[shop])
    assign(offer=mine, customers=[ann])
    assign(offer=make_offer(altshops=[shop]), customers=[bob])
    assert seen(ann, shop) == [mine.name]


def test_a_public_offer_is_seen_by_everybody_T26():
    shop = make_altshop()
    offer = make_offer(altshops=[shop], is_public=True)
    make_offer(altshops=[shop])
    assert seen(make_customer(), shop) == [offer.name]


def test_an_offer_is_seen_in_its_altshops_only_T20():
    here, there = make_altshop(), make_altshop()
    offer = make_offer(altshops=[there], is_public=True)
    assert (seen(make_customer(), here), seen(make_customer(), there)) == ([], [offer.name])


def test_the_window_is_half_open_T21_T22():
    shop, customer = make_altshop(), make_customer()
    offer = make_offer(altshops=[shop], is_public=True, start=NOON, end=NOON + DAY)
    tick = DAY / 86_400_000
    moments = [NOON - tick, NOON, NOON + DAY - tick, NOON + DAY]
    assert [seen(customer, shop, at) for at in moments] == [[], [offer.name], [offer.name], []]


def test_an_inactive_offer_is_seen_by_nobody_T24():
    shop = make_altshop()
    make_offer(altshops=[shop], is_public=True, is_active=False)
    assert seen(make_customer(), shop) == []


def test_offers_come_by_sort_order_then_id_T23():
    shop = make_altshop()
    a, b, c = (
        make_offer(altshops=[shop], is_public=True, sort_order=order) for order in (20, 10, 10)
    )
    assert seen(make_customer(), shop) == [b.name, c.name, a.name]


def test_assigning_twice_changes_nothing_and_counts_once_T34():
    offer, ann = make_offer(), make_customer()
    assert [assign(offer=offer, customers=[ann]) for _ in range(2)] == [1, 0]
    assert offer.assigned_count == 1
    assert withdraw(offer=offer, customers=[ann, make_customer()]) == 1
    assert offer.assigned_count == 0


def test_a_public_offer_takes_no_emails_T26():
    with pytest.raises(ValidationError, match="public offer"):
        assign(offer=make_offer(is_public=True), customers=[make_customer()])


def test_is_public_is_final_for_the_form_and_for_the_orm_T25():
    offer = make_offer()
    offer.is_public = True
    with pytest.raises(ValidationError) as refused:
        offer.full_clean()
    assert list(refused.value.message_dict) == ["is_public"]
    for change in (offer.save, lambda: PrivateOffer.objects.update(is_public=True)):
        with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
            change()


def test_the_status_in_sql_is_the_status_of_the_row():
    shop = make_altshop()
    cases = {
        Status.OFF: {"is_active": False},
        Status.ENDED: {"end": NOON},
        Status.DRAFT: {},
        Status.SCHEDULED: {"is_public": True, "start": NOON + DAY / 2},
        Status.LIVE: {"is_public": True, "start": NOON},
    }
    expected = {
        make_offer(altshops=[shop], **fields).name: status for status, fields in cases.items()
    }
    rows = PrivateOffer.objects.with_status(NOON)
    assert {row.name: row.status_at for row in rows} == expected
    assert {row.name: row.status(NOON) for row in rows} == expected
    assert {row.name for row in rows if row.is_live(NOON)} == {
        row.name for row in PrivateOffer.objects.live(NOON)
    }
