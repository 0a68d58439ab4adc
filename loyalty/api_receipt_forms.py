"""What the API of purchases takes and answers once something is bought."""

import datetime as dt
from uuid import UUID

from ninja import Field, Schema
from pydantic import BaseModel, ConfigDict

from customers.api import Moment
from loyalty.api_basket import (
    BasketIn,
    EffectOut,
    LineOut,
    Money,
    QuoteOut,
    Sent,
    Sums,
)
from loyalty.models import Event

NAME = (
    "1 to 64 visible characters, without spaces around them; not `.`, `..` or `calculate`, and"
    " without `/cancel` or `/returns` in the end."
)


class HeldOut(QuoteOut):
    quote: UUID | None = Field(None, description="With `hold`: to be sent with the confirmation.")
    held_until: dt.datetime | None = Field(None, description="With `hold`.")


class PurchaseIn(BasketIn):
    receipt: str = Field(
        description="No other purchase's, at whatever point of sale: tills that number their own"
        f" put their name before it. {NAME}",
        examples=["P1-R1"],
    )
    quote: UUID | None = Field(
        None, description="Of a quote that is held: its prices hold, for the very same basket."
    )


class CancelIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    at: Moment = Field(
        None, description="The moment, with its zone, not before the purchase; else now."
    )


class ReturnedLineIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(description="Of the purchase's line.", examples=["1"])
    quantity: Sent = Field(description="Above 0, up to what is left of it.", examples=["1"])


class ReturnIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(description=f"No other return's of the purchase. {NAME}", examples=["RT1"])
    at: Moment = Field(
        None, description="The moment, with its zone, not before the purchase; else now."
    )
    lines: list[ReturnedLineIn] | None = Field(description="null: all that is left.")


class Parts(Schema):
    """Of what came back."""

    payable: Money = Field(description="Money to hand back.")
    discount: Money
    points_earned: Money = Field(description="Points that are taken back.")
    points_spent: Money = Field(description="Points that the customer gets back.")


class ReturnedLineOut(Parts):
    id: str = Field(examples=["1"])
    quantity: Money = Field(examples=["1"])


class ReturnOut(Parts):
    id: str = Field(examples=["RT1"])
    receipt: str = Field(examples=["R1"])
    at: dt.datetime
    currency: str = Field(examples=["EUR"])
    points_expired: Money = Field(
        description="Of those to take back, what had expired: taken from no others."
    )
    points_missing: Money = Field(
        description="Of those to take back, what was spent; settled by that."
    )
    is_rest: bool = Field(description="Whether nothing is left of the purchase.")
    lines: list[ReturnedLineOut]


class PurchaseLineOut(LineOut):
    quantity: Money = Field(examples=["2"])
    unit_price: Money
    returned: Money = Field(description="How much of it came back.", examples=["0"])


class PurchaseOut(Sums):
    id: UUID = Field(description="Not to be guessed; of a held quote, its token.")
    receipt: str = Field(examples=["R1"])
    customer: str | None = Field(examples=["id:42"])
    point_of_sale: str = Field(examples=["P1"])
    at: dt.datetime = Field(description="When it was bought.")
    confirmed_at: dt.datetime
    cancelled_at: dt.datetime | None
    currency: str = Field(examples=["EUR"])
    points_open_at: dt.datetime | None = Field(
        description="When the points earned can first be spent; null if none were earned."
    )
    points_expired: Money = Field(
        description="Earned, and expired before a cancellation or return took them back."
    )
    points_missing: Money = Field(
        description="Earned, and spent before a cancellation or return took them back."
    )
    returned: Parts = Field(description="The sums of its returns.")
    lines: list[PurchaseLineOut]
    effects: list[EffectOut]
    unknown_products: list[str] = Field(description="What the catalogue didn't know.")
    returns: list[ReturnOut]


class Page(Schema):
    after: str = Field(
        "", max_length=19, description="`next` of the answer before; empty for the first."
    )
    limit: int = Field(100, ge=1, le=1000)


class EventOut(Schema):
    model_config = ConfigDict(extra="allow")

    cursor: str = Field(examples=["17"])
    kind: Event.Kind
    at: dt.datetime = Field(description="When it was noted.")
    id: UUID = Field(description="Of the purchase.")
    receipt: str = Field(examples=["R1"])
    customer: str | None = Field(examples=["id:42"])
    currency: str = Field(examples=["EUR"])


class EventPage(Schema):
    items: list[EventOut]
    next: str = Field(description="`after` of the next question, now or later.")
