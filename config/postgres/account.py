"""As which user the server runs: PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.postgres.programs import Programs, ServerError

# In it the user is "nobody", outside who they were.
NAMESPACE = ("unshare", "--user", "--map-user=65534", "--map-group=65534", "--")


@dataclass(frozen=True)
class Account:
    """Who owns the server's files, and how its programs are started.

    All of them inherit `lock`, so that it is held while any of them lives, whatever became of us.
    """

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()
    lock: int | None = None

    def run(self, command: Sequence[str], **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a program of the server's; PG* variables of the caller don't reach it."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_"))}
        if os.geteuid() != self.uid:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(
            [*self.prefix, *command],
            env=environment | {"LC_ALL": "C"},
            text=True,
            check=False,
            pass_fds=() if self.lock is None else (self.lock,),
            **options,
        )

    def can(self, command: Sequence[str], **options: Any) -> bool:
        """Whether the command runs and succeeds under this account."""
        try:
            return self.run(command, capture_output=True, **options).returncode == 0
        except OSError:
            return False

    def take(self, folder: Path) -> None:
        """Make the folder, with all that is in it, this account's."""
        if folder.stat().st_uid == self.uid:
            return
        for parent, _, names in os.walk(folder, topdown=False):
            for name in (*names, "."):
                os.chown(Path(parent) / name, self.uid, self.gid, follow_symlinks=False)


def choose(folder: Path, candidates: Sequence[Programs], lock: int) -> tuple[Account, Programs]:
    """The account and programs that really work in `folder`, found by trying them."""
    for account in _accounts(folder.stat(), lock):
        if not account.can(["/bin/sh", "-c", "true"]):
            continue
        account.take(folder)
        for programs in candidates:
            reach = 'test -w "$1" && exec "$0" --version'
            if account.can(["/bin/sh", "-c", reach, programs["postgres"], str(folder)]):
                return account, programs
    if os.geteuid() == 0:
        trouble = "PostgreSQL does not run as root, and no other user, nor a namespace (unshare),"
        remedy = "run this as an ordinary user, or choose a STATE_DIR that every user can enter"
    else:
        trouble = f"User {os.geteuid()} without a name (/etc/passwd), nor a namespace (unshare),"
        remedy = "run this as a user with a name"
    raise ServerError(
        f"{trouble} reaches both {folder} and {candidates[0].folder}: {remedy}, "
        "or set DATABASE_URL to a server of yours."
    )


def _accounts(owner: os.stat_result, lock: int) -> Iterator[Account]:
    """Worth trying, best first. Root in somebody's folder leaves it theirs."""
    nobody = pwd.getpwnam("nobody")
    if owner.st_uid not in (0, nobody.pw_uid) and _has_name(owner.st_uid):
        yield Account(owner.st_uid, owner.st_gid, lock=lock)
    elif owner.st_uid not in (0, nobody.pw_uid):
        # PostgreSQL wants its user's name, which containers often lack; inside it is "nobody".
        yield Account(owner.st_uid, owner.st_gid, NAMESPACE, lock)
    elif os.geteuid() == 0:
        yield Account(0, 0, NAMESPACE, lock)
        yield Account(nobody.pw_uid, nobody.pw_gid, lock=lock)
    else:
        yield Account(owner.st_uid, owner.st_gid, lock=lock)


def _has_name(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid).pw_name)
    except KeyError:
        return False
