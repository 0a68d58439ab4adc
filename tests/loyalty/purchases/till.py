"""A till that is served by another process, which knows prices of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from promotions.pricing.book import Book
from tests.loyalty.purchases.factories import confirmed, make_order
from tests.processes import MANAGE, environment

SERVE = "from tests.loyalty.purchases.till import serve; serve(is_stale={is_stale})"


def serve(*, is_stale: bool) -> None:
    """Confirm each receipt that is named, and say what was saved.

    A stale one goes on with the first book that it reads.
    """
    if is_stale:
        holds = Book.holds
        Book.holds = lambda book, version, at: book.version.rules > 0 or holds(book, version, at)  # type: ignore[method-assign]
    for line in sys.stdin:
        receipt, place = line.split()
        purchase = confirmed(receipt, make_order(place=place)).purchase
        print(purchase.discount, flush=True)


class Till:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def confirm(self, receipt: str, place: str) -> str:
        """What was saved."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{receipt} {place}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@contextmanager
def another_till(folder: Path, *, is_stale: bool = False) -> Iterator[Till]:
    process = subprocess.Popen(
        [*MANAGE, "shell", "--no-imports", "-c", SERVE.format(is_stale=is_stale)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(folder),
    )
    with process:
        yield Till(process)
        assert process.stdin
        process.stdin.close()
        assert process.wait() == 0
