"""Cells of files that we hand out."""

import re

# Spreadsheets run what begins like this as a formula. A number with its sign is none.
FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d .()-]*$)")


def neutralise(cell: str) -> str:
    """The cell, with an apostrophe before it if a spreadsheet would run it as a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell
