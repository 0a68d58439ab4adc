"""As which user the server runs."""

import os
import pwd
from pathlib import Path

import pytest

from config.postgres import Cluster, ServerError
from tests.config.postgres.servers import (
    as_user,
    server_number,
    use_once,
)

STRANGER = 48211  # a user id without a name, as in many containers
DAEMON = pwd.getpwnam("daemon").pw_uid

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="changing the user needs root")


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
