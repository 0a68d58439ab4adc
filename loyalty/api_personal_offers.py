"""The API of personal offers: what a customer has (L12), and their yes or no (L13)."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Body, Path, Query, Router

from customers.api import KeyAuth, customer_at, identity, need
from customers.audiences.calendar import check_moment
from customers.keys import Scope
from imports.answers import Problem, codes, problems
from loyalty.api_personal_schemas import (
    Answered,
    PersonalOfferOut,
    PersonalOfferPage,
    PersonalOffersWanted,
)
from loyalty.filters import PersonalOfferFilter
from loyalty.models import PersonalOffer
from loyalty.personal.answering import answer
from loyalty.personal.dead_items import without_dead_items
from loyalty.personal.mine import Mine, mine_of
from loyalty.personal.names import names_of
from loyalty.personal.presenting import present
from loyalty.personal_offer_json import offer_json
from offers.altshops import shop_zone
from promotions.catalogue.codes import products_by_code

router = Router(tags=["Personal offers"])
OFFERS = "/customers/{path:customer}/personal-offers"
ONE = OFFERS + "/{int:offer}"
PERMISSION = "loyalty.view_personaloffer"
ANSWER = "loyalty.answer_personaloffer"
NARROWING = ("mechanic", "point_of_sale", "title")
STATUS = {
    "unknown_offer": 404,
    "unknown_customer": 404,
    "not_asked": 409,
    "none_left": 409,
    "unknown_product": 422,
}
ANSWERING: dict[str, Any] = {
    "response": {200: PersonalOfferOut, **problems(404, 409, 422)},
    "auth": KeyAuth(Scope.PERSONAL_OFFERS_WRITE),
    "openapi_extra": codes(
        {
            404: ("unknown_customer", "unknown_offer"),
            409: ("not_asked", "none_left"),
            422: ("malformed", "customer_address", "unknown_product"),
        }
    ),
}
"""Of both ways to answer."""


@router.get(
    OFFERS,
    response={200: PersonalOfferPage, **problems(404, 422)},
    auth=KeyAuth(Scope.PERSONAL_OFFERS_READ),
    summary="Personal offers that a customer has",
    openapi_extra=codes(
        {404: ("unknown_customer",), 422: ("malformed", "moment_range", "customer_address")}
    ),
)
def personal_offers(
    request: HttpRequest, customer: Path[str], wanted: Query[PersonalOffersWanted]
) -> HttpResponse:
    """What the till would honour now, or would once the customer accepts; no more.

    `customer` is `id:42`, `email:ann@example.com`, `phone:48600100200` or `external:C-1001`.
    Hours, days and points of sale are said, not asked: an offer for Mondays is here on Sundays.
    """
    need(request, PERMISSION)
    kind, value = identity(customer)
    at = _moment(wanted.at or timezone.now()).astimezone(shop_zone())
    number, mine = mine_of(kind, value, at, upcoming=wanted.upcoming)
    if number is None:
        raise Problem(404, "unknown_customer", "There is no such customer.")
    names = names_of(mine)
    found = _narrowed(without_dead_items(mine, names), wanted)
    page = found[wanted.offset : wanted.offset + wanted.limit]
    shown = present(page, names, get_language())
    # Written as it is: to check each of the answers against its description takes longer than
    # the answer, and tests do.
    answer = {"items": [offer_json(each, request) for each in shown], "count": len(found)}
    return JsonResponse(answer)


@router.post(ONE + "/accept", summary="Accept a personal offer for a customer", **ANSWERING)
def accept(
    request: HttpRequest, customer: Path[str], offer: Path[int], body: Body[Answered | None] = None
) -> dict[str, Any]:
    """All of it as it is by now, what is yet to begin included; or some of its products; or what
    the customer has `seen` of it. Accepting again changes nothing; it can be declined again until
    it ends. The answer is the offer as the customer has it then.
    """
    return _answered(request, customer, offer, body, accepted=True)


@router.post(ONE + "/decline", summary="Decline a personal offer for a customer", **ANSWERING)
def decline(
    request: HttpRequest, customer: Path[str], offer: Path[int], body: Body[Answered | None] = None
) -> dict[str, Any]:
    """All of it, some of its products, or what was seen; as accepting."""
    return _answered(request, customer, offer, body, accepted=False)


def _answered(
    request: HttpRequest, customer: str, offer: int, body: Answered | None, *, accepted: bool
) -> dict[str, Any]:
    need(request, ANSWER)
    who, sent = customer_at(customer), body or Answered(products=None, seen=None)
    if sent.products is not None and sent.seen is not None:
        raise Problem(422, "malformed", "Send products or seen, not both.")
    try:
        mine = answer(
            customer_id=who.pk,
            offer_id=offer,
            accepted=accepted,
            at=timezone.now().astimezone(shop_zone()),
            products=_products(sent.products),
            seen=_seen(sent.seen),
        )
    except ValidationError as refusal:
        code = str(refusal.code)
        raise Problem(STATUS[code], code, refusal.message) from refusal
    shown = present([mine], names_of([mine]), get_language())
    if not shown:
        raise Problem(404, "unknown_offer", "Nothing that this offer is about is sold any more.")
    return offer_json(shown[0], request)


def _products(sent: list[str] | None) -> list[int] | None:
    """Raises ValidationError for what is no product; whether it is theirs is asked later."""
    if sent is None:
        return None
    known = products_by_code(sent)
    if not sent or any(code not in known for code in sent):
        detail = "products: name products by their ID or barcode, or leave them out."
        raise ValidationError(detail, code="unknown_product")
    return [known[code].pk for code in sent]


def _seen(sent: list[str] | None) -> set[int] | None:
    """As `asked_of` told it then. What is no product any more is not among what is left."""
    if sent is None:
        return None
    return {product.pk for product in products_by_code(sent).values()} if sent else {0}


def _narrowed(mine: list[Mine], wanted: PersonalOffersWanted) -> list[Mine]:
    """A query or two, if the offers themselves are asked about."""
    found = [
        each
        for each in mine
        if wanted.state in (None, each.state)
        and wanted.channel in (None, *each.channels)
        and wanted.preference in (None, *[piece.rule.effect for piece in each.pieces])
    ]
    asked = {name: value for name in NARROWING if (value := getattr(wanted, name)) is not None}
    if not asked or not found:
        return found
    if "mechanic" in asked:
        asked["mechanic"] = [asked["mechanic"]]
    theirs = PersonalOffer.objects.filter(pk__in=[each.offer.pk for each in found])
    kept = set(PersonalOfferFilter(asked, theirs).qs.values_list("pk", flat=True))
    return [each for each in found if each.offer.pk in kept]


def _moment(at: dt.datetime) -> dt.datetime:
    """Raises Problem."""
    try:
        check_moment(at)
    except ValidationError as error:
        raise Problem(422, "moment_range", f"at: {error.messages[0]}") from error
    return at.astimezone(dt.UTC)
