"""As which user the server runs: PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.postgres.programs import Programs, ServerError

NOT_ROOT_INSIDE = ("unshare", "--user", "--map-user=65534", "--map-group=65534", "--")


@dataclass(frozen=True)
class Account:
    """Who owns the server's files, and how its programs are started."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def run(self, command: Sequence[str], **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a program of the server's; PG* variables of the caller don't reach it."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_"))}
        if os.geteuid() == 0 and not self.prefix:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(
            [*self.prefix, *command],
            env=environment | {"LC_ALL": "C"},
            text=True,
            check=False,
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


def choose(folder: Path, candidates: Sequence[Programs]) -> tuple[Account, Programs]:
    """The account and programs that really work in `folder`, found by trying them."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid()), candidates[0]
    for account in _accounts_for_root(folder):
        account.take(folder)
        for programs in candidates:
            reach = 'test -w . && exec "$0" --version'
            if account.can(["/bin/sh", "-c", reach, programs["postgres"]], cwd=folder):
                return account, programs
    raise ServerError(
        "PostgreSQL does not run as root, and neither a user namespace (unshare) nor an "
        f"unprivileged user reaches both {folder} and {candidates[0].folder}: run this as an "
        "ordinary user, or choose a STATE_DIR that every user can enter, or set DATABASE_URL."
    )


def _accounts_for_root(folder: Path) -> Iterator[Account]:
    owner, nobody = folder.stat(), pwd.getpwnam("nobody")
    if owner.st_uid not in (0, nobody.pw_uid):
        # Root helps out in somebody's folder: it stays theirs.
        yield Account(owner.st_uid, owner.st_gid)
        return
    mapped = Account(0, 0, NOT_ROOT_INSIDE)
    if mapped.can(["true"]):
        yield mapped
    yield Account(nobody.pw_uid, nobody.pw_gid)
