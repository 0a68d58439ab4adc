"""A compiled engine is used only if it was compiled from the sources that are there."""

import os
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from promotions.compiled import check_compiled

SUFFIX = EXTENSION_SUFFIXES[0]
BEFORE, AFTER = 1_000_000, 2_000_000


def file(path: Path, changed: int) -> None:
    path.parent.mkdir(exist_ok=True)
    path.touch()
    os.utime(path, (changed, changed))


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    """Two modules, compiled after they were written."""
    for name in ("pricing", "choosing/search"):
        file(tmp_path / f"{name}.py", BEFORE)
        file(tmp_path / f"{name}{SUFFIX}", AFTER)
    return tmp_path


def test_what_was_compiled_from_these_sources_is_used(engine):
    assert check_compiled(engine) is True


def test_without_anything_compiled_the_source_is_used(engine):
    for path in engine.rglob(f"*{SUFFIX}"):
        path.unlink()
    assert check_compiled(engine) is False


def refused(engine: Path) -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        check_compiled(engine)
    return str(caught.value)


def saying(names: str) -> str:
    return (
        f"The engine was compiled from other sources than {names}. Run `make engine` to compile"
        " it anew, or `make interpreted` to go on without."
    )


def test_a_source_that_changed_since_is_named(engine):
    file(engine / "choosing/search.py", AFTER + 1)
    assert refused(engine) == saying("choosing/search.py")


def test_a_source_that_came_since_is_named(engine):
    file(engine / "offers.py", BEFORE)
    assert refused(engine) == saying("offers.py")


def test_what_was_compiled_from_a_source_that_is_gone_is_named(engine):
    (engine / "pricing.py").unlink()
    assert refused(engine) == saying("pricing.py")


def test_what_was_compiled_for_another_python_is_named(engine):
    (engine / f"pricing{SUFFIX}").rename(engine / "pricing.cpython-39-other.so")
    assert refused(engine) == saying("pricing.cpython-39-other.so, pricing.py")
