"""Real servers, and real processes that use them."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from config.postgres import Cluster

ROOT = Path(__file__).resolve().parents[3]

# A process that uses the server until its standard input ends; it prints when the server started.
USER = """
import sys
from pathlib import Path
import psycopg
from config.postgres import Cluster
cluster = Cluster(Path(sys.argv[1]), durable=False)
cluster.ensure_running()
settings = {name.lower(): value for name, value in cluster.connection_settings().items()}
settings["dbname"] = settings.pop("name")
with psycopg.connect(**settings) as connection:
    started = connection.execute("SELECT pg_postmaster_start_time()").fetchone()[0]
print(started.isoformat(), flush=True)
sys.stdin.read()
"""


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that other users can enter, which pytest's own are not; in memory if it fits."""
    memory = Path("/dev/shm")  # noqa: S108
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2 << 30
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=memory if roomy else "/tmp"))  # noqa: S108
    folder.chmod(0o755)
    yield folder
    for lock in folder.rglob("users.lock"):
        Cluster(lock.parent).stop()
    shutil.rmtree(folder)


def make(folder: Path) -> Path:
    cluster = Cluster(folder, durable=False)
    cluster.ensure_running()
    cluster.stop()
    return cluster.folder


def connect(cluster: Cluster) -> psycopg.Connection:
    settings = cluster.connection_settings()
    return psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        dbname=settings["NAME"],
        user=settings["USER"],
        autocommit=True,
    )


def ask(cluster: Cluster, question: str) -> object:
    with connect(cluster) as connection:
        row = connection.execute(question).fetchone()
        return row and row[0]


def server_number(cluster: Cluster) -> int:
    return int((cluster.folder / "data/postmaster.pid").read_text().split()[0])


def kill_server(cluster: Cluster) -> int:
    number = server_number(cluster)
    os.kill(number, signal.SIGKILL)
    return number


def is_up(cluster: Cluster) -> bool:
    try:
        connect(cluster).close()
    except psycopg.OperationalError:
        return False
    return True


def start_user(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", USER, folder],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def line_of(user: subprocess.Popen[str]) -> str:
    assert user.stdout
    return user.stdout.readline().strip()


def end(user: subprocess.Popen[str]) -> int:
    user.communicate()
    return user.returncode


def as_user(number: int, deed: Callable[[], str]) -> str:
    """What `deed` returns in a child process of another user (the error's text if it raises).

    Forked rather than run anew, since that user may not be able to enter Python's folder.
    """
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setresgid(number, number, number)
            os.setresuid(number, number, number)
            answer = deed()
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        os.write(writable, answer.encode())
        os._exit(0)
    os.close(writable)
    with os.fdopen(readable) as answers:
        answer = answers.read()
    os.waitpid(child, 0)
    return answer


def use_once(cluster: Cluster) -> str:
    """Start, ask for the owner of the server's data, stop."""
    cluster.ensure_running()
    answer = ask(cluster, "SELECT current_database()")
    owner = (cluster.folder / "data").stat().st_uid
    server = Path(f"/proc/{server_number(cluster)}").stat().st_uid
    cluster.stop()
    return f"{answer}, data of {owner}, server of {server}"
