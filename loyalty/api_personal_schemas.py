"""What the API of personal offers takes and answers."""

import datetime as dt
from typing import Annotated

from ninja import Field, Schema
from pydantic import BaseModel, ConfigDict, WithJsonSchema

from customers.api import Moment
from loyalty.models import PersonalOffer
from loyalty.personal.mine import State

MOST = 100
FURTHEST = 10_000
Mechanic = Annotated[
    PersonalOffer.Mechanic,
    WithJsonSchema({"type": "string", "enum": PersonalOffer.Mechanic.values}),
]
Preference = Annotated[
    PersonalOffer.Preference,
    WithJsonSchema({"type": "string", "enum": PersonalOffer.Preference.values}),
]
Channel = Annotated[
    PersonalOffer.Channel,
    WithJsonSchema({"type": "string", "enum": PersonalOffer.Channel.values}),
]


class Thing(Schema):
    id: int = Field(description="The internal ID.", examples=[12])
    external_id: str | None = Field(description="None of product groups.", examples=["HANDBAG"])
    name: str = Field(examples=["Handbag"])


class GoodsOut(Schema):
    everything: bool
    products: list[Thing]
    categories: list[Thing] = Field(description="With all categories below them.")
    product_groups: list[Thing]


class Threshold(Schema):
    threshold: str = Field(
        description="The receipt after discounts on lines, at least.", examples=["1000"]
    )
    value: str = Field(examples=["10"])


class PieceOut(Schema):
    state: State
    preference: Preference
    method: str = Field(description="percentage or amount.", examples=["percentage"])
    value: str | None = Field(
        description="Per cent, money or points; null where thresholds say it.", examples=["50"]
    )
    thresholds: list[Threshold] = Field(description="The highest that is reached counts.")
    goods: GoodsOut
    start: dt.datetime
    end: dt.datetime


class Place(Schema):
    key: str = Field(examples=["P1"])
    name: str = Field(examples=["High Street"])


class PersonalOfferOut(Schema):
    id: int = Field(examples=[7])
    title: str = Field(
        description="In the language that `Accept-Language` asks for.",
        examples=["Your September bags"],
    )
    text: str
    validity_text: str
    picture: str | None = Field(examples=["https://shop.example.com/media/gallery/5f0c.webp"])
    phone_picture: str | None
    mechanic: Mechanic
    state: State = Field(
        description="open: counts without being accepted. Else pending as long as a part of it is;"
        " accepted if a part is; declined."
    )
    counts: bool = Field(description="Whether the till would honour any of it as things stand.")
    scope: str = Field(description="units, lines or receipt.", examples=["units"])
    currency: str | None = Field(examples=["EUR"])
    quantity: int = Field(description="Of a piece so many units have to be bought, at least.")
    units: int | None = Field(
        description="The most units of a piece that get it on one receipt; null: all."
    )
    start: dt.datetime
    end: dt.datetime
    days: list[int] = Field(description="Monday is 0; empty: every day.")
    from_hour: dt.time | None
    to_hour: dt.time | None
    points_of_sale: list[Place] = Field(description="Empty: all.")
    channels: list[Channel]
    pieces: list[PieceOut] = Field(description="The customer's items, or all of it as one.")


class PersonalOfferPage(Schema):
    items: list[PersonalOfferOut]
    count: int = Field(description="Offers in all, on this and other pages.")


class PersonalOffersWanted(Schema):
    at: Moment = Field(
        None,
        description="The moment, with its zone, from 1900 to 2199 (UTC); else now.",
        examples=["2026-06-15T12:00:00Z"],
    )
    upcoming: bool = Field(False, description="Also what has not begun.")
    state: State | None = None
    channel: Channel | None = Field(None, description="Only what is announced there.")
    mechanic: Mechanic | None = None
    preference: Preference | None = Field(None, description="Of any of its pieces.")
    point_of_sale: str | None = Field(
        None, max_length=50, description="The key of one: what holds there."
    )
    title: str | None = Field(None, max_length=200, description="Words of its title or text.")
    limit: int = Field(50, ge=1, le=MOST)
    offset: int = Field(0, ge=0, le=FURTHEST)


class Answered(BaseModel):
    model_config = ConfigDict(extra="forbid")

    products: list[str] | None = Field(
        None,
        description="IDs or barcodes, where the items are products and not all are meant.",
        examples=[["HANDBAG"]],
        max_length=500,
    )
    seen: list[str] | None = Field(
        None,
        description="Instead of `products`: all products of the offer that the customer was shown,"
        " by ID or barcode; empty if it has none. The answer is to those that are still there, and"
        " not to what came since.",
        examples=[["HANDBAG", "PURSE"]],
        max_length=500,
    )
