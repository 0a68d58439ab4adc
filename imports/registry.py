"""What can be imported and exported: each app registers its types once, in its imports.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from imports.resources import BulkChange, BulkResource

T = TypeVar("T", bound="type[BulkChange]")
registered: dict[str, BulkChange] = {}


def register(kind: T) -> T:
    """A class decorator."""
    registered[kind.slug] = kind()
    return kind


def get(slug: str) -> BulkChange:
    """The type of that name. Raises KeyError."""
    return registered[slug]


def importable() -> list[BulkResource]:
    """Every type that takes a file, in the order of their titles."""
    kinds = [kind for kind in registered.values() if kind.takes_file]
    return sorted(kinds, key=lambda kind: str(kind.title))  # type: ignore[return-value]
