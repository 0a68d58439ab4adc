"""Benchmarks, each beside what it is compared with: `make bench`, or

    python -m tests.bench [--small] [NAME ...]

A benchmark is a module bench_NAME.py with `run(report: Report) -> None`; see harness.py for the
database, the clock and the report, and dataset.py for customers, offers and assignments.
`--small` tries everything at a small scale and judges no target.
"""
