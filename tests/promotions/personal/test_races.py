"""E5 and E24 when two do something to one list at the same moment."""

import pytest
from django.core.exceptions import ValidationError

from promotions.personal import selection
from promotions.personal.lists import remove_products
from promotions.personal.selection import choose
from tests.factories import NOON, make_customer
from tests.promotions.factories import make_list, make_personalized_promotion, make_product
from tests.promotions.personal.reading import chosen
from tests.races import at_once, held, stopped_at

pytestmark = pytest.mark.django_db(transaction=True)
LISTS = held("promotions_listedproduct")


@pytest.fixture
def anna():
    return make_customer()


@pytest.fixture
def goods():
    return [make_product(name) for name in "ABCD"]


def choosing(promotion, customer, products):
    def deed():
        try:
            choose(promotion=promotion, customer=customer, products=products, at=NOON)
        except ValidationError as refusal:
            return refusal.code
        return "chosen"

    return deed


def two_first_choices(anna, goods):
    """What becomes of two first choices, both begun before either is made."""
    promotion = make_personalized_promotion(lock_after_apply=True)
    make_list(promotion, anna, goods)
    deeds = [choosing(promotion, anna, [product]) for product in goods[:2]]
    return stopped_at(LISTS, *deeds), chosen(promotion, anna)


def test_E5_of_two_first_choices_at_once_one_wins_and_the_other_is_told(anna, goods):
    assert two_first_choices(anna, goods) == (["chosen", "locked"], ["A"])


def test_E5_without_holding_the_choice_both_would_win(anna, goods, monkeypatch):
    monkeypatch.setattr(selection, "_hold", lambda *_: None)
    # What is chosen in the end depends on who was the last.
    assert two_first_choices(anna, goods)[0] == ["chosen", "chosen"]


def test_E4_E5_many_choices_at_once_are_never_mixed(anna, goods):
    promotion = make_personalized_promotion(max_products=2)
    make_list(promotion, anna, goods)
    pairs = [[goods[0], goods[1]], [goods[2], goods[3]], [goods[1], goods[2]]] * 4
    results = at_once(*(choosing(promotion, anna, pair) for pair in pairs))
    assert set(results) == {"chosen"}
    assert "".join(chosen(promotion, anna)) in {"AB", "CD", "BC"}


def test_E24_choosing_and_taking_off_at_once_leave_no_choice_of_what_is_gone(anna, goods):
    promotion = make_personalized_promotion()
    make_list(promotion, anna, goods)

    def taking_off():
        return remove_products(promotion=promotion, customer=anna, products=goods[:2])

    results = at_once(choosing(promotion, anna, goods[1:3]), taking_off)
    assert results[1] == 2
    assert chosen(promotion, anna) == (["C"] if results[0] == "chosen" else [])
