from typing import Any


def may_post(user: Any) -> bool:
    """Whether somebody may credit, debit and undo: only who also sees what came of it."""
    return bool(user.has_perms(["loyalty.add_batch", "loyalty.view_batch"]))
