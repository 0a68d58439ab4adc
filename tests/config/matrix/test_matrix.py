"""Who may do what, cell by cell, and that no route is left out of the tables."""

from dataclasses import replace

import pytest

from tests.config.matrix.all_rows import ROWS, lines_to_add
from tests.config.matrix.routes import METHODS_OF_THE_API, routes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(matrix, row):
    """Every asker is answered as the table says, reads nothing of others, writes what it may."""
    assert matrix.answers(row) == row.answers


def test_every_route_has_its_rows():
    missing = lines_to_add()
    assert not missing, "Add these lines, with what the answers shall be:\n" + "\n".join(missing)


def test_every_row_has_its_route():
    assert {row.pattern for row in ROWS} - routes() == set()


def test_no_row_stands_twice():
    assert len({str(row) for row in ROWS}) == len(ROWS)


OF_THE_LIBRARY = ("/api/v1/docs", "/api/v1/openapi.json")  # They answer any method alike.
API = {row.pattern: row for row in ROWS if row.route.startswith("/api/v1/")}


@pytest.mark.parametrize("route", sorted(API.keys() - {*OF_THE_LIBRARY}))
def test_the_api_takes_no_method_that_has_no_row(matrix, route):
    """So that an operation which the documentation hides has its row, too."""
    known = {row.method for row in ROWS if row.pattern == route}
    for method in set(METHODS_OF_THE_API) - known:
        row = replace(API[route], method=method, body=None)
        assert {matrix.answer(row, column) for column in row.answers} == {"405"}
