"""Shared by the tests of customers: one of them who is everywhere."""

import io
from collections.abc import Iterator

import pytest
from openpyxl import Workbook

from customers.models import Customer
from offers.assignment import assign
from tests.customers.traces import (
    EMAIL,
    EXTERNAL_ID,
    FORMER,
    PHONE,
    clear,
    leave_traces_of_signing_in,
    leave_traces_of_staff,
)
from tests.factories import (
    make_audience,
    make_group,
    make_member,
    make_offer,
    make_staff,
    make_user,
)
from tests.imports.runs import WITHDRAWAL, changed, checked, imported, started


@pytest.fixture
def no_files(transactional_db: None) -> Iterator[None]:
    """Nothing is left over from other tests, nor for them."""
    clear()
    yield
    clear()


@pytest.fixture
def spread(no_files: None) -> Customer:
    """A customer who is in all the places where a person can be."""
    header = "External ID,Email,Phone,First name\n"
    imported("customers", f"{header}{EXTERNAL_ID},{FORMER},{PHONE},Anna\n".encode())
    imported(
        "customers", f"{header}{EXTERNAL_ID},{EMAIL},,Annabella\nC-2,bob@example.com,,\n".encode()
    )
    customer = Customer.objects.get(email=EMAIL)
    customer.last_name, customer.user = "Quxleyowa", make_user(EMAIL, first_name="Annabella")
    customer.attributes = {"nickname": "Annabella Q."}
    customer.save()
    bob = Customer.objects.get(email="bob@example.com")
    make_offer(name="pizza")
    assign(offer=make_offer(name="cakes"), customers=[bob])
    rows = f"Email,Offer ID\n{EMAIL.upper()},cakes\n{FORMER},pizza\n{EMAIL},unknown\nx,cakes\n"
    imported("private-offer-emails", rows.encode())
    gone = make_offer(name="gone")
    assign(offer=gone, customers=[customer, bob])
    changed(WITHDRAWAL, offer=gone.pk)
    for group in (make_group(title="Cake lovers"), make_group(title="Pizza lovers")):
        make_member(group, bob)
    imported("group-members", b"Group,Phone\nCake lovers,+48 500-111-222\nNobodys,48 500 111 222\n")
    fixed = make_audience(name="Test drivers")
    make_member(fixed, bob)
    imported(
        "audience-members", f"Audience,Customer\nTest drivers,external:{EXTERNAL_ID}\n".encode()
    )
    make_audience({"field": "email", "is": "equals_any", "value": [EMAIL, "bob@example.com"]})
    make_audience({"not": {"field": "phone", "is": "equals_any", "value": [PHONE]}})
    staff = make_staff(is_superuser=True)
    leave_traces_of_staff(staff, customer)
    leave_traces_of_signing_in(customer)
    checked("private-offer-emails", f"Email,Offer ID\n{EMAIL},cakes\n".encode())
    checked("private-offer-emails", b"Email,Offer ID\nbob@example.com,cakes\n", name="bob.csv")
    book = Workbook()
    book.active.append(["Email", "Offer ID", "Note"])
    book.active.append(["bob@example.com", "cakes", f"friend of {EMAIL}, {EMAIL}"])
    xlsx = io.BytesIO()
    book.save(xlsx)
    checked("private-offer-emails", xlsx.getvalue(), name=f"{EMAIL}.xlsx")
    started("private-offer-emails", f"Email,Offer ID\n{EMAIL},pizza\n".encode())
    return customer
