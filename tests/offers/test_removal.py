"""Deleting offers, and the nightly sweep of what deletions leave behind (T13)."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from offers import tasks
from offers.assignment import assign
from offers.models import Assignment, PrivateOffer
from offers.removal import remove
from tests.factories import make_customer, make_offer

pytestmark = pytest.mark.django_db


def run_queued(task) -> None:
    """What the worker would do with everything of this task in the queue."""
    for queued in ProcrastinateJob.objects.filter(task_name=task.name, status="todo"):
        task(**queued.args)


def assigned() -> set[tuple[str, str]]:
    return set(Assignment.objects.values_list("customer_id", "offer_id"))


def test_a_deleted_offer_takes_its_assignments_along_in_the_background_T13():
    ann, bob = make_customer(), make_customer()
    cakes, coffee = make_offer(), make_offer()
    assign(offer=cakes, customers=[ann, bob])
    assign(offer=coffee, customers=[ann])
    remove(offer=cakes)
    assert list(PrivateOffer.objects.all()) == [coffee]
    assert Assignment.objects.count() == 3
    run_queued(tasks.sweep_offer)
    assert assigned() == {(ann.pk, coffee.pk)}


def test_the_sweep_of_one_offer_spares_an_offer_that_exists():
    ann, cakes = make_customer(), make_offer()
    assign(offer=cakes, customers=[ann])
    tasks.sweep_offer(offer_id=cakes.pk)
    assert assigned() == {(ann.pk, cakes.pk)}


def test_the_nightly_sweep_deletes_orphans_and_puts_the_counts_right():
    ann, bob = make_customer(), make_customer()
    cakes, coffee, gone = make_offer(), make_offer(), make_offer()
    assign(offer=cakes, customers=[ann, bob])
    assign(offer=gone, customers=[ann])
    assign(offer=coffee, customers=[ann])
    bob.delete()
    gone.delete()
    PrivateOffer.objects.filter(pk=coffee.pk).update(assigned_count=70)
    tasks.sweep_assignments(timestamp=0)
    assert assigned() == {(ann.pk, cakes.pk), (ann.pk, coffee.pk)}
    counts = PrivateOffer.objects.values_list("pk", "assigned_count")
    assert dict(counts) == {cakes.pk: 1, coffee.pk: 1}


def test_deleting_an_offer_costs_the_same_however_many_are_assigned(
    django_assert_num_queries, django_assert_max_num_queries
):
    few, many = make_offer(), make_offer()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO offers_assignment (customer_id, offer_id)"
            " SELECT n, %s FROM generate_series(1, 5000) n",
            [many.pk],
        )
    with django_assert_max_num_queries(12) as queries:
        remove(offer=few)
    with django_assert_num_queries(len(queries)):
        remove(offer=many)
