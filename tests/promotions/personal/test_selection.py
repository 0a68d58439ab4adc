"""E4, E5, E7, E20, E24: what customers may choose, and when that is final."""

import pytest
from django.core.exceptions import ValidationError

from promotions.models import Choice
from promotions.personal.lists import remove_products
from promotions.personal.selection import choose, selection_of
from tests.factories import DAY, NOON, make_customer
from tests.promotions.factories import (
    make_discount,
    make_list,
    make_personalized_promotion,
    make_product,
    make_product_set,
)
from tests.promotions.personal.reading import chosen

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return make_customer()


@pytest.fixture
def goods():
    return [make_product(name) for name in ("Apples", "Bread", "Cheese")]


def promotion_for(customer, goods, **fields):
    promotion = make_personalized_promotion(**fields)
    make_list(promotion, customer, goods)
    return promotion


def refusal(**asked):
    with pytest.raises(ValidationError) as refused:
        choose(at=NOON, **asked)
    return refused.value.code, refused.value.messages


def test_E4_as_many_distinct_products_as_the_maximum_and_no_more(anna, goods):
    promotion = promotion_for(anna, goods, max_products=2)
    code, messages = refusal(promotion=promotion, customer=anna, products=goods)
    assert (code, messages) == ("too_many", ["At most 2 products can be chosen, not 3."])
    assert (chosen(promotion, anna), Choice.objects.count()) == ([], 0)
    choose(promotion=promotion, customer=anna, products=[*goods[:2], goods[0]], at=NOON)
    assert chosen(promotion, anna) == ["Apples", "Bread"]


def test_E4_without_a_maximum_the_whole_list_may_be_chosen(anna, goods):
    promotion = promotion_for(anna, goods, max_products=None)
    choose(promotion=promotion, customer=anna, products=goods, at=NOON)
    assert chosen(promotion, anna) == ["Apples", "Bread", "Cheese"]


def test_E5_without_the_lock_a_choice_changes_freely(anna, goods):
    promotion = promotion_for(anna, goods)
    for wanted in (goods[:1], goods[1:], [], goods[2:]):
        choose(promotion=promotion, customer=anna, products=wanted, at=NOON)
        assert chosen(promotion, anna) == [product.name for product in wanted]


def test_E5_with_the_lock_the_first_choice_is_final_and_may_be_repeated(anna, goods):
    promotion = promotion_for(anna, goods, lock_after_apply=True)
    choose(promotion=promotion, customer=anna, products=goods[:2], at=NOON)
    for other in (goods[:1], goods, goods[2:], []):
        assert refusal(promotion=promotion, customer=anna, products=other)[0] == "locked"
    choose(promotion=promotion, customer=anna, products=goods[1::-1], at=NOON + DAY)
    assert chosen(promotion, anna) == ["Apples", "Bread"]
    ben = make_customer()
    make_list(promotion, ben, goods)
    choose(promotion=promotion, customer=ben, products=goods[2:], at=NOON)
    assert chosen(promotion, ben) == ["Cheese"]


def test_E5_choosing_nothing_locks_nothing(anna, goods):
    promotion = promotion_for(anna, goods, lock_after_apply=True)
    choose(promotion=promotion, customer=anna, products=[], at=NOON)
    assert Choice.objects.count() == 0
    choose(promotion=promotion, customer=anna, products=goods[:1], at=NOON)
    assert chosen(promotion, anna) == ["Apples"]


def test_E5_a_refused_choice_locks_nothing(anna, goods):
    promotion = promotion_for(anna, goods, lock_after_apply=True, max_products=1)
    assert refusal(promotion=promotion, customer=anna, products=goods)[0] == "too_many"
    choose(promotion=promotion, customer=anna, products=goods[1:2], at=NOON)
    assert chosen(promotion, anna) == ["Bread"]


def test_E7_only_what_is_on_ones_own_list_and_a_list_of_one_will_do(anna, goods):
    promotion = promotion_for(anna, goods[:1])
    make_list(promotion, make_customer(), goods)
    code, _ = refusal(promotion=promotion, customer=anna, products=goods[:2])
    assert (code, chosen(promotion, anna)) == ("not_listed", [])
    choose(promotion=promotion, customer=anna, products=goods[:1], at=NOON)
    assert chosen(promotion, anna) == ["Apples"]


def test_E6_who_changed_sides_chooses_nothing_and_sees_nothing(anna, goods):
    promotion = promotion_for(anna, goods)
    choose(promotion=promotion, customer=anna, products=goods[:1], at=NOON)
    anna.employee = True
    assert refusal(promotion=promotion, customer=anna, products=goods[1:])[0] == "wrong_users"
    selection = selection_of(promotion=promotion, customer=anna, at=NOON)
    assert (selection.available, selection.chosen, selection.locked) == ([], [], False)


def test_E24_what_is_taken_off_the_list_drops_out_and_the_rest_stays_final(anna, goods):
    promotion = promotion_for(anna, goods, lock_after_apply=True)
    choose(promotion=promotion, customer=anna, products=goods[:2], at=NOON)
    remove_products(promotion=promotion, customer=anna, products=goods[:1])
    assert chosen(promotion, anna) == ["Bread"]
    assert refusal(promotion=promotion, customer=anna, products=goods[2:])[0] == "locked"


def test_E24_a_final_choice_of_which_nothing_is_left_may_be_made_anew(anna, goods):
    promotion = promotion_for(anna, goods, lock_after_apply=True)
    choose(promotion=promotion, customer=anna, products=goods[:1], at=NOON)
    remove_products(promotion=promotion, customer=anna, products=goods[:1])
    choose(promotion=promotion, customer=anna, products=goods[2:], at=NOON)
    assert chosen(promotion, anna) == ["Cheese"]


def selected(promotion, customer):
    selection = selection_of(promotion=promotion, customer=customer, at=NOON)
    return selection.default and selection.default.name, selection.locked


def test_E20_the_default_is_that_of_the_earliest_live_discount_and_locks_nothing(anna, goods):
    promotion = promotion_for(anna, goods, lock_after_apply=True)
    other = make_product("Not on the list")
    sets = {"personalized_promotion": promotion, "gets_discount": True}
    make_product_set(make_discount(priority=1), default_product=other, **sets)
    make_product_set(make_discount(priority=2, end=NOON), default_product=goods[0], **sets)
    make_product_set(make_discount(priority=3, is_active=False), default_product=goods[0], **sets)
    make_product_set(make_discount(priority=5), default_product=goods[2], **sets)
    make_product_set(make_discount(priority=4), default_product=goods[1], **sets)
    assert selected(promotion, anna) == ("Bread", False)
    choose(promotion=promotion, customer=anna, products=goods[2:], at=NOON)
    assert selected(promotion, anna) == ("Bread", True)


def test_E20_no_default_where_no_discount_has_one_on_the_list(anna, goods):
    promotion = promotion_for(anna, goods[:1])
    make_product_set(make_discount(), personalized_promotion=promotion, default_product=goods[1])
    assert selected(promotion, anna) == (None, False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [1, 3])
def test_choosing_takes_four_statements_and_looking_two(
    number, anna, goods, django_assert_num_queries
):
    promotion = promotion_for(anna, goods)
    selection_of(promotion=promotion, customer=anna, at=NOON)
    with django_assert_num_queries(5):  # BEGIN and COMMIT among them
        choose(promotion=promotion, customer=anna, products=goods[:number], at=NOON)
    with django_assert_num_queries(2):
        selection_of(promotion=promotion, customer=anna, at=NOON)
