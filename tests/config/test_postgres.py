"""The embedded PostgreSQL server, with real processes, real kills and real folders."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import psycopg
import pytest

from config.postgres import Cluster, ServerError, programs

ROOT = Path(__file__).resolve().parents[2]
AS_ROOT = os.geteuid() == 0
STRANGER = 48211  # a user id without a name, as in many containers
DAEMON = pwd.getpwnam("daemon").pw_uid

only_root = pytest.mark.skipif(not AS_ROOT, reason="changing the user needs root")

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


@pytest.fixture
def place() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A cluster's folder, made once and stopped."""
    with open_folder() as folder:
        yield make(folder / "pg")


def make(folder: Path) -> Path:
    cluster = Cluster(folder, durable=False)
    cluster.ensure_running()
    cluster.stop()
    return cluster.folder


@pytest.fixture
def cluster(made: Path, place: Path) -> Cluster:
    return Cluster(shutil.copytree(made, place / "pg"), durable=False)


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


# The start


def test_a_fresh_folder_gets_a_server_on_a_private_socket_only(place: Path):
    cluster = Cluster(place / "deep" / "pg", durable=False)
    cluster.ensure_running()
    assert ask(cluster, "SELECT current_user || ' in ' || current_database()") == (
        "bespoke in bespoke"
    )
    assert ask(cluster, "SHOW listen_addresses") == ""
    assert cluster.folder.stat().st_mode & 0o777 == 0o700
    assert ask(cluster, "SHOW server_encoding") == "UTF8"
    assert ask(cluster, "SELECT lower('ŁĄKA') || upper('é')") == "łąkaÉ"


@pytest.mark.parametrize("durable", [True, False])
def test_only_a_durable_server_waits_for_the_disk(cluster: Cluster, durable: bool):
    Cluster(cluster.folder, durable=durable).ensure_running()
    assert ask(cluster, "SHOW fsync") == ("on" if durable else "off")
    assert ask(cluster, "SHOW synchronous_commit") == "on"


def test_settings_are_known_without_starting_anything(place: Path):
    cluster = Cluster(place / "pg")
    assert cluster.connection_settings() == {
        "HOST": str(place / "pg"),
        "PORT": "5432",
        "NAME": "bespoke",
        "USER": "bespoke",
    }
    assert not cluster.folder.exists()


def test_trigrams_know_letters_beyond_ascii(cluster: Cluster):
    cluster.ensure_running()
    with connect(cluster) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        similar = connection.execute("SELECT similarity('łąka', 'ka')").fetchone()
    assert similar == (pytest.approx(1 / 7),)


@only_root
def test_as_root_the_server_has_no_rights_of_root(cluster: Cluster):
    cluster.ensure_running()
    status = Path(f"/proc/{server_number(cluster)}/status").read_text()
    assert "CapEff:\t0000000000000000" in status.splitlines()


@only_root
def test_as_root_without_unshare_the_server_runs_as_nobody(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", "/nowhere")
    assert use_once(cluster) == "bespoke, data of 65534, server of 65534"
    monkeypatch.undo()
    assert use_once(cluster) == "bespoke, data of 0, server of 0"


@only_root
def test_as_root_where_nobody_cannot_enter_the_error_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """pytest's own folders are closed to other users."""
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ServerError, match="run this as an ordinary user, or choose a STATE_DIR"):
        Cluster(tmp_path / "pg").ensure_running()


@only_root
@pytest.mark.parametrize("number", [DAEMON, STRANGER])
def test_an_ordinary_user_runs_the_server_as_themselves(place: Path, number: int):
    os.chown(place, number, number)
    answer = as_user(number, lambda: use_once(Cluster(place / "pg", durable=False)))
    assert answer == f"bespoke, data of {number}, server of {number}"


@only_root
def test_a_user_without_a_name_or_namespace_is_told_what_to_do(
    place: Path, monkeypatch: pytest.MonkeyPatch
):
    os.chown(place, STRANGER, STRANGER)
    monkeypatch.setenv("PATH", "/nowhere")
    answer = as_user(STRANGER, lambda: use_once(Cluster(place / "pg", durable=False)))
    assert answer.startswith(f"ServerError: User {STRANGER} without a name (/etc/passwd), nor")
    assert answer.endswith(
        "run this as a user with a name, or set DATABASE_URL to a server of yours."
    )


@only_root
def test_root_in_somebodys_folder_leaves_it_to_them(place: Path):
    os.chown(place, STRANGER, STRANGER)
    cluster = Cluster(place / "pg", durable=False)
    expected = f"bespoke, data of {STRANGER}, server of {STRANGER}"
    assert use_once(cluster) == expected
    assert as_user(STRANGER, lambda: use_once(cluster)) == expected


@only_root
def test_somebody_elses_folder_is_refused_with_what_to_do(cluster: Cluster):
    answer = as_user(STRANGER, lambda: use_once(cluster))
    assert answer.startswith("ServerError: ")
    assert answer.endswith(
        "belongs to another user: run this as that user, or choose another STATE_DIR, "
        "or set DATABASE_URL."
    )


@pytest.mark.parametrize("name", ["x" * 120, "two words, 'quoted' and $odd"])
def test_folders_with_names_unfit_for_a_socket(made: Path, place: Path, name: str):
    cluster = Cluster(shutil.copytree(made, place / name), durable=False)
    cluster.ensure_running()
    socket_folder = Path(cluster.connection_settings()["HOST"])
    assert ask(cluster, "SELECT 1") == 1
    assert socket_folder.stat().st_mode & 0o777 == 0o700
    cluster.stop()
    socket_folder.rmdir()


def test_a_socket_folder_that_others_can_enter_is_refused(place: Path):
    cluster = Cluster(place / ("x" * 120))
    socket_folder = Path(cluster.connection_settings()["HOST"])
    socket_folder.mkdir(mode=0o755)
    try:
        with pytest.raises(ServerError, match="not a private folder of yours"):
            cluster.ensure_running()
    finally:
        socket_folder.rmdir()


# The programs


def nothing_but(*folders: Path) -> Callable[[], list[Path]]:
    return lambda: list(folders)


def wheel_folder() -> Path:
    return next(iter(programs.places()))


def system_folder() -> Path:
    for folder in programs.places(wheel="no_such_package"):
        if (folder / "initdb").exists():
            return folder
    pytest.skip("this system has no PostgreSQL beside the wheel")


def test_the_wheels_programs_come_first(cluster: Cluster):
    cluster.ensure_running()
    executable = Path(f"/proc/{server_number(cluster)}/exe").resolve()
    assert executable == wheel_folder().resolve() / "postgres"


def test_without_the_wheel_the_systems_programs_serve_and_go_on_with_their_data(place: Path):
    expected = system_folder()
    cluster = Cluster(
        place / "pg", durable=False, places=partial(programs.places, wheel="no_such_package")
    )
    cluster.ensure_running()
    executable = Path(f"/proc/{server_number(cluster)}/exe").resolve()
    assert executable == expected.resolve() / "postgres"
    assert ask(cluster, "SELECT lower('ŁĄKA')") == "łąka"
    major = ask(cluster, "SELECT current_setting('server_version_num')::int / 10000")
    cluster.stop()
    with_wheel = Cluster(place / "pg", durable=False)
    with_wheel.ensure_running()
    assert ask(with_wheel, "SELECT current_setting('server_version_num')::int / 10000") == major


def test_without_any_programs_the_error_says_what_to_do(place: Path):
    nowhere = partial(programs.places, wheel="no_such_package", path="", root=place)
    with pytest.raises(ServerError) as error:
        Cluster(place / "pg", places=nowhere).ensure_running()
    assert str(error.value) == (
        "PostgreSQL was not found: install the requirements (they bring PostgreSQL along), or "
        "install PostgreSQL 15 or newer with your package manager, or set DATABASE_URL to a "
        "server of yours."
    )


def test_data_of_another_major_version_are_kept_and_the_error_says_what_to_do(cluster: Cluster):
    version = cluster.folder / "data/PG_VERSION"
    version.write_text("14\n")
    with pytest.raises(
        ServerError, match=r"was made by PostgreSQL 14.*: install PostgreSQL 14, or"
    ):
        cluster.ensure_running()
    assert version.read_text() == "14\n"


def test_programs_without_the_executable_bit_are_copied_not_changed(cluster: Cluster, place: Path):
    installed = place / "pginstall"
    shutil.copytree(wheel_folder().parent, installed)
    for program in (installed / "bin").iterdir():
        program.chmod(0o644)
    Cluster(cluster.folder, False, nothing_but(installed / "bin")).ensure_running()
    assert ask(cluster, "SELECT 1") == 1
    assert (installed / "bin/postgres").stat().st_mode & 0o777 == 0o644


# Many processes


def test_four_processes_on_a_fresh_folder_share_one_server(place: Path):
    users = [start_user(place / "pg") for _ in range(4)]
    lines = {line_of(user) for user in users}
    assert [end(user) for user in users] == [0, 0, 0, 0]
    assert len(lines) == 1
    assert lines != {""}


def test_the_last_one_out_stops_the_server(cluster: Cluster):
    first = start_user(cluster.folder)
    started = line_of(first)
    second = start_user(cluster.folder)
    assert line_of(second) == started
    assert end(first) == 0
    assert is_up(cluster)
    assert end(second) == 0
    assert not is_up(cluster)


def test_a_killed_user_does_not_keep_the_server_up(cluster: Cluster):
    killed, last = start_user(cluster.folder), start_user(cluster.folder)
    assert line_of(killed) == line_of(last)
    killed.kill()
    end(killed)
    assert is_up(cluster)
    end(last)
    assert not is_up(cluster)


def test_leaving_while_the_next_one_comes_never_fails(cluster: Cluster):
    user = start_user(cluster.folder)
    for _ in range(4):
        assert line_of(user)
        successor = start_user(cluster.folder)
        assert end(user) == 0
        user = successor
    assert line_of(user)
    assert end(user) == 0
    assert not is_up(cluster)


def test_a_forked_child_neither_stops_the_server_nor_keeps_its_parents_share(cluster: Cluster):
    code = USER.replace(
        "sys.stdin.read()",
        "import os\n"
        "if os.fork():\n    os.wait(); sys.stdin.read(); sys.exit()\n"
        "print('child', flush=True)\n",
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, cluster.folder],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert line_of(parent)
    assert line_of(parent) == "child"
    assert is_up(cluster)
    end(parent)
    assert not is_up(cluster)


def test_the_terminals_interrupt_does_not_reach_the_server(cluster: Cluster):
    cluster.ensure_running()
    assert os.getsid(server_number(cluster)) != os.getsid(0)


# Kills


def kill_server(cluster: Cluster) -> int:
    number = server_number(cluster)
    os.kill(number, signal.SIGKILL)
    return number


def test_a_killed_server_comes_back_with_all_that_was_committed(cluster: Cluster):
    cluster.ensure_running()
    with connect(cluster) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    kill_server(cluster)
    cluster.ensure_running()
    assert ask(cluster, "SELECT count(*) FROM kept") == 1000


def test_a_busy_orphan_of_a_killed_server_is_waited_for(cluster: Cluster):
    """Until the last process of the old server has ended, a new one would corrupt the data."""
    cluster.ensure_running()
    connection = connect(cluster)
    connection.execute("SET statement_timeout = 0")
    connection.pgconn.send_query(
        b"DO $$ BEGIN FOR i IN 1..30000000 LOOP END LOOP; END $$"  # a second without a pause
    )
    time.sleep(0.1)
    kill_server(cluster)
    cluster.ensure_running()
    assert ask(cluster, "SELECT 1") == 1
    connection.close()


def test_a_stale_number_that_another_process_has_by_now(cluster: Cluster):
    """Were it believed, PostgreSQL would refuse to start."""
    sleeper = subprocess.Popen(["sleep", "60"])
    stale = f"{sleeper.pid}\n{cluster.folder}/data\n{int(time.time())}\n5432\n{cluster.folder}\n"
    (cluster.folder / "data/postmaster.pid").write_text(stale)
    with socket.socket(socket.AF_UNIX) as leftover:
        leftover.bind(str(cluster.folder / ".s.PGSQL.5432"))
    (cluster.folder / ".s.PGSQL.5432.lock").write_text(stale)
    cluster.ensure_running()
    assert ask(cluster, "SELECT 1") == 1
    assert sleeper.poll() is None
    sleeper.kill()
    sleeper.wait()


def test_a_folder_half_made_is_made_anew(place: Path):
    cluster = Cluster(place / "pg", durable=False)
    half = cluster.folder / "data.making"
    (half / "base").mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    cluster.ensure_running()
    assert ask(cluster, "SELECT current_database()") == "bespoke"
    assert not half.exists()


def test_a_starter_killed_at_any_moment_leaves_a_folder_that_starts(place: Path):
    for after in (0.4, 0.8):
        starter = start_user(place / "pg")
        time.sleep(after)
        starter.kill()
        end(starter)
    cluster = Cluster(place / "pg", durable=False)
    cluster.ensure_running()
    assert ask(cluster, "SELECT current_database()") == "bespoke"


def test_a_server_that_cannot_start_says_why(cluster: Cluster):
    (cluster.folder / "data/postgresql.auto.conf").write_text("shared_buffers = 'much'\n")
    with pytest.raises(ServerError, match=r'parameter "shared_buffers": "much"(.|\n)*DATABASE_URL'):
        cluster.ensure_running()


def test_personal_data_of_failing_statements_stay_out_of_the_log(cluster: Cluster):
    cluster.ensure_running()
    with connect(cluster) as connection:
        connection.execute("CREATE TABLE people (email text PRIMARY KEY, age integer)")
        for age in ("1", "2", "secret@example.com"):
            with suppress(psycopg.Error):
                connection.execute(
                    "INSERT INTO people VALUES ('secret@example.com', %s::text::integer)", [age]
                )
    cluster.stop()
    logs = [file.read_text() for file in (cluster.folder / "data/log").iterdir()]
    assert logs
    assert not [log for log in logs if "secret" in log]


# Through Django


def manage(code: str, state: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=ROOT,
        env=os.environ | {"DEBUG": "1", "STATE_DIR": str(state)} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip().splitlines()[-1]


WHERE = """
from django.db import connection
def where():
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        return cursor.fetchone()[0]
"""


def test_database_url_replaces_the_embedded_server(cluster: Cluster, place: Path):
    cluster.ensure_running()
    url = f"postgres://bespoke@/bespoke?host={cluster.folder}"
    answer = manage(WHERE + "print(where())", place / "state", DATABASE_URL=url)
    assert answer == str(cluster.folder / "data")
    assert not (place / "state" / "postgres").exists()


def test_a_command_starts_the_server_heals_it_and_stops_it(made: Path, place: Path):
    folder = shutil.copytree(made, place / "state" / "postgres")
    heal = (
        WHERE
        + """
import os, signal
print(where())
connection.close()
with open(where() + "/postmaster.pid") as file:
    os.kill(int(file.readline()), signal.SIGKILL)
connection.close()
print(where())
"""
    )
    assert manage(heal, place / "state", DATABASE_URL="") == str(folder / "data")
    assert not is_up(Cluster(folder))
