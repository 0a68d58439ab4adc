"""A compiled engine is used only if it was compiled from the sources that are there."""

import os
import subprocess
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from promotions import compiled
from promotions.compiled import check_compiled

SUFFIX = EXTENSION_SUFFIXES[0]
PRICING = "promotions/engine/pricing"
SEARCH = "promotions/engine/choosing/search"
LIBRARY = f"promotions_engine__mypyc{SUFFIX}"
RECORD = "promotions/engine/compiled.sha256"


def file(path: Path, content: str) -> None:
    """All files are of the same second, as an update may leave them."""
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(content)
    os.utime(path, (1_000_000, 1_000_000))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A program with two modules of the engine, which were compiled."""
    for name in (PRICING, SEARCH):
        file(tmp_path / f"{name}.py", "a = 1")
    of_sources = compiled.hashes(compiled.sources(tmp_path), tmp_path)
    for name in (f"{PRICING}{SUFFIX}", f"{SEARCH}{SUFFIX}", LIBRARY):
        file(tmp_path / name, name)
    compiled.record(of_sources, tmp_path)
    return tmp_path


def test_what_was_compiled_from_these_sources_is_used(root):
    assert check_compiled(root) is True


def test_the_record_is_one_that_the_tool_for_such_files_checks(root):
    done = subprocess.run(["sha256sum", "--check", "--strict", RECORD], cwd=root, check=False)
    assert done.returncode == 0
    assert len((root / RECORD).read_text().splitlines()) == 5


def test_without_anything_compiled_the_source_is_used(root):
    compiled.remove(root)
    assert check_compiled(root) is False
    left = sorted(str(path.relative_to(root)) for path in root.rglob("*.*"))
    assert left == [f"{SEARCH}.py", f"{PRICING}.py"]


def refused(root: Path) -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        check_compiled(root)
    return str(caught.value)


def saying(names: str) -> str:
    return (
        "The engine that is compiled here doesn't belong to its sources: since then"
        f" {names} changed, came or went. Run `make engine` to compile it anew, or"
        " `make interpreted` to go on without."
    )


@pytest.mark.parametrize(
    "name", [f"{SEARCH}.py", f"{PRICING}{SUFFIX}", LIBRARY], ids=["source", "module", "library"]
)
def test_a_file_that_changed_since_is_named_whatever_its_time(root, name):
    file(root / name, "a = 2")
    assert refused(root) == saying(name)


def test_a_source_that_came_since_is_named(root):
    file(root / "promotions/engine/offers.py", "a = 1")
    assert refused(root) == saying("promotions/engine/offers.py")


@pytest.mark.parametrize("name", [f"{PRICING}.py", f"{PRICING}{SUFFIX}", LIBRARY])
def test_a_file_that_is_gone_is_named(root, name):
    (root / name).unlink()
    assert refused(root) == saying(name)


def test_what_was_compiled_without_a_record_is_refused(root):
    (root / RECORD).unlink()
    assert refused(root) == saying(RECORD)


def test_a_source_that_changed_while_it_was_compiled_is_named(root):
    before = compiled.hashes(compiled.sources(root), root)
    file(root / f"{PRICING}.py", "a = 2")
    compiled.record(before, root)
    assert refused(root) == saying(f"{PRICING}.py")


def test_what_was_compiled_for_another_python_is_named(root):
    other = f"{PRICING}.cpython-39-other.so"
    (root / f"{PRICING}{SUFFIX}").rename(root / other)
    compiled.record(compiled.hashes(compiled.sources(root), root), root)
    assert refused(root) == saying(other)
