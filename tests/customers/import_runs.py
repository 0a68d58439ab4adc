"""Imports of customers: shared by the tests of what they do."""

from imports.models import Job
from tests.imports.runs import checked, imported

HEADER = "External ID,Email,Phone,First name,Last name,Birth date\n"


def run(lines: str | bytes, *, header: str = HEADER, dry: bool = False) -> Job:
    """Done, or refused; but only checked if it is dry."""
    data = lines if isinstance(lines, bytes) else (header + lines).encode()
    make = checked if dry else imported
    return make("customers", data)
