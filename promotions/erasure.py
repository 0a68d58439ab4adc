"""What is erased of personalized promotions with a customer: their lists and what they chose."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from customers.erasure import Person, erases, undo_records_name_customers
from imports.resources import Text
from imports.runs import Run

undo_records_name_customers("personalized-promotion-products")


@erases
def erase_lists(run: Run, person: Person) -> Iterator[tuple[Text, int]]:
    """Choices are locked before the lists that they are of, as by whoever makes one."""
    run.execute("DELETE FROM promotions_choice WHERE customer_id = ANY(%(ids)s)", ids=[*person.ids])
    number = run.execute(
        "DELETE FROM promotions_listedproduct WHERE customer_id = ANY(%(ids)s)", ids=[*person.ids]
    )
    yield _("Products on lists of personalized promotions"), number
