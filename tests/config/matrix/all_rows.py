"""All tables together, and what is missing in them."""

from os.path import commonprefix

from tests.config.matrix import (
    account,
    api,
    backoffice_customers,
    backoffice_imports,
    backoffice_loyalty,
    backoffice_offers,
    backoffice_promotions,
    backoffice_site,
    others,
)
from tests.config.matrix.routes import operations, routes
from tests.config.matrix.tables import rows_of

AREAS = [
    *(account, api, others),
    *(backoffice_site, backoffice_imports, backoffice_customers),
    *(backoffice_promotions, backoffice_offers, backoffice_loyalty),
]
ROWS = [row for area in AREAS for row in rows_of(area)]


def lines_to_add() -> list[str]:
    """For each method of a route that has no row, the line and the file it belongs to."""
    known = {f"{row.method} {row.pattern}" for row in ROWS}
    wanted = [f"{method} {route}" for route in routes() for method in ("GET", "POST")]
    wanted = [each for each in wanted if " /api/v1/" not in each]
    return [_line(*each.split()) for each in sorted({*wanted, *operations()} - known)]


def _line(method: str, route: str) -> str:
    nearest = max(ROWS, key=lambda row: len(commonprefix([row.route, route])))  # noqa: RUF071
    answers = " ".join(nearest.answers.values())
    columns = " ".join(nearest.answers)
    return f"{nearest.place}: in a block with the columns {columns}\n    {method} {route} {answers}"
