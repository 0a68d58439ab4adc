"""A file of customers with eight attributes through the product's own import, beside a bare COPY.

The peer copies the same customers, in the form in which they are stored, into the same table with
the same indexes: it checks no cell, knows nobody again and can't be taken back. For changes the
peer is a COPY beside the table and one UPDATE by external ID.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.core.files import File
from django.db import connection

from imports import jobs, worker
from imports.models import Job, State
from tests.bench import databases, dataset
from tests.bench.bench_imports import MEGABYTE, sql
from tests.bench.customer_files import STORED, write
from tests.bench.harness import Report, timed

ROUNDS = 1  # of minutes each at full size


def run(report: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        databases.use_empty()
        dataset.attributes()
        into_empty_table(report, Path(folder))
        into_full_table(report, Path(folder))


def into_empty_table(report: Report, folder: Path) -> None:
    number = report.scale.customers
    ours, bare = write(folder, shuffled(1, number))
    times: dict[str, list[float]] = {"copy": [], "ours": []}
    for _ in range(ROUNDS):
        empty()
        times["copy"].append(bare_copy(bare))
        empty()
        times["ours"].append(own_import(ours))
    copied, imported = (sorted(each)[ROUNDS // 2] for each in times.values())
    what = f"import of {number:,} customers with eight attributes"
    report.at_most(2, what, imported, "bare COPY, same indexes", copied)
    report.note("the same, a customer", imported / number, "bare COPY", copied / number)
    report.note("the same file again, nothing to change", own_import(ours))
    report.limit(64, f"peak memory over idle, {number:,} lines", memory(folder, ours), "MB")


def into_full_table(report: Report, folder: Path) -> None:
    number = report.scale.customers
    ours, bare = write(folder, shuffled(number + 1, number))
    copied = in_copy(report, lambda: bare_copy(bare))
    imported = in_copy(report, lambda: own_import(ours))
    report.at_most(2, f"import of {number:,} more to as many", imported, "bare COPY", copied)
    ours, bare = write(folder, shuffled(1, number))
    updated = in_copy(report, lambda: bare_update(bare))
    changed = in_copy(report, lambda: own_import(ours))
    what = f"change of {number:,} customers' attributes"
    report.at_most(2, what, changed, "COPY and UPDATE", updated)
    report.note("undo of this", timed(take_back))


def in_copy(report: Report, action: Callable[[], float]) -> float:
    """What the action takes among the customers of the dataset."""
    databases.use_copy_of_dataset(report.scale)
    sql("CHECKPOINT")
    return action()


def shuffled(first: int, number: int) -> list[int]:
    return random.Random(7).sample(range(first, first + number), number)


def empty() -> None:
    sql("TRUNCATE customers_customer, imports_job CASCADE")
    sql("CHECKPOINT")  # what was prepared is on the disk before the clock starts


def own_import(file: Path) -> float:
    """Seconds from the stored file to the committed customers."""
    with file.open("rb") as data:
        upload = File(data, name=file.name)
        job = jobs.start(type="customers", user=None, file=upload, in_background=False)
    Job.objects.filter(pk=job.pk).update(state=State.APPLYING)
    taken = timed(lambda: worker.apply(job.pk))
    job.refresh_from_db()
    if job.state != State.DONE or job.rejected:
        raise RuntimeError(f"the import ended {job.state}: {job.message} {job.reasons}")
    return taken


def take_back() -> None:
    job = Job.objects.filter(state=State.DONE).latest("pk")
    jobs.undo(job, in_background=False)
    worker.undo(job.pk)


def bare_copy(file: Path, table: str = "customers_customer") -> float:
    started = time.perf_counter()
    with (
        connection.cursor() as cursor,
        file.open("rb") as data,
        cursor.copy(f"COPY {table} ({STORED}) FROM STDIN (FORMAT csv)") as copy,
    ):
        while block := data.read(MEGABYTE):
            copy.write(block)
    return time.perf_counter() - started


def bare_update(file: Path) -> float:
    sql("CREATE UNLOGGED TABLE peer (LIKE customers_customer INCLUDING DEFAULTS)")
    sql("ALTER TABLE peer ALTER id DROP NOT NULL")
    started = time.perf_counter()
    bare_copy(file, "peer")
    sql("ANALYZE peer")
    columns = STORED.split(", ")
    values = ", ".join(f"{column} = peer.{column}" for column in columns)
    sql(
        f"UPDATE customers_customer AS customer SET {values} FROM peer"
        " WHERE customer.external_id = peer.external_id"
    )
    return time.perf_counter() - started


MEMORY = """
import sys
from pathlib import Path
from tests.bench import databases, harness
harness.set_up()
databases.use_scratch()
from tests.bench import bench_customers
def resident(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
bench_customers.own_import(Path(sys.argv[1]))
idle = resident("VmRSS")
Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
bench_customers.own_import(Path(sys.argv[2]))
print((resident("VmHWM") - idle) / 1024)
"""


def memory(folder: Path, file: Path) -> float:
    """Peak megabytes over those of a process which has imported a small file already."""
    small = folder / "small.csv"
    with file.open() as lines:
        small.write_text("".join(line for line, _ in zip(lines, range(500), strict=False)))
    command = [sys.executable, "-c", MEMORY, str(small), str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])
