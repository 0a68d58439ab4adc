"""Compiles the engine ahead of time: `make engine`. Why: docs/decisions/compiled-engine.md."""

from mypyc.build import mypycify
from setuptools import setup

from promotions import compiled

compiled.remove()
sources = compiled.hashes(compiled.sources())
setup(
    packages=[],
    ext_modules=mypycify(
        # Without caches, which would go by the times of files.
        ["--config-file=", "--follow-imports=silent", "--cache-dir=/dev/null", *sources],
        group_name="promotions_engine",
        opt_level="2",
        debug_level="0",
    ),
    options={"build_ext": {"inplace": True, "force": True}},
)
compiled.record(sources)
