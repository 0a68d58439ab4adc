"""The same work in every fault test: an import, its undo, a withdrawal; and what it must yield."""

import random
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import connection

from imports import jobs, worker
from imports.models import Job
from offers.models import PrivateOffer
from tests.factories import make_altshop, make_offer

OFFERS = ["cakes", "coffee", "tea"]
CUSTOMERS = 40_000
ROWS = 160_000


def populate(file: Path) -> None:
    """Offers, customers, some assignments that stay, and a file that adds many more."""
    for name in OFFERS:
        # Named, as each test process counts its own shops and finds these in what one prepared.
        shop = make_altshop(key=name, name=name, host=f"{name}.example.com")
        make_offer(name=name, altshops=[shop])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO customers_customer (email, is_prospect)"
            f" SELECT 'c' || n || '@example.com', false FROM generate_series(1, {CUSTOMERS}) n"
        )
        cursor.execute(
            "INSERT INTO offers_assignment (customer_id, offer_id) SELECT c.id, o.id"
            " FROM customers_customer c JOIN offers_privateoffer o ON o.name = 'cakes'"
            " WHERE c.email LIKE 'c1%'"
        )
        cursor.execute(
            "UPDATE offers_privateoffer o SET assigned_count ="
            " (SELECT count(*) FROM offers_assignment a WHERE a.offer_id = o.id)"
        )
        cursor.execute("ANALYZE")
    file.write_text("Email,Offer ID\n" + "".join(_lines()))


def _lines() -> list[str]:
    draw = random.Random(34)
    lines = [
        f"{draw.choice('cn')}{draw.randrange(1, 3 * CUSTOMERS)}@example.com,{draw.choice(OFFERS)}\n"
        for _ in range(ROWS)
    ]
    for number in range(0, ROWS, 100):
        lines[number] = draw.choice(["nobody,cakes\n", "a@example.com,unknown\n", "a,b,c\n"])
    return lines


def begin_import(file: Path) -> Job:
    with file.open("rb") as opened:
        return jobs.start(type="private-offer-emails", user=None, file=File(opened))


def begin_withdrawal(offer: str) -> Job:
    return jobs.start(
        type="private-offer-emails-withdrawal",
        user=None,
        options={"offer": PrivateOffer.objects.get(name=offer).pk},
    )


def checked(file: Path) -> Job:
    """An import that waits for its confirmation, with nothing in the queue."""
    with file.open("rb") as opened:
        job = jobs.start(
            type="private-offer-emails", user=None, file=File(opened), in_background=False
        )
    worker.check(job.pk)
    job.refresh_from_db()
    return job


def done(file: Path) -> Job:
    job = checked(file)
    jobs.confirm(job, in_background=False)
    worker.apply(job.pk)
    job.refresh_from_db()
    return job


def report(job: Job) -> dict[str, Any]:
    """What a job says of itself when it is over."""
    job.refresh_from_db()
    names = ("created", "updated", "deleted", "unchanged", "rejected", "reasons", "message")
    said = {name: getattr(job, name) for name in names}
    if job.rejects:
        with job.rejects.open() as file:
            said["rejects"] = file.read().decode()
    return said
