"""The API of private offers."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema
from pydantic import WithJsonSchema

from customers.api import Moment, customer_at, need
from customers.audiences.calendar import check_moment
from imports.answers import Problem, codes, problems
from offers.filters import OfferFilter
from offers.models import AltShop, Image, PrivateOffer

router = Router(tags=["Private offers"])
MOST = 100
FURTHEST = 10_000
# Written out in the description: under its own name, Type, it would be taken for that of a group.
OfferType = Annotated[
    PrivateOffer.Type, WithJsonSchema({"type": "string", "enum": PrivateOffer.Type.values})
]


class Pictures(Schema):
    picture: str = Field(examples=["https://shop.example.com/media/gallery/5f0c.webp"])
    small: str
    medium: str
    big: str


class Way(StrEnum):
    PUBLIC = "public"
    EMAIL = "email"
    GROUP = "group"
    AUDIENCE = "audience"


class OfferOut(Schema):
    id: int = Field(examples=[7])
    visible_name: str = Field(examples=["30% off birthday cakes"])
    description: str
    validity_text: str = Field(examples=["1–28 February"])
    type: OfferType
    link: str = Field(description="What the picture opens; may be empty.")
    link_type: PrivateOffer.LinkType
    object_id: str
    start: dt.datetime
    end: dt.datetime
    sort_order: int
    pictures: Pictures
    because: list[Way] = Field(
        description="Every way in which it reaches the customer.", examples=[["email", "group"]]
    )

    @staticmethod
    def resolve_because(offer: Any) -> list[Way]:
        ways = {
            Way.PUBLIC: offer.is_public,
            Way.EMAIL: offer.by_email,
            Way.GROUP: offer.by_group,
            Way.AUDIENCE: offer.by_audience,
        }
        return [way for way, reaches in ways.items() if reaches]

    @staticmethod
    def resolve_pictures(offer: PrivateOffer, context: dict[str, Any]) -> dict[str, str]:
        def url(image: Image) -> str:
            return context["request"].build_absolute_uri(image.file.url)

        return {
            "picture": url(offer.picture),
            "small": url(offer.small_image),
            "medium": url(offer.medium_image),
            "big": url(offer.big_image),
        }


class OfferPage(Schema):
    items: list[OfferOut]
    count: int = Field(description="Offers in all, on this and other pages.")


class OffersWanted(Schema):
    altshop: str | None = Field(None, description="Key of the altshop; else the default one.")
    at: Moment = Field(
        None,
        description="The moment, with its zone, from 1900 to 2199 (UTC); else now.",
        examples=["2026-06-15T12:00:00Z"],
    )
    type: OfferType | None = None
    limit: int = Field(50, ge=1, le=MOST)
    offset: int = Field(0, ge=0, le=FURTHEST)


@router.get(
    "/customers/{path:customer}/private-offers",
    response={200: OfferPage, **problems(404, 422)},
    summary="Private offers that a customer sees",
    openapi_extra=codes(
        {
            404: ("unknown_altshop", "unknown_customer"),
            422: ("malformed", "moment_range", "customer_address"),
        }
    ),
)
def private_offers(
    request: HttpRequest,
    customer: Path[str],
    wanted: Query[OffersWanted],
) -> dict[str, Any]:
    """Exactly what the customer's panel shows in that altshop, in the same order.

    `customer` is `id:42`, `email:ann@example.com`, `phone:48600100200` or `external:C-1001`.
    """
    need(request, "offers.view_privateoffer")
    at = _moment(wanted.at or timezone.now())
    altshop = _altshop(wanted.altshop)
    offers = PrivateOffer.objects.visible_to(customer_at(customer), altshop, at)
    offers = OfferFilter({"type": wanted.type}, offers).qs
    page = offers.select_related("picture", "small_image", "medium_image", "big_image")
    return {
        "items": page[wanted.offset : wanted.offset + wanted.limit],
        "count": offers.count(),
    }


def _moment(at: dt.datetime) -> dt.datetime:
    """Raises Problem."""
    try:
        check_moment(at)
    except ValidationError as error:
        raise Problem(422, "moment_range", f"at: {error.messages[0]}") from error
    return at


def _altshop(key: str | None) -> AltShop:
    """One query. Raises Problem."""
    wanted = {"is_default": True} if key is None else {"key": key.replace("\0", "")}
    altshop = AltShop.objects.filter(**wanted).first()
    if altshop is None:
        detail = "There is no such altshop." if key else "No altshop is the default: name one."
        raise Problem(404, "unknown_altshop", detail)
    return altshop
