"""Where the programs come from: the wheel, the system, or nowhere."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from config.postgres import Cluster, ServerError, programs
from tests.config.postgres.servers import ask, server_number


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
