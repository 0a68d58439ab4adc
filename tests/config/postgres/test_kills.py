"""Killed servers, starters and half-made folders."""

import socket
import subprocess
import time
from pathlib import Path

from config.postgres import Cluster
from tests.config.postgres.servers import ask, connect, end, is_up, kill_server, start_user
from tests.patience import PATIENCE


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


def test_a_kept_server_comes_back_without_being_asked_for(cluster: Cluster):
    """As for a worker, whose pool connects on its own."""
    cluster.keep_running()
    kill_server(cluster)
    deadline = time.monotonic() + PATIENCE
    while not is_up(cluster) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert is_up(cluster)
