"""What benchmarks share: a fair clock and a report; databases.py holds the databases.

In a benchmark's `run(report)`:

    databases.use_dataset(report.scale)  # customers, offers, assignments; or another of its kind
    times = harness.medians({"ours": ours, "peer": peer})
    report.at_most(1.5, "ids of one customer's offers", times["ours"], "select 1", times["peer"])
    report.at_least(8, "ids of one customer's offers", times["ours"], "plain ORM", times["peer"])
    report.limit(60, "an assignment, index included", size / rows, "bytes")
"""

import itertools
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import django
from django.conf import settings


@dataclass(frozen=True)
class Scale:
    customers: int
    offers: int
    assignments: int


FULL = Scale(customers=1_000_000, offers=10_000, assignments=20_000_000)
SMALL = Scale(customers=1_000, offers=1_000, assignments=20_000)
is_hasty = False


@dataclass
class Report:
    """Rows of "what | ours | peer | ratio | target | met", times in seconds until printed."""

    small: bool = False
    rows: list[tuple[str, ...]] = field(default_factory=list)
    met: bool = True

    @property
    def scale(self) -> Scale:
        return SMALL if self.small else FULL

    def at_most(self, target: float, what: str, ours: float, peer: str, theirs: float) -> None:
        """Ours may take `target` times as long as the peer."""
        self._add(what, shown(ours), f"{peer} {shown(theirs)}", ours / theirs, target, "≤")

    def at_least(self, target: float, what: str, ours: float, peer: str, theirs: float) -> None:
        """Ours must be `target` times as fast as the peer."""
        self._add(what, shown(ours), f"{peer} {shown(theirs)}", theirs / ours, target, "≥")

    def limit(self, target: float, what: str, ours: float, unit: str) -> None:
        """A figure without a peer, such as bytes or megabytes, that must not exceed `target`."""
        self._add(what, f"{ours:,.1f} {unit}", "", ours, target, "≤")

    def note(self, what: str, ours: float, peer: str = "", theirs: float | None = None) -> None:
        """Times worth showing that have no target."""
        if theirs is None:
            self._print(what, shown(ours), peer, "", "", "")
        else:
            peer = f"{peer} {shown(theirs)}"
            self._print(what, shown(ours), peer, f"{theirs / ours:.2f}", "", "")

    def share(self, what: str, ours: float, peer: str, theirs: float) -> None:
        """Parts of a whole worth showing that have no target."""
        self._print(what, f"{ours:.0%}", f"{peer} {theirs:.0%}", "", "", "")

    def __str__(self) -> str:
        rows = [("what", "ours", "peer", "ratio", "target", "met"), *self.rows]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [
            " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
        return "\n".join([lines[0], "-+-".join("-" * width for width in widths), *lines[1:]])

    def _add(self, what: str, ours: str, peer: str, ratio: float, target: float, sign: str) -> None:
        met = ratio <= target if sign == "≤" else ratio >= target
        if not self.small:
            self.met = self.met and met
        judged = "" if self.small else "yes" if met else "NO"
        self._print(what, ours, peer, f"{ratio:.2f}", f"{sign} {target:g}", judged)

    def _print(self, *row: str) -> None:
        self.rows.append(row)
        print(" | ".join(row), file=sys.stderr, flush=True)


def shown(seconds: float) -> str:
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.2f} ms" if seconds < 1 else f"{seconds:.1f} s"


def medians(
    actions: Mapping[str, Callable[[], object]], *, rounds: int = 9, seconds: float = 0.2
) -> dict[str, float]:
    """Seconds that one call of each takes: the median over rounds in which all take turns.

    Turns, so that a noisy neighbour disturbs all alike. Each turn calls the action for about
    `seconds`, or once if it takes longer. What warms it up before the first turn does not count.
    Where no target is judged, once is enough.
    """
    if is_hasty:
        return {name: timed(action) for name, action in actions.items()}
    calls = {
        name: max(1, round(seconds / warm(action, seconds))) for name, action in actions.items()
    }
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            taken[name].append(timed(action, calls[name]))
    return {name: statistics.median(times) for name, times in taken.items()}


def warm(action: Callable[[], object], seconds: float) -> float:
    """Seconds that a call takes that is not the first, unless one takes longer than a turn."""
    first = timed(action)
    return first if first > 10 * seconds else min(timed(action) for _ in range(5))


def timed(action: Callable[[], object], calls: int = 1) -> float:
    """Seconds that one of `calls` calls took on average."""
    started = time.perf_counter()
    for _ in itertools.repeat(None, calls):
        action()
    return (time.perf_counter() - started) / calls


def set_up(*, small: bool = False) -> None:
    """Settings as in production where they matter for speed: no debugging, connections kept."""
    global is_hasty
    is_hasty = small
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "1",  # production's settings want host names and mail, which no benchmark has
        "SECRET_KEY": "of-a-benchmark-in-which-nobody-else-signs-in",
        "CONN_MAX_AGE": "600",
        "LOG_LEVEL": "WARNING",
    }
    django.setup()
    settings.DEBUG = False
