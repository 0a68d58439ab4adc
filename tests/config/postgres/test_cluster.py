"""A server from a folder: on a private socket, quiet about personal data."""

import shutil
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from config.postgres import Cluster, ServerError
from tests.config.postgres.servers import ask, connect


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
