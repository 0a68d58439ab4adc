"""Files of receipts, for the import and for COPY alike: made up, or made of a shop's real ones."""

import csv
import gzip
import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

HEADER = "Receipt,Date,Customer,Point of sale,Product,Quantity,Unit price\n"
LINES_A_RECEIPT = 12
# One receipt in so many has a line that is no good.
BAD = 100


def write_receipts(file: Path, number: int, *, customers: int, products: int) -> int:
    """About so many lines; each fourth receipt is nobody's. How many lines."""
    dice, written = random.Random(7), 0
    with file.open("w") as out:
        out.write(HEADER)
        for receipt in range(number // LINES_A_RECEIPT):
            whom = f"external:C{dice.randint(1, customers)}" if receipt % 4 else ""
            day = f"2025-{1 + receipt % 12:02}-{1 + receipt % 28:02}"
            head = f"R-{receipt},{day} {receipt % 24:02}:{receipt % 60:02}:00,{whom},P1"
            lines = dice.randint(1, 2 * LINES_A_RECEIPT)
            bad = dice.randrange(lines) if receipt % BAD == 0 else None
            for place in range(lines):
                quantity = -1 if place == bad else dice.randint(1, 20)
                price = f"{dice.randint(0, 99)}.{dice.randint(0, 99):02}"
                out.write(f"{head},SKU-{dice.randint(1, products * 11 // 10)},{quantity},{price}\n")
            written += lines
    return written


def convert(source: Path, file: Path, least: int) -> int:
    """The Online Retail data set (gzipped CSV) as it is, dirt and all, again and again.

    Under other numbers of receipts, until there are at least so many lines. How many lines.
    """
    written = 0
    with file.open("w") as out:
        out.write(HEADER)
        for turn in count(1):
            for line in _lines(source, turn):
                out.write(line)
                written += 1
            if written >= least:
                return written
    return written


def _lines(source: Path, turn: int) -> Iterator[str]:
    with gzip.open(source, "rt", encoding="utf-8", newline="") as data:
        for row in csv.DictReader(data):
            whom = f"external:{row['CustomerID']}" if row["CustomerID"] else ""
            cells = (row["StockCode"].strip().replace(",", " "), row["Quantity"], row["UnitPrice"])
            head = f"{row['InvoiceNo']}-{turn},{row['InvoiceDate']},{whom},P1"
            yield f"{head},{','.join(cells)}\n"


def customers_of(source: Path) -> list[str]:
    """Their external IDs."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as data:
        return sorted({row["CustomerID"] for row in csv.DictReader(data)} - {""})


def products_of(source: Path) -> list[str]:
    """Nine in ten codes, so that some are not in the catalogue."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as data:
        codes = sorted({row["StockCode"].strip() for row in csv.DictReader(data)} - {""})
    return [code for place, code in enumerate(codes) if place % 10]
