"""E6–E11: whose list has which products."""

import pytest
from django.core.exceptions import ValidationError

from promotions.personal.lists import add_products, list_of, remove_products
from tests.factories import make_customer
from tests.promotions.factories import make_list, make_personalized_promotion, make_product
from tests.promotions.personal.reading import names

pytestmark = pytest.mark.django_db


def test_E9_the_first_product_creates_the_list_and_a_repeated_one_changes_nothing():
    promotion, anna, ben = make_personalized_promotion(), make_customer(), make_customer()
    tea, cake = make_product("Tea"), make_product("Cake")
    assert add_products(promotion=promotion, customer=anna, products=[tea]) == 1
    assert add_products(promotion=promotion, customer=anna, products=[cake, tea, tea]) == 1
    assert add_products(promotion=promotion, customer=anna, products=[]) == 0
    assert (names(promotion, anna), names(promotion, ben)) == (["Cake", "Tea"], [])


def test_E10_products_are_taken_off_one_list_only():
    promotion, other = make_personalized_promotion(), make_personalized_promotion()
    anna, ben = make_customer(), make_customer()
    tea, cake = make_product("Tea"), make_product("Cake")
    for of, customer in ((promotion, anna), (promotion, ben), (other, anna)):
        make_list(of, customer, [tea, cake])
    assert remove_products(promotion=promotion, customer=anna, products=[tea]) == 1
    assert remove_products(promotion=promotion, customer=anna, products=[tea]) == 0
    assert names(promotion, anna) == ["Cake"]
    assert names(promotion, ben) == names(other, anna) == ["Cake", "Tea"]


def test_E11_a_list_is_read_by_name_in_one_query(django_assert_num_queries):
    promotion, anna = make_personalized_promotion(), make_customer()
    products = [make_product(name) for name in ("Tea", "Cake", "Milk")]
    make_list(promotion, anna, products, chosen=products[:1])
    make_list(make_personalized_promotion(), anna, [make_product("Of another promotion")])
    make_list(promotion, make_customer(), [make_product("Of somebody else")])
    with django_assert_num_queries(1):
        found = [
            (each.product.name, each.is_chosen)
            for each in list_of(promotion=promotion, customer=anna)
        ]
    assert found == [("Cake", False), ("Milk", False), ("Tea", True)]


def test_E24_a_product_that_is_gone_from_the_catalogue_is_on_no_list():
    promotion, anna, tea = make_personalized_promotion(), make_customer(), make_product("Tea")
    gone = make_product("Gone")
    make_list(promotion, anna, [tea, gone], chosen=[gone])
    gone.delete()
    assert [each.product for each in list_of(promotion=promotion, customer=anna)] == [tea]


@pytest.mark.parametrize(
    ("users", "employee", "is_for"),
    [
        ("consumers", None, True),
        ("consumers", False, True),
        ("consumers", True, False),
        ("employees", True, True),
        ("employees", False, False),
        ("employees", None, False),
    ],
)
def test_E6_lists_are_for_one_side_and_end_with_a_change_of_sides(users, employee, is_for):
    promotion, tea = make_personalized_promotion(users=users), make_product("Tea")
    customer = make_customer(employee=employee)
    given = make_product("Given while on this side")
    make_list(promotion, customer, [given])
    assert bool(list_of(promotion=promotion, customer=customer)) is is_for
    if is_for:
        assert add_products(promotion=promotion, customer=customer, products=[tea]) == 1
    else:
        with pytest.raises(ValidationError) as refusal:
            add_products(promotion=promotion, customer=customer, products=[tea])
        assert refusal.value.code == "wrong_users"
    assert remove_products(promotion=promotion, customer=customer, products=[given]) == 1
