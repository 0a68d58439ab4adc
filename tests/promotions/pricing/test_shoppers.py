"""Who buys: whom a discount is for, and what each customer has on lists of their own."""

import datetime as dt

import pytest

from promotions.engine import Reason
from promotions.models import PersonalizedPromotion
from promotions.pricing.asked import BasketError
from promotions.pricing.quoting import quote_basket
from promotions.pricing.relevance import told_to_shopper
from tests.factories import (
    DAY,
    NOON,
    make_attribute,
    make_audience,
    make_customer,
    make_group,
    make_member,
)
from tests.promotions.factories import (
    make_discount,
    make_list,
    make_personalized_promotion,
    make_product,
    make_product_set,
)
from tests.promotions.pricing.baskets import make_basket, off
from tests.promotions.uses import use

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["group", "following group", "fixed", "conditions"])
def test_whom_a_discount_is_for(place, kind):
    make_attribute("city")
    ann, ben = make_customer(city="Lviv"), make_customer(city="Warsaw")
    lviv = {"field": "city", "is": "equals_any", "value": ["Lviv"]}
    target = {
        "group": lambda: make_group(),
        "following group": lambda: make_group(type="audience", audience=make_audience(lviv)),
        "fixed": lambda: make_audience(),
        "conditions": lambda: make_audience(lviv),
    }[kind]()
    if kind in ("group", "fixed"):
        make_member(target, ann)
    field = "customer_group" if "group" in kind else "audience"
    make_discount(everything=True).items.create(**{field: target})
    by_condition = make_discount(everything=True, value=20, stacking="combines")
    of = "groups" if "group" in kind else "audiences"
    by_condition.items.create(condition=by_condition.conditions.create(kind=of), **{field: target})
    asked = make_basket(place, ("a", 1, "10.00"))
    assert [off(asked, who) for who in (ann, ben, None)] == [6, 0, 0]


def test_a_use_on_the_first_of_the_longest_month_counts_till_its_end_where_clocks_are_last(place):
    """P14: half a day behind, January goes on in February."""
    ann, begin = make_customer(), dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
    discount = make_discount(
        everything=True, most_a_month=1, time_zone="Etc/GMT+12", start=begin, end=begin + 60 * DAY
    )
    use(discount, "R1", customer=ann.pk, at=begin)
    asked, end = make_basket(place, ("a", 1, "10.00")), dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)
    assert [off(asked, ann, at=at) for at in (end - DAY / 48, end)] == [0, 5]


def test_what_is_used_up_of_several_discounts_is_seen_of_each(place):
    for value in (50, 30, 20):
        discount = make_discount(everything=True, most_uses=1, value=value)
        asked = make_basket(place, ("a", 1, "10.00"))
        if value > 20:
            use(discount, f"R{value}")
    assert off(asked) == 2


@pytest.fixture
def lists():
    """Two of anything, and one of the customer's own choice is half price, in E19's words."""
    promotion = make_personalized_promotion()
    discount = make_discount()
    bread, tea, cake = make_product("Bread"), make_product("Tea"), make_product("Cake")
    any_bread = make_product_set(discount, required=2)
    discount.items.create(product_set=any_bread, product=bread)
    own = make_product_set(
        discount,
        required=0,
        gets_discount=True,
        discounted=1,
        personalized_promotion=promotion,
        default_product=cake,
    )
    return promotion, own, bread, tea, cake


def test_one_of_the_chosen_products_is_discounted_E19(place, lists):
    promotion, _own, bread, tea, cake = lists
    ann = make_customer()
    make_list(promotion, ann, [tea, cake], chosen=[tea])
    asked = make_basket(place, (bread, 2, "1.00"), (tea, 2, "10.00"), (cake, 1, "30.00"))
    too_few = make_basket(place, (bread, 1, "1.00"), (tea, 2, "10.00"))
    assert [off(asked, ann), off(asked), off(too_few, ann)] == [5, 0, 0]


def test_the_default_counts_for_who_chose_nothing_and_has_it_on_the_list_E20(place, lists):
    promotion, own, bread, tea, cake = lists
    ann, ben, cleo = make_customer(), make_customer(), make_customer()
    make_list(promotion, ann, [tea, cake])
    make_list(promotion, ben, [tea])
    asked = make_basket(place, (bread, 2, "1.00"), (tea, 2, "10.00"), (cake, 1, "30.00"))
    assert [off(asked, who) for who in (ann, ben, cleo, None)] == [15, 0, 0, 0]
    (skipped,) = quote_basket(asked, customer_id=ben.pk, at=NOON).quote.skipped
    assert (skipped.id, skipped.reason) == (own.discount_id, Reason.NO_CHOICE)


def test_lists_count_for_those_whom_the_promotion_is_for_E6(place, lists):
    promotion, _own, bread, tea, _cake = lists
    asked = make_basket(place, (bread, 2, "1.00"), (tea, 1, "10.00"))
    people = [make_customer(employee=value) for value in (True, False, None)]
    for person in people:
        make_list(promotion, person, [tea], chosen=[tea])
    assert [off(asked, person) for person in people] == [0, 5, 5]
    PersonalizedPromotion.objects.update(users="employees")
    assert [off(asked, person) for person in people] == [5, 0, 0]


def test_who_has_a_list_is_told_of_it_whatever_is_chosen_and_nobody_else_P7(place, lists):
    promotion, own, bread, tea, _cake = lists
    bought = make_basket(place, (bread, 2, "1.00"))
    ann, ben, cleo, eve = [make_customer(employee=value) for value in (None, None, None, True)]
    make_list(promotion, ann, [tea], chosen=[tea])
    make_list(promotion, ben, [tea])
    make_list(promotion, eve, [tea], chosen=[tea])

    def told(customer):
        priced = quote_basket(bought, customer_id=customer and customer.pk, at=NOON)
        return [each.id for each in told_to_shopper(priced)]

    assert [told(who) for who in (ann, ben)] == [[own.discount_id]] * 2
    # Cleo has no list; Eve, an employee, has one that counts for consumers only.
    assert [told(who) for who in (cleo, eve, None)] == [[]] * 3


def test_nobody_by_that_number_is_an_error_and_so_is_a_prospect(place):
    waiting = make_customer(is_prospect=True)
    asked = make_basket(place, ("a", 1, "10.00"))
    for number in (waiting.pk, 10**9):
        with pytest.raises(BasketError) as caught:
            quote_basket(asked, customer_id=number, at=NOON)
        assert caught.value.code == "unknown_customer"
