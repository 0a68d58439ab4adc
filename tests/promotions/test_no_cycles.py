"""Categories stay a tree, whoever moves branches and however many at once."""

import pytest
from django.db import IntegrityError, connection, transaction

from promotions.models import Category
from tests.promotions.factories import make_category
from tests.races import at_once, held, stopped_at

pytestmark = pytest.mark.django_db
VERSION_MOVES = "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_category_update_moves%'"


def move(category, parent):
    """Whether the database let it."""
    try:
        with transaction.atomic():
            Category.objects.filter(pk=category.pk).update(parent=parent)
    except IntegrityError:
        return False
    return True


def test_a_branch_can_be_moved_but_not_below_itself():
    food = make_category("Food")
    sweets = make_category("Sweets", parent=food)
    cakes = make_category("Cakes", parent=sweets)
    toys = make_category("Toys")
    tries = [(food, cakes), (food, sweets), (sweets, toys), (food, cakes), (toys, cakes)]
    assert [move(*each) for each in tries] == [False, False, True, True, False]


def test_what_is_written_together_can_be_no_cycle_either():
    one, two = make_category(), make_category()
    one.parent, two.parent = two, one
    with pytest.raises(IntegrityError, match="below itself"), transaction.atomic():
        Category.objects.bulk_update([one, two], ["parent"])
    new = [
        Category(id=901, external_id="901", name="x", parent_id=902),
        Category(id=902, external_id="902", name="y", parent_id=901),
    ]
    with pytest.raises(IntegrityError, match="below itself"), transaction.atomic():
        Category.objects.bulk_create(new)
    assert Category.objects.filter(parent=None).count() == 2


def each_below_the_other():
    """Whether each of two who move a branch below the other's at the same time succeeded.

    Both are stopped when their row is written, so that neither can have seen the other's.
    """
    one, two = make_category(), make_category()
    deeds = (lambda: move(one, two), lambda: move(two, one))
    return stopped_at(held("promotions_categoriesversion"), *deeds)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_each_others_branch_below_their_own_one_is_refused():
    assert sorted(each_below_the_other()) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_many_who_build_a_ring_at_once_leave_it_open():
    ring = [make_category() for _ in range(8)]
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    moved = at_once(*(lambda one=one, two=two: move(one, two) for one, two in pairs))
    assert sorted(moved) == [False, *[True] * 7]


@pytest.mark.django_db(transaction=True)
def test_control_without_the_version_both_would_succeed():
    with connection.cursor() as cursor:
        cursor.execute(VERSION_MOVES)
        (trigger,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE promotions_category DISABLE TRIGGER {trigger}")
    try:
        one, two = make_category(), make_category()
        moved = []

        def second():
            moved.append(move(two, one))

        with transaction.atomic():
            moved.append(move(one, two))
            at_once(second)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE promotions_category ENABLE TRIGGER {trigger}")
    assert moved == [True, True]
