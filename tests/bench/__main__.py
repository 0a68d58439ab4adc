"""Runs the benchmarks named on the command line, or all, in the order of their names."""

import argparse
import importlib
import sys
from pathlib import Path

from tests.bench import harness


def main() -> int:
    """0 when all targets are met; 1 when one is missed."""
    found = sorted(
        path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*")
    )
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(found)}")
    parser.add_argument("--small", action="store_true", help="try it small; judge no target")
    options = parser.parse_args()
    if unknown := set(options.names) - set(found):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(found)}")
    harness.set_up(small=options.small)
    report = harness.Report(small=options.small)
    for name in options.names or found:
        # By name, and only now: benchmarks import models, which need the settings.
        importlib.import_module(f"tests.bench.bench_{name}").run(report)
    print(report)
    return 0 if report.met else 1


if __name__ == "__main__":
    sys.exit(main())
