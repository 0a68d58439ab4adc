"""What the API of personalized promotions takes and answers."""

from decimal import Decimal
from typing import Annotated

from ninja import Field, Schema

from promotions.models.catalogue import LONGEST_ID

MOST = 1_000
MOST_IN_ADDRESS = 50
Code = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]


class ProductOut(Schema):
    id: int = Field(description="Our own number of it.", examples=[7])
    external_id: str = Field(examples=["SKU-1001"])
    name: str = Field(examples=["Green tea"])
    price: Decimal = Field(description="The usual one.", examples=["4.990"])


class ListOut(Schema):
    id: int = Field(examples=[3])
    backend_id: str = Field(examples=["your-five"])
    name: str = Field(examples=["Your five"])
    description: str
    products: list[ProductOut] = Field(
        description="On the customer's list, by name. Empty if there is no list for them."
    )


class SelectionOut(Schema):
    chosen: list[ProductOut]
    available: list[ProductOut] = Field(description="The whole list, by name.")
    maximum: int | None = Field(
        description="How many may be chosen; null for the whole list.", examples=[2]
    )
    locked: bool = Field(description="The choice is final.")
    default: ProductOut | None = Field(
        description="Counts as chosen while nothing is; of the earliest live discount they can get."
    )


class Products(Schema):
    products: list[Code] = Field(
        min_length=1,
        max_length=MOST,
        description="External IDs or barcodes.",
        examples=[["SKU-1001", "5901234123457"]],
    )


class Choice(Schema):
    products: list[Code] = Field(
        max_length=MOST,
        description="External IDs or barcodes; none takes the choice back.",
        examples=[["SKU-1001"]],
    )


class Named(Schema):
    product: list[Code] = Field(
        min_length=1,
        max_length=MOST_IN_ADDRESS,
        description="External ID or barcode; once for each product.",
    )


class ProductsAdded(Schema):
    added: int = Field(examples=[2])
    already: int = Field(description="Were on the list before.", examples=[0])


class ProductsRemoved(Schema):
    removed: int = Field(description="Were on the list until now.", examples=[1])
