"""A good file to spoil, and all that a spoilt one must leave as it was."""

from customers.models import Customer
from imports.models import UndoRecord
from offers.models import Assignment, PrivateOffer
from tests.imports.reading.files import xlsx

LINES = "Email,Offer ID\nann@example.com,cakes\nbob@example.com,cakes\n"
SPREADSHEET = xlsx(*(line.split(",") for line in LINES.splitlines()))


def everything() -> tuple[object, ...]:
    return (
        set(Assignment.objects.values_list("customer__email", "offer__name")),
        set(Customer.objects.values_list("email", "is_prospect")),
        set(PrivateOffer.objects.values_list("name", "assigned_count")),
        UndoRecord.objects.count(),
    )
