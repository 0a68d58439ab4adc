"""Entries as the API gets them, and what it says of them; customers/intake.py takes them."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone
from pydantic import ValidationError as MalformedError

from customers.api_schemas import CustomerIn
from customers.attributes.fields import Field, defined
from customers.entries import Entry, Refusal, read_entry
from customers.intake import take
from customers.plans import Addressed, Plan
from imports.answers import Problem
from imports.idempotency import answer_once

STATUSES = {
    "permission": 403,
    "unknown_customer": 404,
    "invalid": 422,
    "no_identity": 422,
    "busy": 503,
}
"""Of a refusal, by its code; all others are 409."""


def write_once(
    request: Any, key: str | None, content: Any, sent: dict[str, Any], addressed: Addressed
) -> dict[str, Any]:
    def work() -> dict[str, Any]:
        known = defined()
        entry = read_sent(sent, known, timezone.localdate())
        (plan,) = take_all(request, [entry], known, addressed)
        if isinstance(plan, Refusal):
            raise _problem(plan)
        return told(plan)

    return once(request, key, content, work)


def once(request: Any, key: str | None, content: Any, work: Callable[[], Any]) -> Any:
    return answer_once(caller=f"key:{request.auth.pk}", key=key, content=content, work=work)


def take_all(
    request: Any,
    entries: Sequence[Entry | Refusal],
    known: dict[str, Field],
    addressed: Addressed = None,
) -> list[Plan | Refusal]:
    user = request.auth.created_by
    try:
        return take(entries, known, user=user, at=timezone.now(), addressed=addressed)
    except Refusal as refusal:
        raise _problem(refusal) from refusal


def _problem(refusal: Refusal) -> Problem:
    return Problem(STATUSES.get(refusal.code, 409), refusal.code, refusal.detail)


def plain(entry: Any) -> Any:
    """An entry as it was sent: nothing has checked it yet."""
    return entry.model_dump(exclude_unset=True) if isinstance(entry, CustomerIn) else entry


def read_sent(sent: Any, known: dict[str, Field], today: dt.date) -> Entry | Refusal:
    try:
        checked = CustomerIn.model_validate(sent).model_dump(exclude_unset=True)
        return read_entry(checked, known, today=today)
    except MalformedError as error:
        where = "; ".join(
            f"{each['loc'][-1] if each['loc'] else 'entry'}: {each['msg']}"
            for each in error.errors()
        )
        return Refusal("malformed", where)
    except Refusal as refusal:
        return refusal


def told(plan: Plan | Refusal) -> dict[str, Any]:
    if isinstance(plan, Refusal):
        return {"result": "refused", "code": plan.code, "detail": plan.detail}
    return {"result": plan.result, "id": plan.customer.pk}
