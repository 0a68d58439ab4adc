"""The tree of categories, read in one recursive query."""

from collections.abc import Iterable

from django.db import connection

MOST_LEVELS = 20
"""Kept to by forms and imports, since a tree that is read up from each category costs as much as
it has categories times levels. No shop has half as many; a file with a slip in it soon has.
"""
HOLD = "LOCK TABLE promotions_category IN SHARE ROW EXCLUSIVE MODE"

ABOVE = """
    WITH RECURSIVE above (start, id, name, parent_id, depth) AS (
        SELECT id, id, name, parent_id, 0 FROM promotions_category WHERE id = ANY(%s)
        UNION ALL
        SELECT start, category.id, category.name, category.parent_id, depth + 1
        FROM above JOIN promotions_category AS category ON category.id = above.parent_id
    )
"""
ANCESTORS = f"{ABOVE} SELECT start, array_agg(id ORDER BY depth) FROM above GROUP BY start"
PATHS = f"{ABOVE} SELECT start, array_agg(name ORDER BY depth DESC) FROM above GROUP BY start"

DESCENDANTS = """
    WITH RECURSIVE below (id) AS (
        SELECT id FROM promotions_category WHERE id = ANY(%s)
        UNION
        SELECT category.id
        FROM below JOIN promotions_category AS category ON category.parent_id = below.id
    )
    SELECT id FROM below
"""
LEVELS = """
    WITH RECURSIVE below (id, level) AS (
        SELECT id, 1 FROM promotions_category WHERE id = %s
        UNION
        SELECT category.id, level + 1
        FROM below JOIN promotions_category AS category ON category.parent_id = below.id
    )
    SELECT coalesce(max(level), 0) FROM below
"""


def ancestors(category_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Of each category its own id first, then its parent's and so on up to the root.

    Ids that no category has are left out. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(ANCESTORS, [list(category_ids)])
        return {start: tuple(path) for start, path in cursor.fetchall()}


def descendants(category_ids: Iterable[int]) -> set[int]:
    """These categories and all below them; ids that no category has are left out. One query."""
    with connection.cursor() as cursor:
        cursor.execute(DESCENDANTS, [list(category_ids)])
        return {category_id for (category_id,) in cursor.fetchall()}


def levels(category_id: int) -> int:
    """Of the branch: 1 if nothing is below the category, 0 if there is none. One query."""
    with connection.cursor() as cursor:
        cursor.execute(LEVELS, [category_id])
        return int(cursor.fetchone()[0])


def hold() -> None:
    """Nobody else adds, moves or deletes a category until the transaction ends.

    For who looks at the whole tree before changing it, so that what was found stays true. That
    there is never a cycle, the database sees to (promotions/models/tree.py).
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD)


def paths(category_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Of each category the names from the root down to its own. One query."""
    with connection.cursor() as cursor:
        cursor.execute(PATHS, [list(category_ids)])
        return {start: tuple(names) for start, names in cursor.fetchall()}
