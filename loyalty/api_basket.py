"""What the API of purchases takes and answers."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import BaseModel, ConfigDict, PlainSerializer

from customers.api import Moment
from promotions.engine import Reason

Money = Annotated[str, Field(examples=["10.00"])]
Sent = Annotated[Decimal, Field(description="Send it as a string."), PlainSerializer(str)]


class LineIn(BaseModel):  # a Schema takes ten times as long, for features that are not used here
    model_config = ConfigDict(extra="forbid")

    id: str = Field(description="Different for each line, up to 50 characters.", examples=["1"])
    product: str = Field(description="ID or barcode, up to 64 characters.", examples=["SKU"])
    quantity: Sent = Field(
        description="Above 0, up to 999999, with up to three decimals.", examples=["2"]
    )
    unit_price: Sent = Field(
        description="0 or more, up to 1000000000, with up to four decimals; in the currency of the"
        " point of sale.",
        examples=["10.00"],
    )


class BasketIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    customer: str | None = Field(
        None,
        description="`id:42`, `email:…`, `phone:…`, `external:…`; null for somebody unknown.",
        examples=["email:ann@example.com"],
    )
    point_of_sale: str = Field(description="Its key.", examples=["P1"])
    at: Moment = Field(
        None,
        description="The moment, with its zone, from 1900 to 2199 (UTC); else now.",
        examples=["2026-06-15T12:00:00Z"],
    )
    points_to_spend: Sent = Field(
        Decimal(0),
        description="At most the customer's balance, which `GET /customers/{customer}/points` says."
        " Of it is spent what the programme lets points pay.",
        examples=["0"],
    )
    lines: list[LineIn] = Field(description="1 to 500.")


class Which(StrEnum):
    ALL = "all"
    NEAR = "near"
    NONE = "none"


class Told(BaseModel):
    skipped: Which = Field(
        Which.ALL,
        description="Which offers that did not apply to tell of: all, those of which some product"
        " is in the basket, or none.",
    )
    hold: bool = Field(
        False,
        description="Keep the quote for ten minutes, and take what its offers' limits allow till"
        " then. Needs the scope `purchases:write`.",
    )
    replaces: UUID | None = Field(
        None,
        description="With `hold`: a quote that is held no longer, such as of the basket before"
        " another line. What it took is given back first, whatever comes of the new one.",
    )


class Offer(Schema):
    kind: str = Field(examples=["discount"])
    id: int = Field(examples=[7])
    name: str = Field(examples=["Second tea at half price"])


class EffectOut(Schema):
    offer: Offer
    line: str = Field(description="Id of the line.", examples=["1"])
    units: str = Field(description="How many units of it.", examples=["1"])
    amount: Money | None = Field(None, description="Money off; left out where it is points.")
    points: Money | None = Field(None, description="Points earned, in place of an amount.")


class SkippedOut(Schema):
    offer: Offer
    reason: Reason
    detail: str = Field(
        description="The reason for people, in the language that `Accept-Language` asks for.",
        examples=["None of its products is in the basket."],
    )
    figures: dict[str, Any] = Field(
        description="What the reason depends on, such as `left` and `needed` of a `budget`."
    )


class Sums(Schema):
    total: Money = Field(description="Before discounts.")
    discount: Money
    payable: Money = Field(description="In money: total - discount - points spent.")
    points_earned: Money
    points_spent: Money


class LineOut(Sums):
    id: str = Field(examples=["1"])
    product: str = Field(description="As it was sent.", examples=["SKU"])


class QuoteOut(Sums):
    currency: str = Field(examples=["EUR"])
    lines: list[LineOut]
    effects: list[EffectOut]
    unknown_products: list[str] = Field(
        description="What the catalogue doesn't know: no offer for certain products applies to it."
    )
    skipped: list[SkippedOut]
