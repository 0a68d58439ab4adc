"""The file of refused lines, as others open it."""

import csv
import io

import pytest

from tests.imports.runs import EMAILS, imported

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_cell_of_its_header_is_a_formula_T34():
    job = imported(EMAILS, b"Email,Offer ID,=cmd()\nann@example.com,nothing,=1+1\n")
    with job.rejects.open() as file:
        header, line = csv.reader(io.StringIO(file.read().decode()))
    assert header == ["Email", "Offer ID", "'=cmd()", "Line", "Reason"]
    assert line[:3] == ["ann@example.com", "nothing", "'=1+1"]
