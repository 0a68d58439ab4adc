"""Discounts that make no sense, and what is said beside which field."""

import pytest

from promotions.models import Discount
from tests.pages import errors
from tests.promotions.admin.discounts.forms import ADD, LIST, cards, confirmed, entries
from tests.promotions.factories import make_discount, make_point_of_sale, make_product

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"value": "101"}, {"value": ["A percentage is at most 100."]}),
        ({"end": "2030-06-01T00:00"}, {"end": ["The end date must be after the start date."]}),
        (
            {"kind": "amount", "value": "3"},
            {"currency": ["Say in which currency the amounts are."]},
        ),
        ({"budget": "3"}, {"currency": ["Say in which currency the amounts are."]}),
        (
            {"scope": "receipt", "contents": "chosen", "goods": "milk"},
            {"contents": ["A discount on the receipt is on everything: choose “All products”."]},
        ),
        (
            {"scope": "lines", "units": "2"},
            {"units": ["Only a discount on each unit has a most of units: leave this empty."]},
        ),
        (
            {"contents": "chosen"},
            {"goods": ["Choose at least one product, category or product group."]},
        ),
        (
            {"contents": "chosen", "goods": "beer\ngroup:Wine"},
            {"goods": ["The catalogue doesn't have: beer, group:Wine."]},
        ),
        ({"action": "product_sets"}, {"action": ["Add at least one product set."]}),
    ],
)
def test_what_makes_no_sense_is_refused_beside_the_field_it_belongs_to(client, changed, wrong):
    make_product(external_id="milk")
    answer = client.post(ADD, entries(**changed))
    assert errors(answer) == wrong
    assert not Discount.objects.exists()


def test_e18_some_set_must_get_the_discount(client, sets):
    del sets[1]["gets_discount"]
    answer = client.post(ADD, entries(action="product_sets", **cards("sets", *sets)))
    assert errors(answer) == {
        "action": [
            "No set gets the discount. Tick “This product set gets the discount” on one of them."
        ]
    }


@pytest.mark.parametrize(
    ("card", "wrong"),
    [
        ({"name": ""}, {"name": ["This field is required."]}),
        (
            {"goods": ""},
            {"goods": ["Choose at least one product, category or product group."]},
        ),
        (
            {"contents": "promotion"},
            {"personalized_promotion": ["Choose the personalized promotion."]},
        ),
        ({"required": "0"}, {"required": ["A set that gets no discount requires something."]}),
    ],
)
def test_a_card_says_what_it_needs(client, sets, card, wrong):
    sent = entries(action="product_sets", **cards("sets", {**sets[0], **card}, sets[1]))
    form = client.post(ADD, sent).context["adminform"].form
    assert form.sets[0].errors == wrong
    assert form.errors == {"__all__": ["Some product sets don't fit yet. Each says what it needs."]}


def test_names_are_unique_whatever_their_case(client):
    make_discount(name="EVERYTHING")
    assert errors(client.post(ADD, entries())) == {"name": ["Another discount has this name."]}


@pytest.mark.parametrize(
    ("currency", "changed", "wrong"),
    [
        ("EUR", {"kind": "fixed_price", "value": "9.999"}, "value"),
        ("JPY", {"kind": "amount", "value": "9.5"}, "value"),
        ("EUR", {"budget": "0.001"}, "budget"),
        ("EUR", {"value": "12.345"}, ""),
        ("KWD", {"kind": "amount", "value": "9.999"}, ""),
    ],
)
def test_amounts_have_the_decimals_of_their_currency(client, currency, changed, wrong):
    make_point_of_sale(currency=currency)
    answer = confirmed(client, ADD, entries(currency=currency, **changed))
    found = answer.context["adminform"].form.errors if answer.status_code == 200 else {}
    assert list(found) == [wrong] * bool(wrong)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"action": "product_sets"},
        entries(start="soon", end="99999-01-01T00:00", value="NaN", time_zone="Moon"),
        entries(kind="x", scope="x", action="x", match="x", stacking="x", currency="€€€"),
        entries(goods="a\x00b", contents="chosen", online=["x"], for_groups=["0"]),
        entries(**cards("conditions", {"kind": "times", "days": [9], "begin": "25:00"})),
        entries(**cards("conditions", {"kind": "points_of_sale", "points_of_sale": ["x"]})),
        entries(
            action="product_sets",
            **cards("sets", {"id": "7", "contents": "promotion", "personalized_promotion": "x"}),
        ),
        entries(priority="99999", units="-1", most_uses="99999999999", budget="1e99"),
    ],
)
def test_whatever_is_sent_is_answered_with_what_is_wrong_and_a_sentence(client, sent):
    answer = client.post(ADD, sent)
    assert answer.status_code == 200
    assert errors(answer)
    assert client.post(f"{LIST}words/", sent).status_code == 200
    assert not Discount.objects.exists()


def test_who_listens_hears_what_choices_are_about_and_what_is_wrong(client):
    page = client.post(ADD, entries(contents="chosen", kind="")).content.decode()
    assert 'role="radiogroup" aria-labelledby="id_kind_label"' in page
    assert 'aria-labelledby="id_kind_label" aria-describedby="id_kind_error"' in page
    assert 'aria-labelledby="id_goods_label" aria-describedby="id_goods_error"' in page
