"""What the API of customers takes and answers."""

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict, SkipValidation

from customers.models import AttributeType

MOST_AT_ONCE = 1000
MOST_A_PAGE = 100
LARGEST_ID = 2**31 - 1

Values = dict[str, Any]
VALUES = {"district": "Sovetsky", "children_birth_dates": ["2024-05-01"], "cars": ["Audi"]}


class CustomerIn(Schema):
    """A field that is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    external_id: str | None = Field(
        None, description="The number in your systems. Once set it is final.", examples=["C-1001"]
    )
    email: str | None = Field(None, examples=["ann@example.com"])
    phone: str | None = Field(
        None, description="With the country code.", examples=["+48 600 100 200"]
    )
    first_name: str | None = Field(None, examples=["Ann"])
    last_name: str | None = Field(None, examples=["Nowak"])
    birth_date: str | None = Field(None, examples=["1990-02-14"])
    attributes: Values | None = Field(
        None,
        description="Values by key (see `GET /attributes`); null removes one.",
        examples=[VALUES],
    )


class BatchIn(Schema):
    # Each is checked by itself, so that a mistake in one is no mistake in the others.
    customers: list[Annotated[CustomerIn, SkipValidation]] = Field(
        min_length=1, max_length=MOST_AT_ONCE
    )


class Written(Schema):
    id: int = Field(examples=[42])
    result: Literal["created", "updated", "unchanged"]


class BatchResult(Schema):
    """What became of the entry at the same place."""

    result: Literal["created", "updated", "unchanged", "refused"]
    id: int | None = Field(None, examples=[42])
    code: str | None = Field(None, description="Why it was refused.", examples=["other_customer"])
    detail: str | None = Field(None, description="The same for people.")


class BatchOut(Schema):
    results: list[BatchResult]


class CustomerOut(Schema):
    id: int = Field(examples=[42])
    external_id: str | None = Field(examples=["C-1001"])
    email: str | None = Field(examples=["ann@example.com"])
    phone: str | None = Field(examples=["48600100200"])
    first_name: str = Field(examples=["Ann"])
    last_name: str = Field(examples=["Nowak"])
    birth_date: dt.date | None = Field(examples=["1990-02-14"])
    attributes: Values = Field(description="What is known, by key.", examples=[VALUES])
    created_at: dt.datetime


class CustomerPage(Schema):
    items: list[CustomerOut]
    next: int | None = Field(description="`after` of the next page; null on the last.")


class CustomersWanted(Schema):
    search: str | None = Field(
        None,
        max_length=200,
        description="Words of name, e-mail, phone or external ID, one with three letters or more.",
        examples=["ann kowalska"],
    )
    after: int = Field(0, ge=0, le=LARGEST_ID, description="`next` of the page before.")
    limit: int = Field(50, ge=1, le=MOST_A_PAGE)


class AttributeOut(Schema):
    key: str = Field(examples=["cars"])
    label: str = Field(examples=["Cars"])
    type: AttributeType
    choices: list[str] = Field(examples=[["Audi", "Fiat"]])


class Attributes(Schema):
    items: list[AttributeOut]
