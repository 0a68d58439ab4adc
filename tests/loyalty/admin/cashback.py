"""Forms of the Cashback tabs, sent as staff send them, and what the pages say."""

import re
import uuid
from decimal import Decimal
from html import unescape
from typing import Any

from django.test import Client
from django.utils import timezone

from customers.models import Customer, CustomerGroup, GroupMember
from imports import worker
from loyalty.ledger import balances, credit
from loyalty.models import Batch
from tests.factories import make_customer, make_group
from tests.pages import text

SEE_WHOM = ["customers.view_customergroup", "customers.view_customer"]
MAY = ["loyalty.add_batch", "loyalty.view_batch", *SEE_WHOM]


def group_of(*amounts: str) -> tuple[CustomerGroup, list[Customer]]:
    """A group with a member for each amount, who has that much."""
    group, members = make_group(title="Testers"), []
    for amount in amounts:
        members.append(make_customer())
        GroupMember.objects.create(group=group, customer=members[-1])
        if amount != "0":
            credit(customer_id=members[-1].pk, amount=Decimal(amount), at=timezone.now())
    return group, members


def have(members: list[Customer]) -> list[str]:
    found = balances([each.pk for each in members], at=timezone.now())
    return [str(found[each.pk]) for each in members]


def asked(amount: str, mode: str = "relative", **fields: Any) -> dict[str, Any]:
    token = str(uuid.uuid4())
    return {"mode": mode, "amount": amount, "comment": "Thanks", "token": token, **fields}


def saved(amount: str) -> dict[str, Any]:
    """What a form makes of it."""
    return {"mode": "relative", "amount": Decimal(amount), "comment": "x", "token": uuid.uuid4()}


def of_group(group: CustomerGroup) -> str:
    return f"/admin/loyalty/batch/group/{group.pk}/"


def of_customer(customer: Customer) -> str:
    return f"/admin/loyalty/batch/customer/{customer.pk}/"


def words(response: Any) -> str:
    return text(response.content.decode())


def figures(response: Any) -> dict[str, str]:
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", response.content.decode(), re.S)
    return {unescape(name): figure for name, figure in found}


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def confirm(client: Client, group: CustomerGroup, given: dict[str, Any]) -> Batch:
    """As the button of the preview does; then the worker's part."""
    sent = re.findall(
        r'<input type="hidden" name="(\w+)" value="(.*?)">',
        client.post(of_group(group), given).content.decode(),
    )
    fields = {name: unescape(value) for name, value in sent if name != "csrfmiddlewaretoken"}
    answer = client.post(of_group(group), {**fields, "confirm": "1"})
    batch = Batch.objects.get(token=given["token"])
    assert answer["Location"] == f"/admin/loyalty/batch/{batch.pk}/change/"
    worker.apply(batch.job_id)
    return Batch.objects.get(pk=batch.pk)
