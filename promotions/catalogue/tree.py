"""The tree of categories, read in one recursive query."""

from collections.abc import Iterable

from django.db import connection

HOLD = "LOCK TABLE promotions_category IN SHARE ROW EXCLUSIVE MODE"

ANCESTORS = """
    WITH RECURSIVE above (start, id, parent_id, depth) AS (
        SELECT id, id, parent_id, 0 FROM promotions_category WHERE id = ANY(%s)
        UNION ALL
        SELECT start, category.id, category.parent_id, depth + 1
        FROM above JOIN promotions_category AS category ON category.id = above.parent_id
    )
    SELECT start, array_agg(id ORDER BY depth) FROM above GROUP BY start
"""

DESCENDANTS = """
    WITH RECURSIVE below (id) AS (
        SELECT id FROM promotions_category WHERE id = ANY(%s)
        UNION
        SELECT category.id
        FROM below JOIN promotions_category AS category ON category.parent_id = below.id
    )
    SELECT id FROM below
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


def hold() -> None:
    """Nobody else adds, moves or deletes a category until the transaction ends.

    For whoever moves one, before the look at the tree: of two moves that don't see each other,
    each can be right and both together a cycle.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD)
