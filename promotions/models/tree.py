"""What keeps the categories a tree, whoever writes them and however many at once."""

import pgtrigger

# Up from each row that the statement wrote; UNION, not UNION ALL, so that it ends in a cycle.
REFUSE_CYCLES = """
    IF EXISTS (
        WITH RECURSIVE above (start, id) AS (
            SELECT id, parent_id FROM written WHERE parent_id IS NOT NULL
            UNION
            SELECT start, category.parent_id
            FROM above JOIN promotions_category AS category ON category.id = above.id
            WHERE category.parent_id IS NOT NULL
        )
        SELECT FROM above WHERE id = start
    ) THEN
        RAISE EXCEPTION 'A category can''t be below itself.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'category_no_cycle';
    END IF;
    RETURN NULL;
"""


def refuses_cycles() -> tuple[pgtrigger.Trigger, ...]:
    """Triggers that look once a statement, so that an import pays for one look.

    Two who move branches at once don't see each other's move. But by now both have moved the
    version of the categories, a row that only one transaction at a time can change: the second
    comes here when the first is done, and sees what it did.
    """
    return tuple(
        pgtrigger.Trigger(
            name=f"category_no_cycle_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(new="written"),
            func=REFUSE_CYCLES,
        )
        for name, operation in (("insert", pgtrigger.Insert), ("update", pgtrigger.Update))
    )
