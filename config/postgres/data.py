"""The data folder: made completely or not at all, and readied for each start."""

import os
import shutil
from pathlib import Path

from config.postgres.account import Account
from config.postgres.parameters import HOST_BASED_ACCESS, configuration
from config.postgres.programs import Programs, ServerError

LOGS_KEPT = 5


def major_version(data: Path) -> int | None:
    """Which PostgreSQL made the data; `None` while there are none."""
    return int((data / "PG_VERSION").read_text()) if data.exists() else None


def make(data: Path, name: str, account: Account, programs: Programs, *, durable: bool) -> None:
    """Initialise the data folder with an owner and a database called `name`.

    All happens under another name first, so that `data`, if it exists, is complete; what an
    interrupted attempt left under that other name was never used and is thrown away.
    """
    making = data.with_name("data.making")
    shutil.rmtree(making, ignore_errors=True)
    options = ["--auth=trust", f"--username={name}", "--encoding=UTF8"]
    options += [] if durable else ["--no-sync"]
    if programs.major >= 17:
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    # LC_CTYPE counts even beside the builtin provider: trigrams of non-ASCII words need it.
    for locale in ("C.UTF-8", "C"):
        done = account.run(
            [programs["initdb"], "-D", making.name, *options, f"--locale={locale}"],
            cwd=data.parent,
            capture_output=True,
        )
        if done.returncode == 0:
            break
    else:
        raise ServerError(f"PostgreSQL could not make {data}: {done.stderr.strip()[-2000:]}")
    _create_database(making, name, account, programs)
    making.rename(data)
    if durable:
        _sync(data.parent)


def _create_database(data: Path, name: str, account: Account, programs: Programs) -> None:
    done = account.run(
        [programs["postgres"], "--single", "-D", data.name, "postgres"],
        cwd=data.parent,
        input=f"CREATE DATABASE {name};\n",
        capture_output=True,
    )
    if done.returncode or "ERROR" in done.stderr:
        raise ServerError(f"PostgreSQL could not make {data}: {done.stderr.strip()[-2000:]}")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def clear_leftovers(data: Path, socket_folder: Path) -> None:
    """Remove what a killed server left behind; only for who knows that none runs.

    A stale postmaster.pid may name a process that has nothing to do with PostgreSQL by now,
    which PostgreSQL would take for its rival.
    """
    (data / "postmaster.pid").unlink(missing_ok=True)
    for socket in socket_folder.glob(".s.PGSQL.*"):
        socket.unlink(missing_ok=True)
    (data.parent / "start.log").unlink(missing_ok=True)
    for old in _logs(data)[:-LOGS_KEPT]:
        old.unlink(missing_ok=True)


def configure(data: Path, socket_folder: Path, account: Account, *, durable: bool) -> None:
    """Write the configuration, and give all files to the account that will run the server."""
    text = configuration(socket_folder=socket_folder, durable=durable)
    for name, content in (("postgresql.conf", text), ("pg_hba.conf", HOST_BASED_ACCESS)):
        (data / name).write_text(content)
    account.take(data)


def postmaster(data: Path) -> int | None:
    """The process number of the server that answers, unless it is another container's."""
    try:
        number = int((data / "postmaster.pid").read_text().split()[0])
        program = Path(f"/proc/{number}/comm")
        named = program.read_text().strip() if Path("/proc/self").exists() else "postgres"
    except (FileNotFoundError, IndexError):
        return None
    return number if named == "postgres" else None


def _logs(data: Path) -> list[Path]:
    return sorted((data / "log").glob("*.log"))


def last_words(data: Path, *, lines: int = 8) -> str:
    """The end of what the server wrote before it had a log, and of its log."""
    files = [data.parent / "start.log", *_logs(data)[-1:]]
    ends = [
        file.read_text(errors="replace").splitlines()[-lines:] for file in files if file.exists()
    ]
    return "\n".join(line for end in ends for line in end)
