"""Who may be erased, and the command that does it."""

import pytest
from django.core.management import CommandError, call_command

from customers.models import Customer, User
from imports import worker
from imports.models import State
from tests.customers.traces import EMAIL, PHONE, ann
from tests.imports.runs import started

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_files")]


def test_staff_are_not_erased():
    customer = ann()
    User.objects.filter(pk=customer.user_id).update(is_staff=True)
    with pytest.raises(Exception, match="works in the back-office"):
        started("customer-erasure", options={"customer": customer.pk})
    assert Customer.objects.get() == customer


def test_a_customer_who_is_gone_by_then_is_a_clear_refusal():
    customer = ann()
    job = started("customer-erasure", options={"customer": customer.pk})
    Customer.objects.all().delete()
    worker.apply(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (State.REFUSED, "There is no such customer.")


def test_the_command_erases_who_is_named(capsys):
    customer = ann()
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase", f"email:{EMAIL}")
    with pytest.raises(CommandError, match="no such customer"):
        call_command("erase", "id:1", yes=True)
    call_command("erase", f"phone:+{PHONE}", yes=True)
    assert capsys.readouterr().out == f"id:{customer.pk} is erased.\n"
    assert not Customer.objects.exists()
