"""The API of customers and of what is known of them."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Header, Path, Query, Router, Status

from customers.api import KeyAuth, customer_at, need
from customers.api_entries import once, plain, read_sent, take_all, told, write_once
from customers.api_schemas import (
    Attributes,
    BatchIn,
    BatchOut,
    CustomerIn,
    CustomerOut,
    CustomerPage,
    CustomersWanted,
    Written,
)
from customers.attributes.fields import Field, defined
from customers.attributes.values import to_json, values_of
from customers.keys import Scope
from customers.models import AttributeDefinition, Customer
from customers.search import SHORT_WORD, has_long_word
from imports.answers import Problem, codes, problems

router = Router(tags=["Customers"])
READ, WRITE = KeyAuth(Scope.CUSTOMERS_READ), KeyAuth(Scope.CUSTOMERS_WRITE)
LONGEST_KEY = 255
SORTED_HERE = 2_000
"""Up to so many matches of a search are sorted here; more are found in the order of their ids."""

REUSED = "idempotency_key_reused"
CONFLICTS = ("different_customers", "other_customer", "job_running", "unique", REUSED)

IdempotencyKey = Header(None, alias="Idempotency-Key", max_length=LONGEST_KEY)


@router.get(
    "/attributes",
    response={200: Attributes, **problems()},
    openapi_extra=codes({}),
    auth=READ,
    summary="Attributes that customers can have",
)
def attributes(request: HttpRequest) -> dict[str, Any]:
    """What staff defined under Customers, Attributes: the keys and types of values."""
    need(request, "customers.view_attributedefinition")
    return {"items": list(AttributeDefinition.objects.all())}


@router.post(
    "/customers/batch",
    response={200: BatchOut, **problems(409, 422, 503)},
    openapi_extra=codes({409: (REUSED,), 422: ("malformed",), 503: ("busy",)}),
    auth=WRITE,
    summary="Add or change up to 1000 customers",
)
def write_batch(
    request: Any, body: BatchIn, idempotency_key: str | None = IdempotencyKey
) -> dict[str, Any]:
    """Each entry is taken or refused by itself, as by `POST /customers`.

    The results are in the order of the entries. Sending it again changes nothing more; with an
    `Idempotency-Key` it has the same answer, too, or 409 if anything in it differs.
    """
    sent = [plain(each) for each in body.customers]

    def work() -> list[dict[str, Any]]:
        known, today = defined(), timezone.localdate()
        entries = [read_sent(each, known, today) for each in sent]
        return [told(plan) for plan in take_all(request, entries, known)]

    return {"results": once(request, idempotency_key, ["batch", sent], work)}


@router.post(
    "/customers",
    response={200: Written, 201: Written, **problems(409, 422, 503)},
    openapi_extra=codes(
        {409: CONFLICTS, 422: ("malformed", "invalid", "no_identity"), 503: ("busy",)}
    ),
    auth=WRITE,
    summary="Add or change a customer",
)
def write(
    request: Any,
    response: HttpResponse,
    body: CustomerIn,
    idempotency_key: str | None = IdempotencyKey,
) -> Status[dict[str, Any]]:
    """Of the customer with this external ID; if there is none, with this e-mail; or this phone.

    If nobody has any of them, the customer is created, with what has been assigned to the e-mail
    before. An external ID is never changed, an e-mail only of whom the external ID names, a phone
    not by itself (`other_customer`); identities of two customers don't go together
    (`different_customers`). Null removes a name, the birth date or an attribute.
    """
    sent = body.model_dump(exclude_unset=True)
    answer = write_once(request, idempotency_key, ["post", sent], sent, None)
    response["Location"] = reverse("api:read_customer", kwargs={"customer": f"id:{answer['id']}"})
    return Status(201 if answer["result"] == "created" else 200, answer)


@router.get(
    "/customers",
    response={200: CustomerPage, **problems(422)},
    openapi_extra=codes({422: ("malformed", "search_short")}),
    auth=READ,
    summary="Customers, page by page",
)
def list_customers(request: HttpRequest, wanted: Query[CustomersWanted]) -> dict[str, Any]:
    """In the order of their ids. Who has only been sent offers is not among them."""
    need(request, "customers.view_customer")
    customers = _found(wanted.search, wanted.after)
    page = list(customers.order_by("pk")[: wanted.limit + 1])
    known = defined()
    return {
        "items": [_shown(customer, known) for customer in page[: wanted.limit]],
        "next": page[wanted.limit - 1].pk if len(page) > wanted.limit else None,
    }


@router.get(
    "/customers/{path:customer}",
    response={200: CustomerOut, **problems(404, 422)},
    openapi_extra=codes({404: ("unknown_customer",), 422: ("customer_address",)}),
    auth=READ,
    summary="A customer",
    url_name="read_customer",
)
def read(request: HttpRequest, customer: Path[str]) -> dict[str, Any]:
    """`customer` is `id:42`, `email:ann@example.com`, `phone:48600100200` or `external:C-1001`."""
    need(request, "customers.view_customer")
    return _shown(customer_at(customer), defined())


@router.patch(
    "/customers/{path:customer}",
    response={200: Written, **problems(404, 409, 422, 503)},
    openapi_extra=codes(
        {
            404: ("unknown_customer",),
            409: CONFLICTS,
            422: ("malformed", "invalid", "customer_address"),
            503: ("busy",),
        }
    ),
    auth=WRITE,
    summary="Change a customer",
)
def change(
    request: Any,
    customer: Path[str],
    body: CustomerIn,
    idempotency_key: str | None = IdempotencyKey,
) -> dict[str, Any]:
    """Of whom the address names. Which identities may be changed: see `POST /customers`.

    Who is addressed by `id:` may get another e-mail and phone, too.
    """
    sent = body.model_dump(exclude_unset=True)
    need(request, "customers.change_customer")
    found = customer_at(customer)
    addressed = NAMES[customer.partition(":")[0]], found
    return write_once(request, idempotency_key, ["patch", customer, sent], sent, addressed)


NAMES = {"id": "pk", "email": "email", "phone": "phone", "external": "external_id"}


def _shown(customer: Customer, known: dict[str, Field]) -> dict[str, Any]:
    own = (name for name in CustomerOut.model_fields if name != "attributes")
    values = values_of(customer, known.values())
    return {
        **{name: getattr(customer, name) for name in own},
        "attributes": {key: to_json(value) for key, value in values.items()},
    }


def _found(search: str | None, after: int) -> QuerySet[Customer]:
    """One query more if there is a search."""
    if search is None:
        return Customer.objects.listed().filter(pk__gt=after)
    words = search.replace("\0", "")
    if not has_long_word(words.split()):
        raise Problem(422, "search_short", f"Search for a word of {SHORT_WORD} letters or more.")
    found = Customer.objects.search(words)
    ids = list(found.order_by().values_list("pk", flat=True)[: SORTED_HERE + 1])
    if len(ids) <= SORTED_HERE:
        return Customer.objects.filter(pk__in=[number for number in ids if number > after])
    return found.filter(pk__gt=after)
