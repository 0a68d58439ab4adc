"""Customers with cashback, and what its page in the account says."""

import re
from decimal import Decimal

from django.test import Client
from django.utils import timezone

from customers.models import Customer
from loyalty.ledger import credit
from loyalty.models import Batch
from tests.factories import make_customer, make_user


def signed_in(email: str, **fields: object) -> tuple[Client, Customer]:
    user = make_user(email)
    customer = make_customer(email, user=user, **fields)
    client = Client()
    client.force_login(user)
    return client, customer


def give(customer: Customer, amount: str, comment: str, **fields: object) -> None:
    now = timezone.now()
    batch = Batch.objects.create(
        kind="single",
        customer_id=customer.pk,
        mode="relative",
        amount=Decimal(amount),
        comment=comment,
        created_at=now,
    )
    credit(customer_id=customer.pk, amount=Decimal(amount), at=now, batch=batch.pk, **fields)


def texts(html: str, mark: str) -> list[str]:
    found = re.findall(rf'<p class="{mark}[^"]*">(.*?)</p>', html, re.S)
    return [re.sub(r"<[^>]+>|\s+", " ", each).strip() for each in found]


def reasons(html: str) -> list[str]:
    found = re.findall(r'<div class="why">\s*<p>(.*?)</p>', html)
    return [re.sub(r"<[^>]+>", "", each) for each in found]


def pending_line(html: str) -> str:
    (line,) = texts(html, "pending")
    return " ".join(line.split())
