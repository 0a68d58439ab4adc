"""What is erased of a customer's promotions: their lists, what they chose, and whose a use was."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from customers.erasure import Person, erases, undo_records_name_customers
from customers.references import declare
from imports.resources import Text
from imports.runs import Run
from promotions.models import EVERYBODY
from promotions.personal.records import TYPE, forget

declare("promotions_use", "customer_id")
undo_records_name_customers(TYPE)


@erases
def erase_lists(run: Run, person: Person) -> Iterator[tuple[Text, int]]:
    """Choices are locked before the lists that they are of, as by whoever makes one."""
    run.execute("DELETE FROM promotions_choice WHERE customer_id = ANY(%(ids)s)", ids=[*person.ids])
    number = run.execute(
        "DELETE FROM promotions_listedproduct WHERE customer_id = ANY(%(ids)s)", ids=[*person.ids]
    )
    forget(run, person.ids)
    yield _("Products on lists of personalized promotions"), number


# Whoever changes limits counts all uses anew: not while those of one customer change.
HOLD_DISCOUNTS = """
    SELECT FROM promotions_discount WHERE id IN (
        SELECT discount_id FROM promotions_use WHERE customer_id = ANY(%(ids)s)
    ) ORDER BY id FOR KEY SHARE
"""
HOLD_USES = """
    SELECT FROM promotions_use WHERE customer_id = ANY(%(ids)s)
    ORDER BY discount_id, purchase FOR UPDATE
"""
HOLD_COUNTERS = """
    SELECT FROM promotions_usecounter WHERE customer_id = ANY(%(ids)s)
    ORDER BY discount_id, customer_id, period FOR UPDATE
"""
FORGET_COUNTERS = "DELETE FROM promotions_usecounter WHERE customer_id = ANY(%(ids)s)"
FORGET = f"""
    UPDATE promotions_use SET customer_id = {EVERYBODY} WHERE customer_id = ANY(%(ids)s)
"""


@erases
def erase_users(run: Run, person: Person) -> Iterator[tuple[Text, int]]:
    """Uses stay, of somebody unknown, so that total limits and budgets go on holding.

    Locks discounts, then uses, then counters, in the order of limits.py: the customer's purchases
    may be claimed or given back at this very moment.
    """
    for statement in (HOLD_DISCOUNTS, HOLD_USES, HOLD_COUNTERS, FORGET_COUNTERS):
        run.execute(statement, ids=[*person.ids])
    yield _("Uses of discounts"), run.execute(FORGET, ids=[*person.ids])
