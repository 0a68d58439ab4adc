"""The demo's offers agree with the model, the scenes and each other (issue: a believable demo)."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

from offers.demo.catalog import ALTSHOPS, OFFERS, DemoOffer
from offers.demo.scenes import SCENES
from offers.models.private_offers import PrivateOffer, Status


def status(offer: DemoOffer) -> str:
    if not offer.is_active:
        return Status.OFF
    if offer.ends_in_days <= 0:
        return Status.ENDED
    if not (offer.is_public or offer.assigned_share or offer.audience):
        return Status.DRAFT
    return Status.SCHEDULED if offer.starts_in_days > 0 else Status.LIVE


def test_every_offer_has_its_own_key_scene_name_and_place() -> None:
    for field in ("key", "scene", "visible_name", "sort_order"):
        assert len({getattr(offer, field) for offer in OFFERS}) == len(OFFERS), field
    assert {offer.scene for offer in OFFERS} == set(SCENES)


def test_every_status_is_there_to_be_seen() -> None:
    assert Counter(map(status, OFFERS)) == {
        Status.LIVE: 11,
        Status.SCHEDULED: 2,
        Status.DRAFT: 1,
        Status.ENDED: 1,
        Status.OFF: 1,
    }


def test_every_altshop_has_live_offers_of_its_own_and_public_ones() -> None:
    live = [offer for offer in OFFERS if status(offer) == Status.LIVE]
    shown = Counter(key for offer in live for key in offer.altshops)
    assert shown == {"harbour-market": 6, "north-outdoor": 4, "bloom-beauty": 4}
    assert [offer.key for offer in OFFERS if offer.is_public] == [
        "gift-box-welcome",
        "morning-coffee-second-cup",
    ]


def test_offers_name_what_the_model_knows_and_pass_its_checks() -> None:
    assert {offer.type for offer in OFFERS} == set(PrivateOffer.Type.values)
    assert {offer.link_type for offer in OFFERS} == set(PrivateOffer.LinkType.values)
    for offer in OFFERS:
        PrivateOffer._meta.get_field("link").run_validators(offer.link)
        assert offer.starts_in_days < offer.ends_in_days, offer.key
        assert set(offer.altshops) <= {altshop.key for altshop in ALTSHOPS}, offer.key
        assert not (offer.is_public and offer.assigned_share), offer.key
        assert 0 <= offer.assigned_share <= 0.5, offer.key


def test_altshops_stand_in_three_real_zones_with_a_host_each() -> None:
    assert len({altshop.host for altshop in ALTSHOPS}) == 3
    assert [ZoneInfo(altshop.zone).key for altshop in ALTSHOPS] == [
        "Europe/Warsaw",
        "Europe/London",
        "Europe/Kyiv",
    ]


def test_validity_names_the_first_and_the_last_visible_day() -> None:
    cake = OFFERS[0]
    assert cake.key == "birthday-cakes-30"
    assert cake.validity_on(dt.date(2026, 2, 7)) == (
        "1 February 2026 to 2 March 2026, one cake per customer"
    )
