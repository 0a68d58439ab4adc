"""The API and imports say the same of whom an entry is about, and what is refused (L3)."""

import itertools

import pytest
from django.db import transaction

from customers.entries import read_entry
from customers.intake import take
from customers.models import Customer
from customers.plans import Plan
from tests.customers.import_runs import run
from tests.factories import NOON, make_customer, make_staff
from tests.imports.runs import counts, rejects

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("external_id", "email", "phone")
ENTRIES = [
    dict(zip(NAMES, values, strict=True))
    for values in itertools.product(
        ("", "C-1", "C-9"),
        ("", "cat@example.com", "waits@example.com"),
        ("", "48600100100", "48600100200"),
    )
    if any(values)
]


def by_api(entry, staff) -> str:
    with transaction.atomic():
        read = read_entry(entry, {}, today=NOON.date())
        (plan,) = take([read], {}, user=staff, at=NOON)
        transaction.set_rollback(True)
    return plan.result if isinstance(plan, Plan) else plan.code


def by_import(entry) -> str:
    job = run(",".join(entry.values()) + ",,,\n", dry=True)
    ((outcome, _),) = counts(job).items()
    return rejects(job)[0][0] if outcome == "rejected" else outcome


def test_every_combination_of_identities_is_judged_alike():
    """Ann has all three, Bob only a phone, Cat only an e-mail, one address waits for its owner."""
    make_customer("ann@example.com", external_id="C-1", phone="48600100100")
    Customer.objects.create(phone="48600100200")
    make_customer("cat@example.com")
    Customer.objects.create(email="waits@example.com", is_prospect=True)
    staff = make_staff("customers.add_customer", "customers.change_customer")
    judged = {tuple(entry.values()): by_api(entry, staff) for entry in ENTRIES}
    assert judged == {tuple(entry.values()): by_import(entry) for entry in ENTRIES}
    assert set(judged.values()) == {
        "created",
        "updated",
        "unchanged",
        "different_customers",
        "other_customer",
    }
