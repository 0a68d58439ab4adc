"""The lines of a file of the catalogue: trimmed, judged cell by cell, one for each ID."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from customers.identity import TRIMMED
from imports.resources import Column, Text
from imports.runs import Run
from promotions.models.catalogue import LONGEST_ID
from promotions.models.texts import NOT_IN_IDS, NOT_IN_NAMES

LONGEST_NAME = 200

REASONS: dict[str, Text] = {
    "id": _("Write an ID of 1 to 64 visible characters, in one line."),
    "name": _(
        "Write a name of at most 200 characters, in one line, without such as turn the direction"
        " of writing around."
    ),
    "repeated": _("An earlier line has the same ID and says something else."),
}

NO_PRODUCT: dict[str, Text] = {"unknown_product": _("No product has this ID or barcode.")}
"""For lines that name a product in a `product_column`."""


def product_column() -> Column:
    return Column("Product", required=True, help=_("The ID of a product, or one of its barcodes."))


def cell(key: str) -> str:
    """SQL for a cell trimmed, NULL if empty; `%(trimmed)s` is to be given the TRIMMED set."""
    return f"nullif(btrim({key}, %(trimmed)s), '')"


# Behind a query: it is computed once, not anew wherever one of its columns is named.
ONCE = "OFFSET 0"

ID_IS_GOOD = f"length(external_id) <= {LONGEST_ID} AND external_id !~ '[{NOT_IN_IDS}]'"
NAME_IS_BAD = f"length(name) > {LONGEST_NAME} OR name ~ '[{NOT_IN_NAMES}]'"
LINE_CODE = f"CASE WHEN ({ID_IS_GOOD}) IS NOT TRUE THEN 'id' WHEN {NAME_IS_BAD} THEN 'name' END"


def tell_apart(run: Run, lines: str, *, says: Sequence[str], **values: Any) -> None:
    """Make {told} of a query of lines: the first good line for each ID.

    The query has line, external_id, the columns that a line `says`, and code: why it is bad.
    Bad lines are rejected, and later ones for the same ID that don't say the same.
    """
    run.make("lines", lines, trimmed=TRIMMED, **values)
    run.reject("SELECT line, code FROM {lines} WHERE code IS NOT NULL")
    run.make(
        "told",
        "SELECT DISTINCT ON (external_id) * FROM {lines} WHERE code IS NULL"
        " ORDER BY external_id, line",
    )
    run.reject(
        "SELECT later.line, 'repeated' FROM {lines} AS later JOIN {told} AS first"
        " USING (external_id) WHERE later.code IS NULL AND later.line > first.line"
        f" AND {_row('later', says)} IS DISTINCT FROM {_row('first', says)}"
    )


def _row(table: str, columns: Sequence[str]) -> str:
    return f"ROW({', '.join(f'{table}.{column}' for column in columns)})"
