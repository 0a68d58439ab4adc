"""A million items of personal offers through the product's own import, beside COPY.

Measured as the e-mails of private offers are (bench_imports.py) and lists (bench_personalized.py):
both sides read the same file from the disk, in turns, and end with a commit into a logged table.
The peer's has the file's nine columns as text and a unique index over all of them; it checks
nothing and can't be taken back. Ours is timed from the stored file to the committed rows and the
written rejects: it is staged, matched with customers, offers and products, judged, gathered by
customer and written down for the undo. One line in a hundred is no good.

Noted beside it without a target: a COPY whose index has only what identifies a line, the offer,
the customer and the target; and the clock's ratio says less on a busy machine, as ours shares its
work among processes and COPY is one.
"""

import random
import tempfile
from pathlib import Path

from django.db import connection

from loyalty.models import PersonalOffer
from tests.bench import databases, dataset, personal
from tests.bench.bench_imports import in_turns, sql
from tests.bench.bench_personalized import copied, imported, make_what_lists_name, take_back
from tests.bench.catalogue_files import BAD, MENTIONS
from tests.bench.harness import Report, timed

ITEMS = "personal-offer-items"
OFFERS = 20
PRODUCTS = 10_000
OF_A_CUSTOMER = 5
IDENTITY = 3
"""So many columns say which item a line is."""


def run(report: Report) -> None:
    number = report.scale.customers
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "items.csv"
        databases.use_empty()
        dataset.customers(number)
        make_what_lists_name()
        make_offers()
        for way in MENTIONS:
            write_items(file, number, way=way)
            times = in_turns({"copy": lambda: copied(file), "ours": lambda: into_empty(file)})
            what = f"import of {number:,} items of personal offers, customers by {way}"
            report.at_most(1.25, what, times["ours"], "bare COPY", times["copy"])
        narrow = copied(file, key=IDENTITY)
        report.note("the same beside a COPY with a narrow index", times["ours"], "COPY", narrow)
        size = sql("SELECT pg_total_relation_size('loyalty_offeritems')")
        rows = sql("SELECT sum(jsonb_array_length(items)) FROM loyalty_offeritems")
        report.limit(100, "an item, its row's part and the index included", size / rows, "bytes")
        again = imported(ITEMS, file)
        report.at_most(1, "the same file again", again, "bare COPY", times["copy"])
        report.note("undo", timed(take_back))


def make_offers() -> None:
    drawn = random.Random(11)
    offers = [personal.make_offer(1, drawn) for _ in range(OFFERS)]
    for number, offer in enumerate(offers, 1):
        offer.id, offer.name, offer.title = number, f"personal-{number}", f"Personal {number}"
    PersonalOffer.objects.bulk_create(offers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def into_empty(file: Path) -> float:
    sql("TRUNCATE loyalty_offeritems, imports_job CASCADE")
    return imported(ITEMS, file)


def write_items(file: Path, number: int, *, way: str) -> None:
    """Lines in no order, five products for each customer, with sizes and dates; none twice."""
    dice = random.Random(7)
    mention = MENTIONS[way]
    lines = [
        f"personal-{1 + person % OFFERS},{mention.format(person)},"
        f"{'SKU' if dice.randrange(BAD) else 'none'}-{1 + (person * 7 + place) % PRODUCTS},,"
        f"discount,percent,{5 + place},2020-06-{1 + place:02},2030-06-{10 + place}\n"
        for person in range(1, number // OF_A_CUSTOMER + 1)
        for place in range(OF_A_CUSTOMER)
    ]
    dice.shuffle(lines)
    with file.open("w") as out:
        out.write("Offer,Customer,Target,Threshold,Preference,Method,Value,Start date,End date\n")
        out.writelines(lines)
