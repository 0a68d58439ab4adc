"""Our own programs as real processes that work on the test's database and files."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection

MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]


def environment(folder: Path) -> dict[str, str]:
    """The environment of a process whose private files are the test's; `folder` is its own."""
    private = folder / "private"
    if not private.is_symlink():
        private.symlink_to(storages["private"].location)
    place = connection.settings_dict
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{place['USER']}@/{place['NAME']}?host={place['HOST']}",
        "DEBUG": "1",
        "SECRET_KEY": "only-for-tests",
        "STATE_DIR": str(folder),
    }
