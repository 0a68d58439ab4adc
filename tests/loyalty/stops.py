"""Where deeds are stopped so that others meet them, shared by the races of loyalty."""

from collections.abc import Callable

from customers.models import Customer
from imports import worker
from tests.imports.runs import started
from tests.races import held

# Who wants to post has looked at the balances, and stops here before the first entry.
ENTRIES_HELD = held("loyalty_entry")
# An erasure holds the person, and stops here before it looks at their uses of offers.
CHOICES_HELD = held("promotions_choice")
# And here before it looks for what was written of them.
BATCHES_HELD = held("loyalty_batch")


def erasing(customer: Customer) -> Callable[[], object]:
    job = started("customer-erasure", options={"customer": customer.pk})
    return lambda: worker.apply(job.pk)
