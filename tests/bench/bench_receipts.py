"""Half a million lines of receipts through the product's own import, beside COPY.

The peer copies the file as it stands into a logged table of texts with a unique index over all of
them; it checks nothing, adds nothing up and can't be taken back. BENCH_RECEIPTS names the Online
Retail data set (gzipped CSV) to be loaded instead of made-up receipts.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from imports import jobs, worker
from imports.models import Job, State
from tests.bench import databases
from tests.bench.bench_imports import in_turns, sql
from tests.bench.bench_personalized import copy, imported
from tests.bench.harness import Report, timed
from tests.bench.receipt_files import convert, customers_of, products_of, write_receipts

TYPE = "receipts"
CUSTOMERS = 100_000
PRODUCTS = 10_000


def run(report: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        databases.use_empty()
        file = Path(folder) / "receipts.csv"
        lines = write(file, report.scale.customers // 2)
        times = in_turns({"copy": lambda: copied(file), "ours": lambda: loaded(file)})
        what = f"import of {lines:,} lines of receipts"
        report.at_most(2, what, times["ours"], "bare COPY", times["copy"])
        kept = "pg_total_relation_size('loyalty_purchase')"
        size = sql(f"SELECT {kept} + pg_total_relation_size('loyalty_purchaseline')")
        held = sql("SELECT count(*) FROM loyalty_purchaseline")
        report.limit(250, "a line kept, with its part of its receipt", size / held, "bytes")
        again = imported(TYPE, file)
        report.at_most(2, "the same file again", again, "bare COPY", times["copy"])
        report.note("undo", timed(take_back))
        report_memory(report, file)


def write(file: Path, number: int) -> int:
    """The file, and what it names; how many lines."""
    sql("INSERT INTO promotions_pointofsale (key, name, channel, time_zone, currency)"
        " VALUES ('P1', 'P1', 'retail', 'Europe/London', 'GBP')")  # fmt: skip
    source = os.environ.get("BENCH_RECEIPTS")
    if not source:
        make([f"C{n}" for n in range(1, CUSTOMERS + 1)], [f"SKU-{n}" for n in range(1, PRODUCTS)])
        return write_receipts(file, number, customers=CUSTOMERS, products=PRODUCTS)
    make(customers_of(Path(source)), products_of(Path(source)))
    return convert(Path(source), file, number)


def make(customers: list[str], products: list[str]) -> None:
    sql(
        "INSERT INTO customers_customer (external_id, is_prospect, attributes)"
        " SELECT id, false, '{}' FROM unnest(%s::text[]) AS id",
        customers,
    )
    sql(
        "INSERT INTO promotions_product (external_id, name, price, picture, thumbnail)"
        " SELECT id, 'Product ' || id, 9.99, '', '' FROM unnest(%s::text[]) AS id",
        products,
    )
    sql("VACUUM ANALYZE customers_customer, promotions_product")


def loaded(file: Path) -> float:
    take_back()
    sql("VACUUM loyalty_purchase, loyalty_purchaseline")
    return imported(TYPE, file)


def take_back() -> None:
    """Purchases are not emptied otherwise."""
    for job in Job.objects.filter(state=State.DONE, undo_records__isnull=False):
        if jobs.undo(job, in_background=False):
            worker.undo(job.pk)


def copied(file: Path) -> float:
    """Seconds of a COPY of the file as it is into an empty table."""
    columns = [f"c{number}" for number in range(7)]
    sql("DROP TABLE IF EXISTS peer")
    # A line may occur twice.
    sql(f"CREATE TABLE peer (line serial, {', '.join(f'{each} text' for each in columns)})")
    sql(f"CREATE UNIQUE INDEX ON peer ({', '.join(columns)}, line)")
    return timed(lambda: copy(file, f"peer ({', '.join(columns)})"))


MEMORY = """
import sys
from pathlib import Path
from tests.bench import databases, harness
harness.set_up()
databases.use_scratch()
from tests.bench import bench_receipts
def resident(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
small = Path(sys.argv[1]).with_name("small.csv")
small.write_text("".join(Path(sys.argv[1]).open().readlines()[:1000]))
bench_receipts.loaded(small)
idle = resident("VmRSS")
Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
bench_receipts.loaded(Path(sys.argv[1]))
print((resident("VmHWM") - idle) / 1024)
"""


def report_memory(report: Report, file: Path) -> None:
    """Peak memory over that of a process which has imported a small file already."""
    command = [sys.executable, "-c", MEMORY, str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    report.limit(64, "peak memory over idle", float(done.stdout.split()[-1]), "MB")
