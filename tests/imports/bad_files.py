"""A good file to spoil, and all that a spoilt one must leave as it was."""

from imports.models import UndoRecord
from tests.imports.reading.files import xlsx
from tests.offers import assignments

LINES = "Email,Offer ID\nann@example.com,cakes\nbob@example.com,cakes\n"
SPREADSHEET = xlsx(*(line.split(",") for line in LINES.splitlines()))


def everything() -> tuple[object, ...]:
    return (*assignments.everything(), UndoRecord.objects.count())
