"""What is erased of a customer's promotions: their lists, what they chose, and whose a use was."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from customers.erasure import Person, erases, undo_records_name_customers
from customers.references import declare
from imports.resources import Text
from imports.runs import Run
from promotions.limit_statements import written
from promotions.limits import DISCOUNTS
from promotions.models.counting import Tables
from promotions.personal.records import TYPE, forget
from promotions.pricing.sources import limited_kinds

declare(DISCOUNTS.uses, "customer_id")
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
HOLD_OFFERS = """
    SELECT FROM {offers} WHERE id IN (
        SELECT {column} FROM {uses} WHERE customer_id = ANY(%(ids)s)
    ) ORDER BY id FOR KEY SHARE
"""
HOLD_USES = """
    SELECT FROM {uses} WHERE customer_id = ANY(%(ids)s)
    ORDER BY {column}, purchase FOR UPDATE
"""
HOLD_COUNTERS = """
    SELECT FROM {counters} WHERE customer_id = ANY(%(ids)s)
    ORDER BY {column}, customer_id, period FOR UPDATE
"""
FORGET_COUNTERS = "DELETE FROM {counters} WHERE customer_id = ANY(%(ids)s)"
FORGET = "UPDATE {uses} SET customer_id = {everybody} WHERE customer_id = ANY(%(ids)s)"


@erases
def erase_users(run: Run, person: Person) -> Iterator[tuple[Text, int]]:
    """Uses stay, of somebody unknown, so that total limits and budgets go on holding.

    Locks offers, then uses, then counters, kind by kind, in the order of limits.py: the customer's
    purchases may be claimed or given back at this very moment.
    """
    kinds = limited_kinds().values()
    yield _("Uses of offers"), sum(_forget_user(run, person, each) for each in kinds)


def _forget_user(run: Run, person: Person, tables: Tables) -> int:
    for statement in (HOLD_OFFERS, HOLD_USES, HOLD_COUNTERS, FORGET_COUNTERS):
        run.execute(written(statement, tables), ids=[*person.ids])
    return run.execute(written(FORGET, tables), ids=[*person.ids])
