"""An erased person is found nowhere afterwards, and what sums up stays right."""

import pytest

from customers.erasure.registry import undo_types
from customers.models import Audience, AudienceMember, Customer, CustomerGroup, GroupMember, User
from imports import jobs, registry, worker
from imports.models import Export, Job, State
from loyalty.models import Entry
from offers.models import Assignment, PrivateOffer
from tests.customers.traces import (
    EMAIL,
    EXTERNAL_ID,
    FORMER,
    TRACES,
    erase,
    files_that_hold,
    tables_that_hold,
)
from tests.factories import make_audience, make_customer, make_offer
from tests.imports.runs import checked, imported

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_files")]


def test_an_erased_person_is_found_nowhere(spread):
    assert {"customers_customer", "imports_undorecord", "sessions"} < set(tables_that_hold(*TRACES))
    assert files_that_hold(*TRACES)
    job = erase(spread)
    assert tables_that_hold(*TRACES) == {}
    assert files_that_hold(*TRACES) == []
    assert not User.objects.filter(pk=spread.user_id).exists()
    assert job.deleted == 1
    assert not job.can_be_undone


def test_what_is_not_theirs_stays_and_the_counts_are_right(spread):
    erase(spread)
    bob = Customer.objects.get(email="bob@example.com")
    assert Customer.objects.count() == 1
    assert set(Assignment.objects.values_list("customer_id", "offer__name")) == {(bob.pk, "cakes")}
    for offer in PrivateOffer.objects.all():
        assert offer.assigned_count == Assignment.objects.filter(offer=offer).count()
    for group in CustomerGroup.objects.all():
        assert (group.members_count, group.members.count()) == (1, 1)
    fixed = Audience.objects.get(name="Test drivers")
    assert (fixed.members_count, AudienceMember.objects.count()) == (1, 1)
    assert GroupMember.objects.count() == 2
    conditions = Audience.objects.filter(kind="dynamic").order_by("pk")
    assert [each.conditions for each in conditions] == [
        {"field": "email", "is": "equals_any", "value": ["erased", "bob@example.com"]},
        {"not": {"field": "phone", "is": "equals_any", "value": ["erased"]}},
    ]
    assert [entry.amount for entry in Entry.objects.filter(customer_id=spread.pk)] == [10]
    assert Job.objects.get(file_name="bob.csv").state == State.READY
    assert Export.objects.filter(filters={}).count() == 2


def test_conditions_name_the_erased_however_they_were_typed():
    anna = make_customer("anna@xn--w-uga1v8h.pl", phone="48500111222")
    emails = {"field": "email", "is": "equals_any", "value": ["Anna@żółw.pl", "Bob@example.com"]}
    phone = {"field": "phone", "is": "starts_with", "value": "+48 500-111-222"}
    audience = make_audience({"any": [emails, {"not": phone}]})
    erase(anna)
    audience.refresh_from_db()
    erased = [
        {**emails, "value": ["erased", "Bob@example.com"]},
        {"not": {**phone, "value": "erased"}},
    ]
    assert audience.conditions == {"any": erased}


def test_undo_goes_on_without_the_erased(spread):
    erase(spread)
    for job in Job.objects.filter(state=State.DONE).order_by("-pk"):
        if jobs.undo(job, in_background=False):
            worker.undo(job.pk)
            job.refresh_from_db()
            assert job.state == State.UNDONE, (job.type, job.message)
    assert tables_that_hold(*TRACES) == {}
    assert list(
        Assignment.objects.values_list("customer__email", "offer__name").order_by("pk")
    ) == [
        ("bob@example.com", "cakes"),
        ("bob@example.com", "gone"),
    ]


def test_an_identity_that_is_anothers_by_now_is_left_to_them():
    header = "External ID,Email\n"
    imported("customers", f"{header}{EXTERNAL_ID},{FORMER}\n".encode())
    imported("customers", f"{header}{EXTERNAL_ID},{EMAIL}\n".encode())
    other = make_customer(FORMER)
    make_offer(name="cakes")
    job = checked("private-offer-emails", f"Email,Offer ID\n{FORMER},cakes\n".encode())
    erase(Customer.objects.get(email=EMAIL))
    job.refresh_from_db()
    assert job.state == State.READY
    assert list(Customer.objects.all()) == [other]


def test_every_type_of_job_has_said_whether_its_undo_records_name_customers():
    without_customers = {"attribute-removal", "customer-erasure", "group-cashback"}
    without_customers |= {"categories", "products", "product-groups", "receipts"}
    assert undo_types | without_customers == set(registry.registered)
