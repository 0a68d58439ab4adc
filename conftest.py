"""Shared by all tests: real PostgreSQL, real files in a folder that is emptied, a real browser."""

import gc
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from playwright.sync_api import BrowserContext, expect
from pytest_django import DjangoDbBlocker, Settings
from pytest_playwright import CreateContextCallback

from tests import emptying, template
from tests.patience import PATIENCE

# Playwright runs an event loop in the thread in which the tests use the ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A shell that runs the suite in the background ignores Ctrl-C for all that it starts; the programs
# that tests start and stop must not inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

expect.set_options(timeout=PATIENCE * 1000)

# Of the processes that the suite starts, the first compiles what all the others load.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Without what draws windows it takes a third of the time.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser")
NO_CHROMIUM = "no Chromium found: install Debian's chromium-headless-shell"
CHROMIUM = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()) and CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never in what was imported: it took a tenth of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
    }


@pytest.fixture
def new_context(new_context: CreateContextCallback) -> CreateContextCallback:
    """Of which `context` and `page` are made, too."""

    def patient(**options: Any) -> BrowserContext:
        made = new_context(**options)
        made.set_default_timeout(PATIENCE * 1000)
        return made

    return patient


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Settings) -> None:
    """Pictures of a test live in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request leaves its language active; the next test begins with English."""
    with translation.override("en"):
        yield


@pytest.fixture
def no_attempts_yet(db: None) -> None:
    """Attempts are counted from here on, whatever other tests tried."""
    cache.clear()


@pytest.fixture
def replica(db: None) -> None:
    """For tests that play a replica, which ordinary users of a server may not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        if cursor.fetchone() != (True,):
            pytest.skip("the tests' database user may not set session_replication_role")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_keepdb: bool, django_db_blocker: DjangoDbBlocker
) -> None:
    """Let this worker's database be a copy of what one of them migrated."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template.migrated(keep=django_db_keepdb)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let tests that commit be cleaned up after quickly; close what is left open in the end.

    What killed programs and ended threads left open would keep the database from being dropped.
    """
    with django_db_blocker.unblock():
        emptying.content_as_migrated()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptying.empty)
        yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND usename = current_user"
        )
