"""Compiles the engine ahead of time: `make engine`. Why: docs/decisions/compiled-engine.md."""

from pathlib import Path

from mypyc.build import mypycify
from setuptools import setup

SOURCES = sorted(str(path) for path in Path("promotions/engine").rglob("*.py"))

setup(
    packages=[],
    ext_modules=mypycify(
        ["--config-file=", "--follow-imports=silent", *SOURCES],
        group_name="promotions_engine",
        opt_level="2",
        debug_level="0",
    ),
)
