"""Tills beside an import of receipts of the past: each receipt is there once, whoever brings it."""

import random

import pytest
from django.db import IntegrityError

from imports import worker
from imports.models import Job, State
from loyalty.models import Event, Purchase, PurchaseLine
from loyalty.purchases import confirming, filing
from tests.factories import NOON
from tests.imports.runs import confirmed as waiting_import
from tests.loyalty.purchases.factories import code_or, confirmed, make_order
from tests.loyalty.purchases.receipt_files import MILK, SLUG, TEA, codes, data
from tests.loyalty.purchases.verified import broken
from tests.races import at_once, held, stopped_at

pytestmark = pytest.mark.django_db(transaction=True)

# A till has written its receipt, and stops here before its event.
EVENTS_HELD = held("loyalty_event")
# An import has written its receipts, and stops here before their lines.
LINES_HELD = held("loyalty_purchaseline")
OTHER = TEA.replace("R1", "R2")
WRITTEN_TWICE = "written twice"


@pytest.fixture
def importing(shop):
    """Brings R1, of two lines, and R2, of one."""
    job = waiting_import(SLUG, data(TEA, MILK, OTHER))

    def do() -> Job:
        worker.apply(job.pk)
        job.refresh_from_db()
        return job

    return do


def selling(name="R1"):
    return confirmed(name, make_order(("TEA", "2", "10.00"), place="P1")).purchase.source


def sources():
    return dict(Purchase.objects.order_by("receipt").values_list("receipt", "source"))


def test_a_receipt_that_a_till_is_just_confirming_is_the_till_s_P1(importing):
    source, job = stopped_at(EVENTS_HELD, selling, importing)
    assert (source, job.state) == ("till", State.DONE)
    assert sources() == {"R1": "till", "R2": "import"}
    assert (job.created, codes(job)) == (1, ["receipt_used"])
    assert (PurchaseLine.objects.count(), Event.objects.count()) == (2, 1)
    assert broken() == {}


def test_without_leaving_it_out_nothing_of_the_file_is_taken(monkeypatch, importing):
    """The control."""
    monkeypatch.setattr(filing, "WRITE", filing.WRITE.partition(" ON CONFLICT")[0])
    with pytest.raises(IntegrityError, match="purchase_receipt_once"):
        stopped_at(EVENTS_HELD, selling, importing)
    assert sources() == {"R1": "till"}


def test_a_receipt_that_is_just_being_imported_is_the_import_s_P1(importing):
    job, came = stopped_at(LINES_HELD, importing, lambda: code_or(selling))
    assert (job.state, job.created, came) == (State.DONE, 3, "receipt_used")
    assert sources() == {"R1": "import", "R2": "import"}
    assert (PurchaseLine.objects.count(), Event.objects.count()) == (3, 0)
    assert broken() == {}


def test_who_does_not_look_again_writes_it_twice_and_is_refused(importing):
    """The control."""
    order = make_order(("TEA", "2", "10.00"), place="P1")

    def sell():
        one = confirming._Attempt("R1", order, None, NOON)
        try:
            return one.unless_known(one.priced())
        except IntegrityError:
            return WRITTEN_TWICE

    assert stopped_at(LINES_HELD, importing, sell)[1] == WRITTEN_TWICE


def test_of_many_receipts_each_is_there_once_and_nobody_waits_in_a_circle_P1(shop):
    """Tills go through them in any order; the import writes them by customer."""
    names = [f"R{number}" for number in range(40)]
    mentions = ["ann@example.com", "bob@example.com", ""]
    lines = [
        f"{name},2026-09-01 08:26:00,{mentions[place % 3]},P1,TEA,2,10.00"
        for place, name in enumerate(names)
    ]
    job = waiting_import(SLUG, data(*lines))

    def till(number):
        order = random.Random(number).sample(names, len(names))
        return lambda: [code_or(lambda name=name: selling(name)) for name in order]

    _, *came = at_once(lambda: worker.apply(job.pk), *map(till, range(3)))
    job.refresh_from_db()
    assert job.state == State.DONE
    assert sorted(sources()) == sorted(names)
    sold = [name for name, source in sources().items() if source == "till"]
    assert (job.created, codes(job)) == (40 - len(sold), ["receipt_used"] * bool(sold))
    assert {each for some in came for each in some} <= {"till", "receipt_used"}
    assert (PurchaseLine.objects.count(), Event.objects.count()) == (40, len(sold))
    assert broken() == {}
