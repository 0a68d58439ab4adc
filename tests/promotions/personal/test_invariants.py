"""What must be true of lists and choices holds of all that can be done, and SQL can break it."""

import pytest
from django.db import connection

from customers.verification import stated, verify
from promotions.personal.lists import remove_products
from promotions.personal.selection import choose
from tests.factories import NOON, make_customer
from tests.promotions.factories import make_list, make_personalized_promotion, make_product

pytestmark = pytest.mark.django_db
SAVED, MAXIMUM, CUSTOMERS = (
    f"promotions.{name}"
    for name in ("chosen-was-saved", "chosen-within-maximum", "lists-are-of-customers")
)


def broken():
    """Of each that does not hold, the rows that break it."""
    mine = [each for each in stated() if each.name in (SAVED, MAXIMUM, CUSTOMERS)]
    assert len(mine) == 3
    found = verify(mine, at=NOON)
    return {each.invariant.name: sorted(each.evidence) for each in found if not each.holds}


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def goods():
    return [make_product() for _ in range(3)]


@pytest.fixture
def promotion():
    return make_personalized_promotion(max_products=2)


@pytest.fixture
def anna(promotion, goods):
    """Who has chosen two of three."""
    customer = make_customer()
    make_list(promotion, customer, goods)
    choose(promotion=promotion, customer=customer, products=goods[:2], at=NOON)
    return customer


def test_they_hold_of_choices_lowered_maxima_removals_and_deletions(anna, promotion, goods):
    make_list(promotion, make_customer(), goods)
    assert broken() == {}
    promotion.max_products = 1
    promotion.save()
    assert broken() == {}
    remove_products(promotion=promotion, customer=anna, products=goods[:1])
    goods[1].delete()
    choose(promotion=promotion, customer=anna, products=[], at=NOON)
    assert broken() == {}


def test_a_choice_that_was_never_saved(anna, promotion):
    execute("DELETE FROM promotions_choice")
    assert broken() == {SAVED: [(anna.pk, promotion.pk)]}


def test_more_than_the_maximum_ever_was(anna, promotion):
    execute("UPDATE promotions_listedproduct SET is_chosen = true")
    assert broken() == {MAXIMUM: [(anna.pk, promotion.pk, 3)]}
    promotion.max_products = None
    promotion.save()
    assert broken() == {}


def test_a_list_of_who_only_has_an_address(promotion, goods):
    waits = make_customer("waits@example.com", is_prospect=True)
    make_list(promotion, waits, goods[:1])
    assert broken() == {CUSTOMERS: [(waits.pk, promotion.pk)]}
