"""Cells of files that we hand out, and that come back."""

import re

# Spreadsheets run what begins like this as a formula. A number with its sign is none. With
# apostrophes before it, so that each cell has one neutral form and each neutral form one cell.
FORMULA = re.compile(r"'*(?:[=@\t\r]|[+-](?![\d .()-]*$))")


def neutralise(cell: str) -> str:
    """The cell, with an apostrophe before it if a spreadsheet would run it as a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def original(cell: str) -> str:
    """The cell that `neutralise` was given; what it never made stays as it is."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
