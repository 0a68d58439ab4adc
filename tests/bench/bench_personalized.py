"""Files of the catalogue and of customers' lists through the product's own imports, beside COPY.

Measured as the import of e-mails is: the peer copies the file as it stands into a logged table of
texts with a unique index over all of them; it checks nothing and can't be taken back. One line in
a hundred is no good and ends up in the rejects.
"""

import tempfile
from pathlib import Path

from django.core.files import File
from django.db import connection

from imports import jobs, worker
from imports.models import Job, State
from tests.bench import databases
from tests.bench.bench_imports import MEGABYTE, in_turns, sql
from tests.bench.catalogue_files import CATALOGUE, MENTIONS, write_lists
from tests.bench.harness import Report, timed

LISTS = "personalized-promotion-products"
PROMOTIONS = 20
PRODUCTS = 10_000
HELD = 10
"""Rows that are there already, for each line of a file."""
LONGEST = 20.0
"""Seconds that a file of the catalogue may take."""


def run(report: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        databases.use_copy_of_dataset(report.scale)
        make_what_lists_name()
        lists(report, Path(folder) / "lists.csv")
        databases.use_empty()
        catalogue(report, Path(folder))


def lists(report: Report, file: Path) -> None:
    number = report.scale.customers
    for way in MENTIONS:
        write_lists(file, number, way=way, promotions=PROMOTIONS, products=PRODUCTS)
        times = in_turns({"copy": lambda: copied(file), "ours": lambda: into_empty_lists(file)})
        what = f"import of {number:,} products to lists, customers by {way}"
        report.at_most(1.25, what, times["ours"], "bare COPY", times["copy"])
    size = sql("SELECT pg_total_relation_size('promotions_listedproduct')")
    rows = sql("SELECT count(*) FROM promotions_listedproduct")
    report.limit(80, "a product on a list, its indexes included", size / rows, "bytes")
    again = imported(LISTS, file)
    report.at_most(1, "the same file again", again, "bare COPY", times["copy"])
    report.note("undo", timed(take_back))
    fill(number * HELD)
    peer_of(file, held=number * HELD)
    times = in_turns({"copy": lambda: copied_beside(file), "ours": lambda: into_full_lists(file)})
    what = f"import of {number:,} products to lists of {number * HELD:,}"
    report.at_most(1.25, what, times["ours"], "bare COPY to as many", times["copy"])


def catalogue(report: Report, folder: Path) -> None:
    number = report.scale.customers // 10
    for slug, write in CATALOGUE.items():
        file = folder / f"{slug}.csv"
        write(file, number)
        ours, bare = imported(slug, file), copied(file)
        report.limit(LONGEST, f"import of {number:,} lines of {slug}", ours, "s")
        report.note("the same beside a bare COPY", ours, "bare COPY", bare)
        report.note("the same file again, nothing to change", imported(slug, file))


def imported(slug: str, file: Path) -> float:
    """Seconds from the stored file to the committed rows and the written rejects."""
    with file.open("rb") as data:
        upload = File(data, name=file.name)
        job = jobs.start(type=slug, user=None, file=upload, in_background=False)
    Job.objects.filter(pk=job.pk).update(state=State.APPLYING)
    taken = timed(lambda: worker.apply(job.pk))
    job.refresh_from_db()
    if job.state != State.DONE:
        raise RuntimeError(f"the import ended {job.state}: {job.message}")
    return taken


def into_empty_lists(file: Path) -> float:
    sql("TRUNCATE promotions_listedproduct, imports_job CASCADE")
    return imported(LISTS, file)


def into_full_lists(file: Path) -> float:
    take_back()
    sql("VACUUM promotions_listedproduct")
    return imported(LISTS, file)


def take_back() -> None:
    """Undo the last import that changed something, if any; the newest job comes first."""
    done = Job.objects.filter(state=State.DONE, undo_records__isnull=False)
    if (job := done.first()) and jobs.undo(job, in_background=False):
        worker.undo(job.pk)


def copied(file: Path, *, key: int | None = None) -> float:
    """Seconds of a COPY of the file as it is into an empty table, unique by its first columns."""
    peer_of(file, key=key)
    return timed(lambda: copy(file))


def copied_beside(file: Path) -> float:
    """The same into the table of `peer_of`, which keeps what was held."""
    sql("DELETE FROM peer WHERE c2 NOT LIKE 'held-%%'")
    sql("VACUUM peer")
    return timed(lambda: copy(file))


def peer_of(file: Path, *, held: int = 0, key: int | None = None) -> None:
    """A table for the columns of a file, with so many rows of lists; unique by all, or by `key`."""
    with file.open() as lines:
        columns = [f"c{number}" for number, _ in enumerate(next(lines).split(","))]
    sql("DROP TABLE IF EXISTS peer")
    sql(f"CREATE TABLE peer ({', '.join(f'{column} text' for column in columns)})")
    if held:
        sql(HELD_BY_PEER, PROMOTIONS, held)
    sql(f"CREATE UNIQUE INDEX ON peer ({', '.join(columns[:key])})")
    sql("VACUUM ANALYZE peer")


def copy(file: Path, into_table: str = "peer") -> None:
    with (
        connection.cursor() as cursor,
        file.open("rb") as data,
        cursor.copy(f"COPY {into_table} FROM STDIN (FORMAT csv, HEADER)") as into,
    ):
        while block := data.read(MEGABYTE):
            into.write(block)


HELD_BY_PEER = """
    INSERT INTO peer SELECT 'promotion-' || (1 + n %% %s),
    format('email:customer%%s@example.com', 1 + n %% 1000000), 'held-' || n / 1000000
    FROM generate_series(1, %s) n
"""


def make_what_lists_name() -> None:
    sql(
        "INSERT INTO promotions_product (external_id, name, price, picture, thumbnail)"
        " SELECT 'SKU-' || n, 'Product ' || n, 9.99, '', '' FROM generate_series(1, %s) n",
        PRODUCTS,
    )
    sql(
        "INSERT INTO promotions_personalizedpromotion"
        " (name, description, backend_id, users, lock_after_apply)"
        " SELECT 'Promotion ' || n, '', 'promotion-' || n, 'consumers', false"
        " FROM generate_series(1, %s) n",
        PROMOTIONS,
    )


def fill(rows: int) -> None:
    """So many rows, half of them of the very promotions that the files name."""
    sql("TRUNCATE promotions_listedproduct, imports_job CASCADE")
    sql(
        "INSERT INTO promotions_listedproduct (customer_id, promotion_id, product_id)"
        " SELECT customer.id, CASE WHEN k %% 2 = 0 THEN 1 + customer.id %% %s ELSE 1000 + k END,"
        " %s + k"
        " FROM customers_customer AS customer, generate_series(1, %s) AS k"
        " ORDER BY 1, 2, 3 LIMIT %s",
        PROMOTIONS,
        PRODUCTS,
        HELD,
        rows,
    )
    sql("VACUUM ANALYZE promotions_listedproduct")
