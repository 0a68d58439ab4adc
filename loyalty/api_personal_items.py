"""The API by which other systems say what customers have of personal offers (L9, L10)."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Router, Schema
from pydantic import BaseModel, ConfigDict, StringConstraints

from customers.api import KeyAuth, identity, need
from customers.keys import Scope
from imports.answers import Problem, codes, problems
from loyalty.api_personal_schemas import Channel
from loyalty.personal.clashes import MOST_ITEMS
from loyalty.personal.judging import Sent
from loyalty.personal.uploading import Entry, Mode, Refused, Result, upload

router = Router(tags=["Personal offers"], auth=KeyAuth(Scope.PERSONAL_OFFERS_WRITE))
ONE = "/customers/{path:customer}/personal-offers/{int:offer}/items"
PERMISSION = "loyalty.import_items"
MOST_ENTRIES = 1000
Cell = Annotated[str, StringConstraints(max_length=200)]
BAD_ITEMS = (
    *("unknown_products", "unknown_categories", "unknown_product_groups", "preference", "method"),
    *("value", "threshold", "start", "end", "target_of_receipt", "no_threshold", "percentage"),
    *("threshold_of_goods", "no_value", "no_currency", "reversed", "outside", "overlap"),
    *("thresholds", "threshold_terms", "threshold_smaller", "too_many"),
)


class ItemIn(BaseModel):
    """What is left out is as the offer says."""

    model_config = ConfigDict(extra="forbid")

    target: Cell = Field(
        "",
        description="A product, category or product group: its ID, or internal ID as the offer"
        " declares; empty for receipt amounts.",
        examples=["HANDBAG"],
    )
    threshold: Cell = Field("", description="Of receipt amounts: from how much on.", examples=[""])
    preference: Cell = Field("", description="discount or points.", examples=["discount"])
    method: Cell = Field("", description="percent or amount.", examples=["percent"])
    value: Cell = Field("", description="Per cent, money or points.", examples=["50"])
    start: Cell = Field(
        "", description="A day, or a moment in the offer's zone.", examples=["2026-09-01"]
    )
    end: Cell = Field("", description="The last day, or the end.", examples=["2026-09-15 20:00"])


class ItemsIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    items: list[ItemIn] = Field(max_length=MOST_ITEMS)
    needs_acceptance: bool | None = Field(None, description="Null: as the offer says.")
    channels: list[Channel] | None = Field(
        None, description="Where it is announced to this customer. Null: as the offer says."
    )


class EntryIn(ItemsIn):
    offer: Cell = Field(description="The name of the personal offer.", examples=["september-bags"])
    customer: Cell = Field(examples=["email:ann@example.com"])


class ItemsBatchIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    mode: Mode = Field(
        Mode.REPLACE,
        description="replace: an entry takes the place of what the customer had of the offer, and"
        " without items takes it away. merge: items of the same targets or thresholds are"
        " replaced, the others stay.",
    )
    entries: list[EntryIn] = Field(min_length=1, max_length=MOST_ENTRIES)


class ItemsWritten(Schema):
    result: Result


class EntryResult(Schema):
    result: Result | None = None
    code: str | None = Field(None, description="Why the entry was refused.")
    detail: str | None = None
    item: int | None = Field(None, description="The place of the item at fault, from 0.")


class ItemsBatchOut(Schema):
    results: list[EntryResult] = Field(description="In the order of the entries.")


@router.post(
    "/personal-offers/items",
    response={200: ItemsBatchOut, **problems(422)},
    summary="Give up to 1000 customers their items",
    openapi_extra=codes({422: ("malformed",)}),
)
def write_batch(request: HttpRequest, body: ItemsBatchIn) -> dict[str, Any]:
    """Each entry is taken or refused as a whole, by itself; its `code` is one of those of writing
    one customer's items, or `unknown_offer`, `unknown_customer`, `customer_address`, `no_items`,
    `repeated_entry`. Sending it again changes nothing.
    """
    need(request, PERMISSION)
    sent = [_entry(each, each.customer, each.offer) for each in body.entries]
    taken = iter(upload([each for each in sent if isinstance(each, Entry)], mode=body.mode))
    return {"results": [_told(next(taken) if isinstance(each, Entry) else each) for each in sent]}


@router.put(
    ONE,
    response={200: ItemsWritten, **problems(404, 422)},
    summary="Replace a customer's items of an offer",
    openapi_extra=codes(
        {
            404: ("unknown_customer", "unknown_offer"),
            422: ("malformed", "customer_address", "no_items", *BAD_ITEMS),
        }
    ),
)
def replace(
    request: HttpRequest, customer: Path[str], offer: Path[int], body: ItemsIn
) -> dict[str, Any]:
    """Without items they have nothing of the offer any more. Sent again, nothing changes.

    Answers of the customer stay with products that stay, and go with those that go.
    """
    return _one(request, customer, offer, body, Mode.REPLACE)


@router.patch(
    ONE,
    response={200: ItemsWritten, **problems(404, 422)},
    summary="Merge items into a customer's items of an offer",
    openapi_extra=codes(
        {
            404: ("unknown_customer", "unknown_offer"),
            422: ("malformed", "customer_address", "no_items", *BAD_ITEMS),
        }
    ),
)
def merge(
    request: HttpRequest, customer: Path[str], offer: Path[int], body: ItemsIn
) -> dict[str, Any]:
    """Items of the same targets or thresholds are replaced, the others stay."""
    return _one(request, customer, offer, body, Mode.MERGE)


def _one(
    request: HttpRequest, customer: str, offer: int, body: ItemsIn, mode: Mode
) -> dict[str, Any]:
    need(request, PERMISSION)
    entry = _entry(body, customer, offer)
    found = entry if isinstance(entry, Refused) else upload([entry], mode=mode)[0]
    if isinstance(found, Refused):
        status = 404 if found.code in ("unknown_customer", "unknown_offer") else 422
        where = "" if found.item is None else f"items[{found.item}]: "
        raise Problem(status, found.code, f"{where}{found.detail}")
    return {"result": found}


def _entry(body: ItemsIn, customer: str, offer: str | int) -> Entry | Refused:
    try:
        whom = identity(customer)
    except Problem as problem:
        return Refused(problem.code, problem.detail)
    return Entry(whom, offer, _items(body.items), body.needs_acceptance, body.channels)


def _items(items: Sequence[ItemIn]) -> list[Sent]:
    return [Sent(**each.model_dump()) for each in items]


def _told(found: Result | Refused) -> dict[str, Any]:
    if isinstance(found, Refused):
        return {"code": found.code, "detail": found.detail, "item": found.item}
    return {"result": found}
