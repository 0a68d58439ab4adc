"""What can be imported and exported: each app registers its types once, in its imports.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser
    from django.utils.functional import Promise

    from imports.resources import BulkChange, BulkResource

T = TypeVar("T", bound="type[BulkChange]")
registered: dict[str, BulkChange] = {}
other_exports: dict[str, str | Promise] = {}
"""Titles of what is exported past the types, by what its records have for a type."""


def register(kind: T) -> T:
    """A class decorator."""
    registered[kind.slug] = kind()
    return kind


def get(slug: str) -> BulkChange:
    """The type of that name. Raises KeyError."""
    return registered[slug]


def importable() -> list[BulkResource]:
    """Every type that takes a file, in the order of their titles."""
    kinds = [cast("BulkResource", kind) for kind in registered.values() if kind.takes_file]
    return sorted(kinds, key=lambda kind: str(kind.title))


def importable_by(user: AbstractUser | AnonymousUser) -> list[BulkResource]:
    return [kind for kind in importable() if user.has_perm(kind.permission)]


def exportable_by(user: AbstractUser | AnonymousUser) -> list[BulkResource]:
    kinds = [kind for kind in importable() if kind.export_permission]
    return [kind for kind in kinds if user.has_perm(kind.export_permission)]


def runnable_by(user: AbstractUser | AnonymousUser) -> list[BulkChange]:
    """Every type, with or without a file, whose jobs this user may start, see and undo."""
    return [kind for kind in registered.values() if user.has_perm(kind.permission)]
