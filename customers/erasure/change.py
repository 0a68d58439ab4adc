"""The job that erases a customer: started on their page or by `manage.py erase`, never undone."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import structlog
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from customers.addresses import hold_prospects
from customers.erasure import person as people
from customers.erasure.conditions import erase_conditions
from customers.erasure.files import clean, jobs_that_name
from customers.erasure.person import Person
from customers.erasure.registry import erasers, undo_records_name_customers
from customers.erasure.traces import (
    erase_contexts,
    erase_log,
    erase_records_of_jobs,
    erase_sign_ins,
    erase_undo_records,
)
from customers.models import (
    Audience,
    AudienceMember,
    Customer,
    CustomerGroup,
    GroupMember,
    User,
)
from imports.errors import Refused
from imports.models import State
from imports.registry import register
from imports.resources import BulkChange, Text
from imports.runs import Run

log = structlog.get_logger(__name__)
GONE = gettext_lazy("There is no such customer.")
STAFF = gettext_lazy(
    "This person works in the back-office. Take their rights first: an account of staff is"
    " not erased."
)

undo_records_name_customers("customers", "group-members", "audience-members")


@register
class CustomerErasure(BulkChange):
    slug = "customer-erasure"
    title = gettext_lazy("Erasure of a customer")
    permission = "customers.erase_customer"
    option_names = ("customer",)
    deleted_text = ngettext_lazy("%d customer erased", "%d customers erased")
    headlines: ClassVar[dict[State, Text]] = {
        State.APPLYING: gettext_lazy("The customer is being erased")
    }
    undo_text = ""

    def clean_options(self, options: dict[str, Any]) -> dict[str, Any]:
        number = str(options.get("customer", ""))
        known = number.isdecimal() and len(number) < 10
        customer = Customer.objects.listed().filter(pk=number).first() if known else None
        if customer is None:
            raise ValidationError(GONE)
        if customer.user and customer.user.is_staff:
            raise ValidationError(STAFF, code="staff")
        return {"customer": customer.pk}

    def describe(self, options: dict[str, Any]) -> Text:
        return f"id:{options.get('customer')}"

    def describe_all(self, options: Sequence[dict[str, Any]]) -> list[Text]:
        return [self.describe(each) for each in options]

    def apply(self, run: Run) -> None:
        """Locks in this order: jobs, prospects, groups, audiences, the user, the customer."""
        person = people.find(_asked_for(run))
        self._clean_files(run, person)
        hold_prospects(run, to_forget=True)
        run.tell(_("Erasing the customer"), 0.7)
        _hold(person)
        person = people.find(_asked_for(run))
        for what, number in _erased(run, person):
            if number:
                run.job.notes = [*run.job.notes, f"{what}: {number}"]
        run.counts["deleted"] = 1
        log.info("customer_erased", customer=person.ids[0], job=run.job.pk)

    def _clean_files(self, run: Run, person: Person) -> None:
        at = timezone.now()
        naming = jobs_that_name(person, run.tell, _("Searching files of imports"))
        cleaned = [clean(number, person, at) for number in sorted(naming)]
        for what, number in (
            (_("Uploaded files deleted"), sum(files for files, _lines in cleaned)),
            (_("Lines of rejects deleted"), sum(lines for _files, lines in cleaned)),
        ):
            if number:
                run.job.notes = [*run.job.notes, f"{what}: {number}"]


def _asked_for(run: Run) -> Customer:
    customer = (
        Customer.objects.listed().select_related("user").filter(pk=run.options["customer"]).first()
    )
    if customer is None:
        raise Refused(GONE)
    if customer.user and customer.user.is_staff:
        raise Refused(STAFF)
    return customer


def _hold(person: Person) -> None:
    """Nobody adds to what is said of them from here on; in the order in which all lock."""
    groups = GroupMember.objects.filter(customer_id__in=person.ids).values("group_id")
    audiences = AudienceMember.objects.filter(customer_id__in=person.ids).values("audience_id")
    held = (
        CustomerGroup.objects.filter(pk__in=groups).select_for_update(no_key=True),
        Audience.objects.filter(pk__in=audiences).select_for_update(no_key=True),
        User.objects.filter(pk__in=person.users).select_for_update(),
        Customer.objects.filter(pk__in=person.ids).select_for_update(),
    )
    for rows in held:
        list(rows.order_by("pk").values_list("pk"))


def _erased(run: Run, person: Person) -> Iterator[tuple[Text, int]]:
    """What is erased, in words, and how many. Counts of members are kept by triggers."""
    for eraser in erasers:
        yield from eraser(run, person)
    for what, model in (
        (_("Customer groups"), GroupMember),
        (_("Fixed audiences"), AudienceMember),
    ):
        yield what, model.objects.filter(customer_id__in=person.ids).delete()[0]
    yield _("Audiences whose conditions named them"), erase_conditions(person)
    erase_undo_records(run, person)
    erase_log(run, person)
    erase_contexts(run, person)
    erase_records_of_jobs(run, person)
    erase_sign_ins(run, person)
    Customer.objects.filter(pk__in=person.ids).delete()
    User.objects.filter(pk__in=person.users).delete()
