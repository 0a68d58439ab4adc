"""A second file of customers' items, and a file undone (L10, L14)."""

import pytest

from customers.models import Customer
from loyalty.models import OfferAnswer, OfferItems, PersonalOffer
from promotions.models import Category
from tests.imports.runs import counts, undone
from tests.loyalty.factories import answer
from tests.loyalty.personal.item_files import ANN, had, product, run

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_file_replaces_what_it_names_and_leaves_the_rest(shop):
    run(
        "bags,ann@example.com,PURSE,,,,30,,",
        "bags,ann@example.com,HANDBAG,,,,30,,",
        "bags,bob@example.com,PURSE,,,,30,,",
    )
    job = run("bags,ann@example.com,PURSE,,,,35,,", "cosmetics,ann@example.com,MAKEUP,,,,,,")
    assert counts(job) == {"created": 1, "updated": 1}
    assert had() == {
        ("bags", ANN): [[product("PURSE"), None, None, 35]],
        ("bags", "bob@example.com"): [[product("PURSE"), None, None, 30]],
        ("cosmetics", ANN): [[Category.objects.get().pk]],
    }


def test_answers_stay_with_products_that_stay_and_go_with_those_that_go(shop):
    bags, ann = PersonalOffer.objects.get(name="bags"), Customer.objects.get(email=ANN)
    run("bags,ann@example.com,PURSE,,,,30,,", "bags,ann@example.com,HANDBAG,,,,30,,")
    for code in ("PURSE", "HANDBAG"):
        answer(bags, ann, item=product(code))
    run("bags,ann@example.com,PURSE,,,,10,,2026-09-05")
    assert list(OfferAnswer.objects.values_list("item", "accepted")) == [(product("PURSE"), True)]


def test_undoing_gives_back_what_was_there_unless_something_changed_it_since(shop):
    run("bags,ann@example.com,PURSE,,,,30,,", "bags,bob@example.com,PURSE,,,,30,,")
    before = had()
    job = run(
        "bags,ann@example.com,PURSE,,,,50,,",
        "bags,bob@example.com,PURSE,,,,50,,",
        "cosmetics,ann@example.com,MAKEUP,,,,,,",
    )
    later = run("bags,bob@example.com,PURSE,,,,60,,")
    undone(job)
    bobs = {("bags", "bob@example.com"): [[product("PURSE"), None, None, 60]]}
    assert had() == before | bobs
    undone(later)
    assert OfferItems.objects.count() == 2


def test_undoing_drops_answers_to_what_came_with_the_file_L14(shop):
    bags, ann = PersonalOffer.objects.get(name="bags"), Customer.objects.get(email=ANN)
    run("bags,ann@example.com,PURSE,,,,30,,")
    job = run("bags,ann@example.com,PURSE,,,,50,,", "bags,ann@example.com,HANDBAG,,,,50,,")
    for code in ("PURSE", "HANDBAG"):
        answer(bags, ann, item=product(code))
    undone(job)
    assert OfferAnswer.objects.get().item == product("PURSE")
