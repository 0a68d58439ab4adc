"""What a card says of an offer: how much, on what, where, until when (L8, L17–L21)."""

import datetime as dt

import pytest
from django.utils import timezone

from loyalty.account.cards import card_of
from loyalty.account.words import dates_in_words
from loyalty.personal.items import Item
from loyalty.personal.mine import mine_of
from loyalty.personal.names import names_of
from loyalty.personal.presenting import present
from promotions.engine import Effect
from tests.factories import DAY, make_image
from tests.loyalty.account.pages import OFFERS, cards, offer_now, plain
from tests.loyalty.factories import Mechanic, give_items, make_personal_offer
from tests.pages import signed_in
from tests.promotions.factories import (
    make_category,
    make_point_of_sale,
    make_product,
    make_product_group,
)

WARSAW = "Europe/Warsaw"


def at(day, month=9):
    """The beginning of a day in the altshop."""
    return dt.datetime(2026, month, day, tzinfo=timezone.get_fixed_timezone(120))


def card_at(customer, moment):
    """Of the customer's only offer."""
    with timezone.override(WARSAW):
        _customer, mine = mine_of("id", customer.pk, moment, upcoming=True)
        (shown,) = present(mine, names_of(mine), "en")
        card = card_of(shown, moment)
        return card, [" ".join(filter(None, _words(line))) for line in card.lines], card.validity


def _words(line):
    return [line.thing.name, line.size, "upcoming" if line.is_upcoming else "", line.dates]


def test_l17_a_handbag_at_50_until_15_september_then_a_purse_at_30(ann):
    bag, purse = make_product("Handbag"), make_product("Purse")
    offer = make_personal_offer(Mechanic.PRODUCTS, start=at(1), end=at(1, 10))
    give_items(
        offer,
        ann,
        Item(bag.pk, value=50, start=at(1), end=at(16)),
        Item(purse.pk, value=30, start=at(16), end=at(1, 10)),
    )
    card, lines, validity = card_at(ann, at(10))
    assert lines == [
        "Handbag −50% until Sept. 15, 2026",
        "Purse −30% upcoming from Sept. 16, 2026 until Sept. 30, 2026",
    ]
    assert (card.size, validity) == ("Up to −50%", "Until Sept. 30, 2026")
    assert card_at(ann, at(20))[1] == ["Purse until Sept. 30, 2026"]


def test_l18_20_off_decorative_cosmetics_in_march(ann):
    node = make_category("Decorative cosmetics")
    offer = make_personal_offer(Mechanic.CATEGORIES, value=20, start=at(1, 3), end=at(1, 4))
    give_items(offer, ann, Item(node.pk, end=at(11, 3)))
    card, lines, _validity = card_at(ann, at(5, 3))
    assert (card.size, lines) == ("−20%", ["Decorative cosmetics until March 10, 2026, 23:00 CET"])


def test_l19_30_points_on_all_for_school(ann):
    group = make_product_group("All for School")
    offer = make_personal_offer(
        Mechanic.PRODUCT_GROUPS, preference="points", start=at(20, 8), end=at(1)
    )
    give_items(offer, ann, Item(group.pk, value=30))
    card, lines, validity = card_at(ann, at(21, 8))
    assert (card.size, lines) == ("+30% points", ["All for School"])
    assert validity == "Until Aug. 31, 2026"


def test_l20_l21_thresholds_are_a_ladder(ann, ben):
    own = {"start": at(1), "end": at(30)}
    points = make_personal_offer(Mechanic.RECEIPT_AMOUNT, preference="points", **own)
    give_items(points, ann, Item(1000, value=10), Item(3000, value=20))
    fixed = make_personal_offer(Mechanic.RECEIPT_AMOUNT, method="amount", **own)
    give_items(fixed, ben, Item(1800, value=500), Item(3600, value=1000))
    card, lines, _validity = card_at(ann, at(2))
    assert card.ladder == [("1,000\xa0EUR", "+10% points"), ("3,000\xa0EUR", "+20% points")]
    assert (card.size, lines) == ("Up to +20% points", [])
    assert card_at(ben, at(2))[0].ladder == [
        ("1,800\xa0EUR", "500\xa0EUR off"),
        ("3,600\xa0EUR", "1,000\xa0EUR off"),
    ]


@pytest.mark.parametrize(
    ("fields", "size"),
    [
        ({"value": 30}, "−30%"),
        ({"value": "7.5"}, "−7.5%"),
        ({"value": 500, "method": "amount", "currency": "EUR"}, "500\xa0EUR off"),
        ({"value": "0.50", "method": "amount", "currency": "EUR"}, "0.50\xa0EUR off"),
        ({"value": 10, "preference": "points"}, "+10% points"),
        ({"value": 1, "preference": "points", "method": "amount"}, "+1 point"),
        ({"value": 2000, "preference": "points", "method": "amount"}, "+2,000 points"),
    ],
)
def test_how_much_is_on_the_badge(ann, fields, size):
    offer = make_personal_offer(start=at(1), end=at(30), **fields)
    assert card_at(ann, at(2))[0].size == size, offer


def test_sizes_that_cannot_be_compared_have_no_badge_but_their_own(ann):
    first, second = make_product("A"), make_product("B")
    offer = make_personal_offer(Mechanic.PRODUCTS, value=20, start=at(1), end=at(30))
    give_items(offer, ann, Item(first.pk), Item(second.pk, effect=Effect.POINTS))
    card, lines, _validity = card_at(ann, at(2))
    assert (card.size, lines) == ("", ["A −20%", "B +20% points"])


def test_the_card_says_on_what_where_when_and_on_what_terms(ann):
    place = make_point_of_sale(name="High Street")
    make_point_of_sale(name="Elsewhere")
    offer = offer_now(
        title="Weekend",
        text="Only for you.",
        validity_text="While the sun shines",
        scope="receipt",
        quantity=3,
        units=None,
        days=[5, 6],
        from_hour="09:00",
        to_hour="12:30",
        most_a_customer=2,
    )
    offer.targets.create(point_of_sale=place)
    card = cards(signed_in(ann.user).get(OFFERS))["Weekend"]
    words = plain(card.partition(">")[2].rpartition("</ul>")[0])
    assert words == (
        "−30% Counts for you Weekend Only for you. On everything Only at High Street"
        " On the whole receipt When you buy 3 or more Sat, Sun 9:00–12:30 At most 2 a customer"
        " Valid: While the sun shines"
    )


def test_at_most_so_many_units_and_each_of_a_fixed_amount(ann):
    offer_now(title="Two", units=2, method="amount", currency="EUR", value=5)
    card = plain(cards(signed_in(ann.user).get(OFFERS))["Two"])
    assert "On each unit At most 2 units a receipt" in card


@pytest.mark.parametrize(
    ("quantity", "words"), [(1, "When you buy one of these"), (3, "When you buy 3 of these")]
)
def test_on_the_receipt_products_are_what_has_to_be_bought(ann, quantity, words):
    offer = offer_now(title="Tea", everything=False, scope="receipt", quantity=quantity)
    offer.targets.create(product=make_product("Green tea"))
    card = plain(cards(signed_in(ann.user).get(OFFERS))["Tea"])
    assert f"Green tea On the whole receipt {words} Until" in card.replace(" Valid:", "")


def test_pictures_are_the_offers_also_on_phones_and_else_by_mechanic(ann):
    wide, narrow = make_image("Wide"), make_image("Narrow")
    offer_now(title="Both", picture=wide, phone_picture=narrow)
    offer_now(title="One", picture=wide)
    offer_now(title="None")
    shown = cards(signed_in(ann.user).get(OFFERS))
    source = f'<source media="(max-width: 40rem)" srcset="{narrow.file.url}" '
    assert [source in shown[each] for each in ("Both", "One", "None")] == [True, False, False]
    assert [wide.file.url in shown[each] for each in shown] == [True, True, False]
    assert 'account.svg#audience"' in shown["None"]


def test_many_items_unfold(ann):
    offer = offer_now(Mechanic.PRODUCTS, title="Nine", value=5)
    give_items(offer, ann, *[Item(make_product(f"Product {each}").pk) for each in range(9)])
    card = cards(signed_in(ann.user).get(OFFERS))["Nine"]
    before, _details, after = card.partition("<details>")
    assert [part.count('class="name"') for part in (before, after)] == [6, 3]
    assert "Show 3 more" in after


def test_a_moment_within_a_day_is_told_with_its_time_and_zone():
    moment = dt.datetime(2026, 9, 15, 18, 30, tzinfo=dt.UTC)
    with timezone.override(WARSAW):
        words = dates_in_words(moment - DAY, moment, moment - DAY)
    assert words == "until Sept. 15, 2026, 20:30 CEST"
