import pytest

from promotions.catalogue.tree import ancestors, descendants, levels
from tests.promotions.factories import make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def cakes():
    """Food > Sweets > Cakes, and Toys beside them."""
    food = make_category("Food")
    sweets = make_category("Sweets", parent=food)
    return food, sweets, make_category("Cakes", parent=sweets), make_category("Toys")


def test_ancestors_begin_with_the_category_and_end_at_the_root(cakes, django_assert_num_queries):
    food, sweets, cake, toys = (category.pk for category in cakes)
    with django_assert_num_queries(1):
        found = ancestors([cake, food, toys, 10**9])
    assert found == {cake: (cake, sweets, food), food: (food,), toys: (toys,)}
    assert ancestors([]) == {}


def test_descendants_are_the_branch_with_its_top(cakes, django_assert_num_queries):
    food, sweets, cake, toys = (category.pk for category in cakes)
    with django_assert_num_queries(1):
        assert descendants([sweets]) == {sweets, cake}
    assert descendants([food, sweets, toys]) == {food, sweets, cake, toys}
    assert descendants([10**9]) == set()


def test_levels_are_those_of_the_longest_way_down(cakes):
    food, sweets, cake, toys = (category.pk for category in cakes)
    assert [levels(each) for each in (food, sweets, cake, toys, 10**9)] == [3, 2, 1, 1, 0]
