"""What must be true of the catalogue holds, and is broken by what it is about."""

import pytest
from django.db import connection

from customers.verification import stated, verify
from tests.factories import NOON
from tests.promotions.factories import make_category, make_product, make_product_group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("replica")]
TREE, MEMBERS = "promotions.categories-are-a-tree", "promotions.members-are-products"


def execute(*statements):
    with connection.cursor() as cursor:
        for statement in ("SET session_replication_role = replica", *statements):
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")


def broken():
    """Of each that does not hold, the rows that break it."""
    found = verify([each for each in stated() if each.name in (TREE, MEMBERS)], at=NOON)
    return {each.invariant.name: sorted(each.evidence) for each in found if not each.holds}


@pytest.fixture
def branch():
    top = make_category()
    middle = make_category(parent=top)
    product = make_product(category=make_category(parent=middle), barcodes=["1"])
    make_product_group(products=[product])
    return top, middle, product


def test_they_hold_of_a_catalogue(branch):
    assert broken() == {}


def test_a_ring_of_categories_breaks_the_tree(branch):
    top, middle, _product = branch
    alone = make_category()
    lowest = middle.children.get()
    execute(f"UPDATE promotions_category SET parent_id = {lowest.pk} WHERE id = {top.pk}")
    rows = [(top.pk, lowest.pk), (middle.pk, top.pk), (lowest.pk, middle.pk)]
    assert broken() == {TREE: sorted(rows)}
    assert alone.parent is None


def test_a_product_that_is_gone_is_missed(branch):
    product = branch[2]
    execute(f"DELETE FROM promotions_product WHERE id = {product.pk}")
    assert broken() == {MEMBERS: [(product.pk, "barcode"), (product.pk, "member")]}
    execute("DELETE FROM promotions_barcode", "DELETE FROM promotions_productgroupmember")
