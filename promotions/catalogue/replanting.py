"""What a file makes of the tree of categories: which lines would not leave it a tree.

Categories are nodes: by their id, or by the negative number of the line that would create them.
"""

from django.utils.translation import gettext as _

from imports.errors import Refused
from imports.runs import Run
from promotions.catalogue.references import unused
from promotions.catalogue.tree import MOST_LEVELS
from promotions.models import Category


def plan(run: Run, *, moves: bool) -> None:
    """Reject the lines of {told} that can't be taken; make {new} and {changed} of the rest.

    {new} has line, external_id, name, parent; {changed} id, name, parent as they will be, of
    categories that will differ; parents are nodes. `moves` is whether the file says parents.

    A line below one that is refused for a cycle is refused as well. So every line that is taken
    hangs by taken lines on the top, and what hangs on other lines stays where it was, which is
    no cycle either. Raises Refused for a tree of too many levels: such a file has a slip in it.
    """
    run.make("wanted", WANTED, moves=moves)
    run.reject("SELECT line, 'no_name' FROM {wanted} WHERE id IS NULL AND name IS NULL")
    run.make("orphans", ORPHANS)
    run.reject("SELECT line, 'unknown_parent' FROM {wanted} JOIN {orphans} USING (node)")
    run.make("good", GOOD)
    run.define("planned", PLANNED)
    run.make("reached", REACHED)
    _refuse_too_deep(run)
    run.reject(f"SELECT line, 'cycle' FROM {{good}} AS good WHERE NOT {IS_REACHED}")
    run.make(
        "new",
        "SELECT line, external_id, name, parent_node AS parent FROM {good} AS good"
        f" WHERE id IS NULL AND {IS_REACHED}",
    )
    run.make("changed", CHANGED)


def _refuse_too_deep(run: Run) -> None:
    line, number = run.one(TOO_DEEP)
    if number:
        where = _("Line %(line)s is too far down.") % {"line": line} if line else ""
        told = _(
            "The tree would have more than %(most)s levels. See whether Parent names the category"
            " above, and not just the one in the line above."
        )
        raise Refused(f"{told % {'most': MOST_LEVELS}} {where}".strip())


def plan_to_go_back(run: Run) -> None:
    """Make {reached}: the nodes that hang on the top if all of {was} go back."""
    run.define("planned", PLANNED_BACK)
    run.make("reached", REACHED)


def keep_what_holds_others(run: Run) -> None:
    """Take out of {made} what was created and has a category below it that stays."""
    table = Category._meta.db_table
    run.execute(KEEP.format(unused=unused("category", Category, but=table)))


# Where the file has no parents, stored categories stay where they are, and new ones are on top.
WANTED = (
    "SELECT told.line, told.external_id, told.name, own.id,"
    " CASE WHEN own.id IS NULL THEN -told.line ELSE own.id END AS node,"
    " CASE WHEN %(moves)s THEN told.parent END AS parent,"
    " CASE WHEN NOT %(moves)s THEN own.parent_id"
    " WHEN above.id IS NULL THEN -first.line ELSE above.id END AS parent_node"
    " FROM {told} AS told LEFT JOIN promotions_category AS own USING (external_id)"
    " LEFT JOIN promotions_category AS above ON above.external_id = told.parent"
    " LEFT JOIN {told} AS first ON first.external_id = told.parent"
)

# Whose parent won't be there; a category that is stored will, whatever its line says.
ORPHANS = (
    "WITH RECURSIVE orphan (node) AS ("
    "SELECT node FROM {wanted} WHERE parent IS NOT NULL AND parent_node IS NULL"
    " UNION SELECT -line FROM {wanted} WHERE id IS NULL AND name IS NULL"
    " UNION SELECT wanted.node FROM orphan JOIN {wanted} AS wanted"
    " ON wanted.parent_node = orphan.node WHERE orphan.node < 0)"
    " SELECT node FROM orphan WHERE node NOT IN"
    " (SELECT -line FROM {wanted} WHERE id IS NULL AND name IS NULL)"
)

GOOD = (
    "SELECT * FROM {wanted} WHERE (id IS NOT NULL OR name IS NOT NULL)"
    " AND node NOT IN (SELECT node FROM {orphans})"
)

PLANNED = (
    "SELECT stored.id AS node, CASE WHEN good.node IS NULL THEN stored.parent_id"
    " ELSE good.parent_node END AS parent FROM promotions_category AS stored"
    " LEFT JOIN {good} AS good ON good.node = stored.id"
    " UNION ALL SELECT node, parent_node FROM {good} WHERE id IS NULL"
)

PLANNED_BACK = (
    "SELECT stored.id AS node, CASE WHEN was.id IS NULL THEN stored.parent_id"
    " ELSE was.parent_id END AS parent FROM promotions_category AS stored"
    " LEFT JOIN {was} AS was ON was.id = stored.id"
)

# With those on the first level that is too many.
REACHED = (
    "WITH RECURSIVE planned AS MATERIALIZED (SELECT * FROM {planned} AS planned), reached AS ("
    "SELECT node, 1 AS level FROM planned WHERE parent IS NULL"
    " UNION ALL SELECT planned.node, level + 1 FROM reached"
    f" JOIN planned ON planned.parent = reached.node WHERE level <= {MOST_LEVELS})"
    " SELECT node, level FROM reached"
)

TOO_DEEP = (
    "SELECT min(good.line), count(*) FROM {reached} AS reached LEFT JOIN {good} AS good"
    f" USING (node) WHERE level > {MOST_LEVELS}"
)

IS_REACHED = "EXISTS (SELECT FROM {reached} AS reached WHERE reached.node = good.node)"

CHANGED = (
    "SELECT stored.id, coalesce(good.name, stored.name) AS name, good.parent_node AS parent"
    " FROM {good} AS good JOIN promotions_category AS stored ON stored.id = good.id"
    f" WHERE {IS_REACHED} AND (good.name <> stored.name"
    " OR good.parent_node IS DISTINCT FROM stored.parent_id)"
)

KEEP = (
    "UPDATE {{made}} SET same = false WHERE id IN (WITH RECURSIVE kept (id) AS ("
    "SELECT category.parent_id FROM promotions_category AS category"
    " LEFT JOIN {{made}} AS made ON made.id = category.id AND same AND part = 'created'"
    " WHERE category.parent_id IS NOT NULL AND (made.id IS NULL OR NOT ({unused}))"
    " UNION SELECT category.parent_id FROM kept JOIN promotions_category AS category"
    " ON category.id = kept.id WHERE category.parent_id IS NOT NULL) SELECT id FROM kept)"
)
