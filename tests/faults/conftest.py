"""The prepared site: made once, undisturbed results included, and copied for each test."""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from config.postgres import Cluster
from imports import jobs, worker
from tests.faults import scenario
from tests.faults.site import Site, tables


@pytest.fixture(scope="session")
def shared() -> Iterator[Path]:
    """A folder for all processes of this run of pytest, that other users can enter."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir(), f"bespoke-faults-{run}")
    folder.mkdir(exist_ok=True)
    with (folder / "users.lock").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        yield folder
        with suppress(BlockingIOError):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder)


@pytest.fixture(scope="session")
def prepared(shared: Path, django_db_blocker: DjangoDbBlocker) -> Path:
    """A stopped site, with what its import, undo and withdrawal yield undisturbed. Made once."""
    with (shared / "prepared.lock").open("w") as lock, django_db_blocker.unblock():
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "prepared/results.json").exists():
            _prepare(shared / "prepared")
    return shared / "prepared"


@pytest.fixture
def undisturbed(prepared: Path) -> dict[str, Any]:
    return json.loads((prepared / "results.json").read_text())


@pytest.fixture
def site(shared: Path, prepared: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """A copy of the prepared site, on whose database this process works too."""
    folder = Path(tempfile.mkdtemp(dir=shared))
    folder.chmod(0o755)
    shutil.copytree(prepared / "postgres", folder / "postgres")
    # Both know the uploads by the same names.
    private = Path(storages["private"].location)
    private.mkdir(parents=True, exist_ok=True)
    (folder / "private").symlink_to(private)
    site = Site(folder, list=prepared / "list.csv")
    with django_db_blocker.unblock(), _connected(site.cluster):
        yield site
        site.end()
    shutil.rmtree(folder)


def _prepare(folder: Path) -> None:
    folder.mkdir()
    with _connected(Cluster(folder / "postgres")) as cluster:
        call_command("migrate", verbosity=0)
        scenario.populate(folder / "list.csv")
        connection.close()
        cluster.stop()
        shutil.copytree(folder / "postgres", folder / "untouched")
        results = _undisturbed(folder / "list.csv")
        connection.close()
        cluster.stop()
        shutil.rmtree(folder / "postgres")
        (folder / "untouched").rename(folder / "postgres")
    (folder / "results.json").write_text(json.dumps(results))


def _undisturbed(file: Path) -> dict[str, Any]:
    results: dict[str, Any] = {"before": tables()}
    job = scenario.done(file)
    results |= {"imported": tables(), "report": scenario.report(job)}
    withdrawal = scenario.begin_withdrawal("cakes")
    worker.apply(withdrawal.pk)
    results |= {"withdrawn": tables(), "withdrawal": scenario.report(withdrawal)}
    jobs.undo(withdrawal, in_background=False)
    worker.undo(withdrawal.pk)
    assert tables() == results["imported"]
    jobs.undo(job, in_background=False)
    worker.undo(job.pk)
    assert tables() == results["before"]
    return results


@contextmanager
def _connected(cluster: Cluster) -> Iterator[Cluster]:
    """This process works on another cluster than the one of the tests."""
    kept = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(cluster.connection_settings())
    before, configured.EMBEDDED_POSTGRES = configured.EMBEDDED_POSTGRES, cluster
    try:
        yield cluster
    finally:
        connection.close()
        connection.settings_dict.update(kept)
        configured.EMBEDDED_POSTGRES = before
