"""Who asks the API, and about which customer."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer
from pydantic import AwareDatetime, BeforeValidator

from customers import keys
from customers.identity import normalize_email, normalize_phone
from customers.models import Customer
from imports.answers import Problem

LONGEST_ID = 9  # digits; ids are 32 bits wide
DATE = re.compile(r"\d{4}-\d\d-\d\d")
UNWRITABLE = re.compile("[\0\ud800-\udfff]")  # in the database


def _written_out(value: Any) -> Any:
    """Else 20260615 would be so many seconds after the beginning of 1970."""
    if value is None or (isinstance(value, str) and DATE.match(value)):
        return value
    raise ValueError("write a date and time with its zone, such as 2026-06-15T12:00:00Z")


Moment = Annotated[AwareDatetime | None, BeforeValidator(_written_out)]
"""What requests take as a date and time."""


class KeyAuth(HttpBearer):
    """A key in `Authorization: Bearer KEY` that has the scope; the key is `request.auth`."""

    openapi_description = "A key made in the back-office under Settings, API keys."

    def __init__(self, scope: keys.Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> keys.ApiKey:
        key = keys.find(token, at=timezone.now())
        if key is None:
            raise Problem(401, "unknown_key", "No such key, or it was revoked.")
        if self.scope not in key.scopes:
            raise Problem(403, "scope", f"This key lacks the scope {self.scope}.")
        return key


def need(request: Any, permission: str) -> None:
    """Raises Problem unless the maker of the request's key has the permission. No query."""
    if not request.auth.may(permission):
        lacks = f"Whoever made this key lacks the right {permission}"
        raise Problem(403, "permission", f"{lacks}: have it made by somebody who has it.")


def customer_at(address: str) -> Customer:
    """The customer of `id:42`, `email:…`, `phone:…` or `external:…`; one query.

    Raises Problem if there is none. Who has only been sent offers (a prospect) is none yet.
    """
    column, value = identity(address)
    customer = Customer.objects.listed().filter(**{column: value}).first()
    if customer is None:
        raise Problem(404, "unknown_customer", "There is no such customer.")
    return customer


def identity(address: str) -> tuple[str, int | str]:
    """The column that `id:…`, `email:…`, `phone:…` or `external:…` speaks of, and its value.

    No query. Raises Problem.
    """
    kind, _, text = address.partition(":")
    try:
        column, read = READERS[kind]
        return column, read(text)
    except KeyError:
        detail = "Write a customer as id:42, email:…, phone:… or external:…."
        raise Problem(422, "customer_address", detail) from None
    except ValidationError as error:
        raise Problem(422, "customer_address", error.messages[0]) from error


def _id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_ID):
        raise ValidationError("not an ID")
    return int(text)


def _external(text: str) -> str:
    if not text or UNWRITABLE.search(text):
        raise ValidationError("not an external ID")
    return text


READERS: dict[str, tuple[str, Callable[[str], int | str]]] = {
    "id": ("id", _id),
    "email": ("email", normalize_email),
    "phone": ("phone", normalize_phone),
    "external": ("external_id", _external),
}
