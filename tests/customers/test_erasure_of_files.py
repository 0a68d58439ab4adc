"""Files that name an erased person go or lose their lines, and their jobs say so."""

import pytest

from customers.models import Customer
from imports import worker
from imports.models import State
from tests.customers.traces import EMAIL, ann, erase, stored_files
from tests.factories import make_offer
from tests.imports.runs import checked, imported, started

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_files")]


def test_jobs_that_would_bring_the_person_back_are_cancelled_and_say_so():
    customer = ann()
    make_offer(name="cakes")
    rows = f"Email,Offer ID\n{EMAIL},cakes\n".encode()
    ready, queued = checked("private-offer-emails", rows), started("private-offer-emails", rows)
    erase(customer)
    for job in (ready, queued):
        worker.check(job.pk)
        worker.apply(job.pk)
        job.refresh_from_db()
        assert (job.state, bool(job.file)) == (State.CANCELLED, False)
        assert job.message.startswith("A person whom this file named was erased.")
    assert Customer.objects.count() == 0
    assert stored_files() == []


def test_rejects_lose_only_the_lines_that_name_the_person():
    customer = ann()
    lines = [EMAIL.upper(), "bob@example.com", f"'{EMAIL}", "no address"]
    rows = "Email,Offer ID\n" + "".join(f"{line},nothing\n" for line in lines)
    broken = f'"{EMAIL}" x,nothing\n'
    job = imported("private-offer-emails", (rows + broken).encode())
    with job.rejects.open("rb") as file:
        assert EMAIL in file.read().decode()
    erase(customer)
    job.refresh_from_db()
    with job.rejects.open("rb") as file:
        kept = [line.split(",")[0] for line in file.read().decode().splitlines()]
    assert kept[:2] == ["Email", "bob@example.com"]
    assert EMAIL not in "".join(kept).lower()
    assert "no address" in kept
    assert not job.file
    assert len(job.notes) == 2
