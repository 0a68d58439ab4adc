"""Whom an offer is for, told by number to those who may not see which."""

from collections.abc import Container

from customers.admin.target_rights import unnamed
from promotions.composition import Aims


def hidden_targets(aims: Aims, seen: Container[str]) -> list[str]:
    """`seen` are the kinds that the user may be told by name; of the others, how many."""
    targets = {"groups": aims.groups, "audiences": aims.audiences}
    return [unnamed(kind, len(rows)) for kind, rows in targets.items() if rows and kind not in seen]
