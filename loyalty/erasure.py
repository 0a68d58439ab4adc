"""What is erased with a customer: reasons, items of personal offers, answers, held quotes.

Entries of the ledger, purchases and returns stay, under a bare number.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from customers.erasure import Person, erases, undo_records_name_customers
from imports.resources import Text
from imports.runs import Run
from loyalty.models import Batch
from loyalty.personal.records import TYPE, forget
from loyalty.purchases.holding import give_back_held

undo_records_name_customers(TYPE)


@erases
def erase_reasons(run: Run, person: Person) -> Iterator[tuple[Text, int]]:
    """Staff may have written about the person; the reasons of a group's batch are the group's."""
    written = Batch.objects.filter(customer_id__in=person.ids).exclude(comment="")
    yield _("Reasons of cashback adjustments"), written.update(comment="")


@erases
def erase_personal_offers(run: Run, person: Person) -> Iterator[tuple[Text, int]]:
    """Uses of the offers are erased with those of discounts, by promotions/erasure.py."""
    for what, table in (
        (_("Items of personal offers"), "loyalty_offeritems"),
        (_("Answers to personal offers"), "loyalty_offeranswer"),
    ):
        sql = f"DELETE FROM {table} WHERE customer_id = ANY(%(ids)s)"
        yield what, run.execute(sql, ids=[*person.ids])
    forget(run, person.ids)


@erases
def erase_held_quotes(run: Run, person: Person) -> Iterator[tuple[Text, int]]:
    """Their content; what they had claimed is given back once the erasure is written."""
    yield _("Held quotes"), give_back_held(person.ids)
