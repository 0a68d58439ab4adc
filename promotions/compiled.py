"""The engine may run compiled (`make engine`). Then it must have been compiled from these sources.

Python imports what is compiled before it looks at the source: without this check a change of the
source would be without effect, and prices would go on as before. Times of files can't tell: an
update may keep old ones.
"""

import hashlib
from collections.abc import Iterable
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).parent.parent
ENGINE = "promotions/engine"
LIBRARY = "promotions_engine__mypyc"  # holds the code of all modules; those beside sources are thin
RECORD = f"{ENGINE}/compiled.sha256"
SUFFIX = EXTENSION_SUFFIXES[0]


def sources(root: Path = ROOT) -> list[Path]:
    return sorted((root / ENGINE).rglob("*.py"))


def binaries(root: Path = ROOT) -> list[Path]:
    return sorted([*(root / ENGINE).rglob("*.so"), *root.glob(f"{LIBRARY}.*.so")])


def hashes(files: Iterable[Path], root: Path = ROOT) -> dict[str, str]:
    """What is in the files, by their paths from the root."""
    return {
        str(file.relative_to(root)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }


def record(compiled_from: dict[str, str], root: Path = ROOT) -> None:
    """Keep of what the binaries that are here now were made, as `sha256sum --check` reads it.

    The hashes of the sources were taken before, lest a change during the compilation be missed.
    """
    lines = (compiled_from | hashes(binaries(root), root)).items()
    (root / RECORD).write_text("".join(f"{digest}  {name}\n" for name, digest in lines))


def remove(root: Path = ROOT) -> None:
    """Remove all that was compiled: the source is used again."""
    for file in (*binaries(root), root / RECORD):
        file.unlink(missing_ok=True)


def check_compiled(root: Path = ROOT) -> bool:
    """Whether the engine is compiled. Raises ImproperlyConfigured if not from these sources."""
    found = binaries(root)
    if not found:
        return False
    if changed := _changed(found, root):
        raise ImproperlyConfigured(
            "The engine that is compiled here doesn't belong to its sources: since then"
            f" {', '.join(changed)} changed, came or went. Run `make engine` to compile it anew, or"
            " `make interpreted` to go on without."
        )
    return True


def _changed(found: list[Path], root: Path) -> list[str]:
    kept = root / RECORD
    if not kept.exists():
        return [RECORD]
    then = {name: digest for digest, name in map(str.split, kept.read_text().splitlines())}
    now = hashes([*sources(root), *found], root)
    of_another_python = {name for name in now if name.endswith(".so") and SUFFIX not in name}
    return sorted({name for name, _ in then.items() ^ now.items()} | of_another_python)
