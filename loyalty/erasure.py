"""What is erased of the ledger with a customer: reasons. Entries stay, under a bare number."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from customers.erasure import Person, erases
from imports.resources import Text
from imports.runs import Run
from loyalty.models import Batch


@erases
def erase_reasons(run: Run, person: Person) -> Iterator[tuple[Text, int]]:
    """Staff may have written about the person; the reasons of a group's batch are the group's."""
    written = Batch.objects.filter(customer_id__in=person.ids).exclude(comment="")
    yield _("Reasons of cashback adjustments"), written.update(comment="")
