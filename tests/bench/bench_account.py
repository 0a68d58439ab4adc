"""What one customer sees: the ids alone, and the whole page."""

from tests.bench import databases
from tests.bench.harness import Report


def run(report: Report) -> None:
    databases.use_dataset(report.scale)
