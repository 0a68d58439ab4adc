"""Many processes, one server: the last one out stops it."""

import os
import subprocess
import sys
from pathlib import Path

from config.postgres import Cluster
from tests.config.postgres.servers import (
    ROOT,
    USER,
    end,
    is_up,
    line_of,
    server_number,
    start_user,
)


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


def start_forking_user(cluster: Cluster, *, parent: str, child: str) -> subprocess.Popen[str]:
    fork = f"import os\nif os.fork():\n    {parent}\nelse:\n    {child}"
    return subprocess.Popen(
        [sys.executable, "-c", USER.replace("sys.stdin.read()", fork), cluster.folder],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_forked_child_that_ends_leaves_the_server_to_its_parent(cluster: Cluster):
    user = start_forking_user(
        cluster,
        parent="os.wait(); print('alone', flush=True); sys.stdin.read()",
        child="sys.exit()",
    )
    assert line_of(user)
    assert line_of(user) == "alone"
    assert is_up(cluster)
    end(user)
    assert not is_up(cluster)


def test_a_forked_child_that_outlives_its_parent_is_the_last_one_out(cluster: Cluster):
    user = start_forking_user(cluster, parent="sys.exit()", child="sys.stdin.read()")
    assert line_of(user)
    user.wait()
    assert is_up(cluster)
    end(user)
    assert not is_up(cluster)


def test_the_terminals_interrupt_does_not_reach_the_server(cluster: Cluster):
    cluster.ensure_running()
    assert os.getsid(server_number(cluster)) != os.getsid(0)
