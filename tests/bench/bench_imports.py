"""A file of e-mails through the product's own import, beside what else could load it.

One line in a hundred is no address and ends up in the rejects file. Files name customers; in one
a tenth of the addresses is nobody's yet. Peers that take minutes are given fewer lines and
compared by time per line.
"""

import csv
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.core.files import File
from django.db import connection
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget
from tablib import Dataset

from customers.models import Customer
from imports import jobs, worker
from imports.models import Job, State
from offers.models import Assignment, PrivateOffer
from tests.bench import databases, harness
from tests.bench.harness import Report

OFFERS = 200
ROUNDS = 3
MEGABYTE = 1024 * 1024


def run(report: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "emails.csv"
        databases.use_copy_of_dataset(report.scale)
        into_empty_table(report, file)
        databases.use_copy_of_dataset(report.scale)
        into_full_table(report, file)


def into_empty_table(report: Report, file: Path) -> None:
    empty()
    for new in (0.1, 0.0):
        lines = write_lines(file, report.scale.customers, new=new)
        times = in_turns({"copy": lambda: bare_copy(file), "ours": lambda: own_import(file)})
        what = f"import of {lines:,} lines, {new:.0%} new addresses"
        report.at_most(1.25, what, times["ours"], "bare COPY", times["copy"])
    size = total_size() / Assignment.objects.count()
    report.limit(60, "an assignment, its index included", size, "bytes")
    report.note("undo", seconds(take_back))
    report.at_most(1, "dry run", seconds(lambda: dry_run(file)), "import", times["ours"])
    ours = times["ours"] / lines
    for least, peer, load, share in PEERS:
        part = write_lines(file, max(200, int(lines * share)))
        empty()
        theirs = seconds(lambda load=load: load(file)) / part
        report.at_least(least, f"import, per line ({part:,} for the peer)", ours, peer, theirs)
    report_memory(report, file)


def into_full_table(report: Report, file: Path) -> None:
    lines = write_lines(file, report.scale.customers)
    held = Assignment.objects.count()
    peer_of(held)
    times = in_turns(
        {"copy": lambda: bare_copy(file, kept=True), "ours": lambda: own_import(file, kept=True)}
    )
    what = f"import of {lines:,} lines to {held:,} assignments"
    report.at_most(1.25, what, times["ours"], "bare COPY to as many", times["copy"])


def write_lines(file: Path, number: int, *, new: float = 0.0) -> int:
    """Unique pairs in no order, a share of them of addresses that are nobody's; how many."""
    dice = random.Random(7)
    known = int(number * (1 - new))
    people = dice.sample(range(1, known + 1), known) + [-n for n in range(number - known)]
    dice.shuffle(people)
    with file.open("w") as out:
        out.write("Email,Offer ID\n")
        for person in people:
            name = f"customer{person}@example.com" if dice.random() >= 0.01 else f"nobody {person}"
            out.write(f"{name},OFFER-{dice.randrange(1, OFFERS + 1)}\n")
    return number


def in_turns(actions: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The median of each action's seconds, the actions taking turns."""
    sql("CHECKPOINT")  # what was prepared is on the disk before the clock starts
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(1 if harness.is_hasty else ROUNDS):
        for name, action in actions.items():
            taken[name].append(seconds(action))
    return {name: sorted(times)[len(times) // 2] for name, times in taken.items()}


def seconds(action: Callable[[], object]) -> float:
    """What the action took by its own account, or by the clock."""
    started = time.perf_counter()
    own = action()
    return own if isinstance(own, float) else time.perf_counter() - started


def own_import(file: Path, *, kept: bool = False) -> float:
    """From the stored file to the committed rows and the written rejects."""
    if kept:
        take_back()
    else:
        empty()
    job = start(file)
    Job.objects.filter(pk=job.pk).update(state=State.APPLYING)
    started = time.perf_counter()
    worker.apply(job.pk)
    taken = time.perf_counter() - started
    job.refresh_from_db()
    if not (job.state == State.DONE and job.created and job.rejected):
        raise RuntimeError(f"the import ended {job.state}: {job.message}")
    return taken


def dry_run(file: Path) -> float:
    empty()
    job = start(file)
    started = time.perf_counter()
    worker.check(job.pk)
    return time.perf_counter() - started


def start(file: Path) -> Job:
    with file.open("rb") as data:
        upload = File(data, name=file.name)
        return jobs.start(type="private-offer-emails", user=None, file=upload, in_background=False)


def take_back() -> None:
    """Undo the last import that was applied, if any."""
    job = Job.objects.filter(state=State.DONE).last()
    if job and jobs.undo(job, in_background=False):
        worker.undo(job.pk)
        sql("VACUUM offers_assignment")


def empty() -> None:
    sql("TRUNCATE offers_assignment, imports_job CASCADE")
    sql("DELETE FROM customers_customer WHERE is_prospect")
    sql("VACUUM customers_customer")


def bare_copy(file: Path, *, kept: bool = False) -> float:
    """The file as it is into a logged table of two texts with a unique index on the pair."""
    if kept:
        sql("DELETE FROM peer WHERE offer NOT LIKE 'held-%%'")
        sql("VACUUM peer")
    else:
        peer_of(0)
    started = time.perf_counter()
    with (
        connection.cursor() as cursor,
        file.open("rb") as data,
        cursor.copy("COPY peer FROM STDIN (FORMAT csv, HEADER)") as copy,
    ):
        while block := data.read(MEGABYTE):
            copy.write(block)
    return time.perf_counter() - started


def peer_of(rows: int) -> None:
    sql("DROP TABLE IF EXISTS peer")
    sql("CREATE TABLE peer (email text, offer text)")
    sql(
        "INSERT INTO peer SELECT format('customer%%s@example.com', 1 + n %% 1000000),"
        " 'held-' || n / 1000000 FROM generate_series(1, %s) n",
        rows,
    )
    sql("CREATE UNIQUE INDEX ON peer (email, offer)")
    sql("VACUUM ANALYZE peer")


def bulk_create(file: Path) -> None:
    """What a Django developer would write: chunks, addresses looked up, conflicts ignored."""
    offers = dict(PrivateOffer.objects.values_list("name", "pk"))
    with file.open() as data:
        rows = list(csv.DictReader(data))
    for first in range(0, len(rows), 10_000):
        chunk = [row for row in rows[first : first + 10_000] if "@" in row["Email"]]
        emails = [row["Email"].strip().lower() for row in chunk]
        known = dict(Customer.objects.filter(email__in=emails).values_list("email", "pk"))
        new = [Customer(email=email, is_prospect=True) for email in emails if email not in known]
        known |= {c.email: c.pk for c in Customer.objects.bulk_create(new)}
        Assignment.objects.bulk_create(
            [
                Assignment(customer_id=known[email], offer_id=offers[row["Offer ID"]])
                for email, row in zip(emails, chunk, strict=True)
            ],
            ignore_conflicts=True,
        )


class RowByRow(ModelResource):
    """The same as django-import-export does it out of the box."""

    email = Field("customer", "Email", ForeignKeyWidget(Customer, "email"))
    offer = Field("offer", "Offer ID", ForeignKeyWidget(PrivateOffer, "name"))

    class Meta:
        model = Assignment
        import_id_fields = ("email", "offer")
        fields = ("email", "offer")


def row_by_row(file: Path) -> None:
    RowByRow().import_data(Dataset().load(file.read_text(), format="csv"))


# (at least so many times faster, name, loader, share of the lines it is given)
PEERS = (
    (6, "bulk_create(ignore_conflicts)", bulk_create, 0.1),
    (500, "django-import-export, row by row", row_by_row, 0.001),
)

MEMORY = """
import sys
from pathlib import Path
from tests.bench import databases, harness
harness.set_up()
databases.use_scratch()
from tests.bench import bench_imports
def resident(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
bench_imports.write_lines(Path(sys.argv[1]), 1000)
bench_imports.own_import(Path(sys.argv[1]))
idle = resident("VmRSS")
Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
bench_imports.own_import(Path(sys.argv[2]))
print((resident("VmHWM") - idle) / 1024)
"""


def report_memory(report: Report, file: Path) -> None:
    """Peak memory over that of a process which has imported a small file already."""
    for times in (1,) if report.small else (1, 3):
        lines = write_lines(file, report.scale.customers * times)
        small = file.with_name("small.csv")
        command = [sys.executable, "-c", MEMORY, str(small), str(file)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        what = f"peak memory over idle, {lines:,} lines"
        report.limit(64, what, float(done.stdout.split()[-1]), "MB")


def total_size() -> int:
    return sql("SELECT pg_total_relation_size('offers_assignment')")


def sql(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0] if cursor.description else 0
