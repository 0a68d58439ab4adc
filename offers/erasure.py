"""What is erased of private offers with a customer: which were assigned to them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from customers.erasure import Person, erases, undo_records_name_customers
from imports.resources import Text
from imports.runs import Run
from offers.counting import change_counts

undo_records_name_customers("private-offer-emails", "private-offer-emails-withdrawal")


@erases
def erase_assignments(run: Run, person: Person) -> Iterator[tuple[Text, int]]:
    """The offers are locked in the order of their ids, for their counts."""
    run.make("unassigned", "SELECT 0 AS offer_id LIMIT 0")
    number = run.execute(
        "WITH gone AS (DELETE FROM offers_assignment WHERE customer_id = ANY(%(ids)s)"
        " RETURNING offer_id) INSERT INTO {unassigned} SELECT offer_id FROM gone",
        ids=list(person.ids),
    )
    change_counts(run, "SELECT offer_id, -count(*)::int FROM {unassigned} GROUP BY 1")
    yield _("Assigned private offers"), number
