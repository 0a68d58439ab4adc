"""The cluster's folder and the folder of its socket: both private, since whoever gets in is in."""

import hashlib
import os
import re
from pathlib import Path

from config.postgres.programs import ServerError

LONGEST_SOCKET_FOLDER = 88  # bytes: macOS allows 103 for the socket's whole name, Linux 107


def socket_folder(folder: Path) -> Path:
    """The cluster's own folder, unless its name is too long or too odd for a socket."""
    name = str(folder)
    if re.fullmatch(r"[\w/.+-]+", name, re.ASCII) and len(name) <= LONGEST_SOCKET_FOLDER:
        return folder
    digest = hashlib.sha256(os.fsencode(name)).hexdigest()[:24]
    # Not $TMPDIR: all processes must find the same, and it may be long itself.
    return Path("/tmp") / f"bespoke-{digest}"  # noqa: S108


def prepare(folder: Path) -> None:
    """Make both folders if they are missing; raises `ServerError` if they cannot be trusted."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    else:
        if os.geteuid() == 0:
            # Root in somebody's checkout leaves files that its owner can go on using.
            parent = folder.parent.stat()
            os.chown(folder, parent.st_uid, parent.st_gid)
    if socket_folder(folder) != folder:
        _prepare_apart(socket_folder(folder), owner=folder.stat().st_uid)


def _prepare_apart(folder: Path, *, owner: int) -> None:
    """Anybody may have put something under this name before."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if found.st_mode & 0o170777 != 0o040700 or found.st_uid not in (os.geteuid(), owner):
            raise ServerError(
                f"{folder} is not a private folder of yours: have it removed, or choose a "
                "STATE_DIR with a shorter path."
            ) from None
