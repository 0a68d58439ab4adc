"""A file that gives items while another system sends some for the same customer (L9)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from customers.models import Customer
from imports import jobs, worker
from loyalty.personal import storing
from loyalty.personal.judging import Sent
from loyalty.personal.uploading import Entry, Mode, Result, upload
from tests.imports.runs import applied, confirmed, undone
from tests.loyalty.personal.item_files import ANN, SLUG, data, had, product
from tests.races import held, locked, on_own_connection, stopped_at, wait_for_waiting

pytestmark = pytest.mark.django_db(transaction=True)
# Whoever gave a customer the first items of an offer has written them, and stops here.
COUNTS_HELD = held("loyalty_offercount")
# An undo has given back items.
ANSWERS_HELD = held("loyalty_offeranswer")
# A file has written items, and is about to write down how to take them back.
RECORDS_HELD = held("imports_undorecord")


def merging(target="PURSE", value="7", offer="bags"):
    ann = ("id", Customer.objects.get(external_id="C-1").pk)
    return lambda: upload([Entry(ann, offer, [Sent(target, value=value)])], mode=Mode.MERGE)


def filed():
    return confirmed(SLUG, data("bags,external:C-1,HANDBAG,,,,50,,"))


def sizes():
    """By product, of what Ann has."""
    return {item[0]: item[3] for item in had().get(("bags", ANN), [])}


@pytest.fixture
def no_hold(monkeypatch):
    monkeypatch.setattr(storing, "HOLD", "SELECT")


def merged_beside_a_file():
    job = filed()
    _, (result,) = stopped_at(COUNTS_HELD, lambda: worker.apply(job.pk), merging())
    return result, sizes()


def test_a_first_merge_beside_a_file_adds_to_what_the_file_gives(shop):
    both = {product("HANDBAG"): 50, product("PURSE"): 7}
    assert merged_beside_a_file() == (Result.UPDATED, both)


def test_without_the_hold_it_takes_its_place(shop, no_hold):
    """The control."""
    assert merged_beside_a_file() == (Result.CREATED, {product("PURSE"): 7})


def taken_back_after_a_merge():
    job = filed()
    stopped_at(COUNTS_HELD, merging(), lambda: worker.apply(job.pk))
    given = sizes()
    undone(job)
    return given, sizes()


def test_a_file_that_is_taken_back_gives_back_what_was_sent_just_before(shop):
    assert taken_back_after_a_merge() == ({product("HANDBAG"): 50}, {product("PURSE"): 7})


def test_without_the_hold_what_was_sent_just_before_is_lost(shop, no_hold):
    """The control: the file looked before the request had written."""
    assert taken_back_after_a_merge() == ({product("HANDBAG"): 50}, {})


def merged_beside_an_undo():
    job = applied(filed())
    assert jobs.undo(job, in_background=False)
    _, (result,) = stopped_at(ANSWERS_HELD, lambda: worker.undo(job.pk), merging())
    return result, sizes()


def test_a_merge_beside_the_undo_of_a_file_finds_nothing_left(shop):
    assert merged_beside_an_undo() == (Result.CREATED, {product("PURSE"): 7})


def test_requests_about_other_offers_do_not_wait_for_a_file(shop):
    job, other = filed(), merging("MAKEUP", offer="cosmetics")
    with ThreadPoolExecutor(2) as pool:
        with locked(RECORDS_HELD):
            first = pool.submit(on_own_connection, lambda: worker.apply(job.pk))
            wait_for_waiting()
            assert pool.submit(on_own_connection, other).result(60) == [Result.CREATED]
        first.result()
    assert set(had()) == {("bags", ANN), ("cosmetics", ANN)}
