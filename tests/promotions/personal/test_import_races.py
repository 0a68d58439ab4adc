"""Imports of lists at the same moment, and beside customers who choose and services that add."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError

from imports.models import Job, State
from promotions.models import ListedProduct
from promotions.personal import adding
from promotions.personal.lists import add_products
from promotions.personal.selection import choose
from tests.factories import NOON, make_customer
from tests.imports.runs import applied, confirmed, counts, undone
from tests.promotions.factories import make_list, make_personalized_promotion, make_product
from tests.promotions.personal.list_files import SLUG, data, listed, the
from tests.races import (
    at_once,
    held,
    locked,
    on_own_connection,
    stopped_at,
    wait_for_waiting,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_file_twice_at_once_gives_each_row_once(shop):
    people = [make_customer() for _ in range(100)]
    lines = [f"picks,{who.email},{what}" for who in people for what in ("CAKE", "TEA")]
    jobs = [confirmed(SLUG, data(*order)) for order in (lines, lines[::-1])]
    at_once(*(lambda job=job: applied(job) for job in jobs))
    assert set(Job.objects.values_list("state", "message")) == {(State.DONE, "")}
    assert sum(Job.objects.values_list("created", flat=True)) == len(lines) == len(listed())
    for job in jobs:
        job.refresh_from_db()
        if job.created:
            undone(job)
    assert listed() == set()


def both_compare_before_either_adds() -> list[object]:
    one, two = (confirmed(SLUG, data("picks,ann@example.com,TEA")) for _ in range(2))
    stopped_at(held("promotions_listedproduct"), lambda: applied(one), lambda: applied(two))
    return sorted(Job.objects.values_list("state", "created"))


def test_two_imports_that_both_miss_a_row_add_it_once(shop):
    assert both_compare_before_either_adds() == [(State.DONE, 0), (State.DONE, 1)]


def test_control_without_leaving_out_what_others_added_the_second_would_fail(shop, monkeypatch):
    monkeypatch.setattr(adding, "LEAVE_OUT", "UPDATE {{added}} SET product_id = 0 WHERE false")
    with pytest.raises(IntegrityError, match="duplicate key"):
        both_compare_before_either_adds()


def test_an_undo_after_a_race_takes_back_only_what_the_import_added(shop):
    both_compare_before_either_adds()
    assert [job.can_be_undone for job in Job.objects.order_by("created")] == [False, True]
    undone(Job.objects.get(created=1))
    assert listed() == set()


def test_nobody_waits_for_an_import_to_choose_or_to_add(shop):
    """It is stopped where all its rows are in and nobody sees them yet."""
    ann, bob = the("ann@example.com"), the("bob@example.com")
    tea = make_product(external_id="GREEN-TEA")
    picks = make_personalized_promotion(backend_id="more")
    make_list(picks, ann, [tea])
    job = confirmed(SLUG, data("more,ann@example.com,CAKE", "more,bob@example.com,CAKE"))
    with ThreadPoolExecutor(1) as pool:
        with locked(held("imports_undorecord")):
            done = pool.submit(on_own_connection, lambda: applied(job))
            wait_for_waiting()
            choose(promotion=picks, customer=ann, products=[tea], at=NOON)
            add_products(promotion=picks, customer=bob, products=[tea])
            assert not done.done()
        done.result()
    assert counts(job) == {"created": 2}
    assert ListedProduct.objects.filter(promotion=picks).count() == 4
    assert ListedProduct.objects.get(is_chosen=True).product == tea
