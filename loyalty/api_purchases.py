"""The API of purchases: what a basket costs, and that it was bought."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from customers.api import KeyAuth, identity, need
from customers.keys import Scope
from imports.answers import Problem, codes, problems
from loyalty.api_basket import BasketIn, Told
from loyalty.api_receipt_forms import HeldOut, PurchaseIn, PurchaseOut
from loyalty.api_refusals import NOT_FOUND, PRICING, answered, moment
from loyalty.purchases import answers, confirming, holding
from loyalty.purchases.orders import Order, price
from loyalty.quote_json import answer
from promotions.pricing.asked import AskedBasket, AskedLine

router = Router(tags=["Purchases"])
CALCULATE, WRITE = KeyAuth(Scope.PURCHASES_CALCULATE), KeyAuth(Scope.PURCHASES_WRITE)
HELD = ("quote_expired", "quote_mismatch", "quote_used")


@router.post(
    "/purchases/calculate",
    auth=CALCULATE,
    response={200: HeldOut, **problems(404, 409, 422)},
    summary="What a basket costs",
    openapi_extra=codes(
        {404: NOT_FOUND, 409: ("limit_reached",), 422: (*PRICING, "amount", "moment_ahead")}
    ),
)
def calculate(request: HttpRequest, body: BasketIn, told: Query[Told]) -> HttpResponse:
    """Changes nothing, unless you ask to `hold`. Without a customer the basket gets what is open
    to everybody.

    The answer says which offers applied to which units of which line and for how much, and of
    every other offer of that customer why it did not. Amounts are in the currency of the point of
    sale. Products that the catalogue does not know are priced as they are.

    With `hold` the quote is kept for ten minutes: confirmed with its token and the very same
    basket, the purchase costs what was shown, whatever changes meanwhile. The uses of its offers
    are taken at once, and given back if nobody confirms; points are not. Whoever asks again says
    which quote the new one `replaces`: else both take from the limits.
    """
    need(request, "promotions.view_discount")
    if told.hold:
        return _held(request, body, told)
    now = timezone.now()
    with answered():
        order = _order(body)
        at = order.at or now
        text = answer(price(order, at=at, now=at), told.skipped)
    return HttpResponse(text, content_type="application/json")


def _held(request: HttpRequest, body: BasketIn, told: Told) -> HttpResponse:
    if Scope.PURCHASES_WRITE not in request.auth.scopes:  # type: ignore[attr-defined]
        raise Problem(403, "scope", f"This key lacks the scope {Scope.PURCHASES_WRITE}.")
    need(request, "loyalty.confirm_purchase")
    with answered():
        held = holding.hold(order=_order(body), at=timezone.now(), replaces=told.replaces)
        text = answer(held.priced, told.skipped)
    more = {"quote": str(held.token), "held_until": held.until.isoformat()}
    return HttpResponse(f"{text[:-1]}, {json.dumps(more)[1:]}", content_type="application/json")


@router.post(
    "/purchases",
    auth=WRITE,
    response={200: PurchaseOut, 201: PurchaseOut, **problems(404, 409, 422)},
    summary="Confirm what was bought",
    openapi_extra=codes(
        {
            404: NOT_FOUND,
            409: ("receipt_used", "limit_reached", *HELD),
            422: (*PRICING, "amount", "moment_ahead", "receipt"),
        }
    ),
)
def confirm(request: HttpRequest, body: PurchaseIn) -> HttpResponse:
    """Writes the receipt, the uses of limited offers, points and an event: all or nothing.

    Safe to repeat: the same receipt with the same content is the same purchase, 201 the first
    time, 200 afterwards; with another content it is refused. `at` left out is the moment of the
    first time. A receipt that is sent later says when it was: it is priced as of then. What could
    have changed between a calculation and this is settled now, unless a quote was held.
    """
    need(request, "loyalty.confirm_purchase")
    with answered():
        done = confirming.confirm(
            receipt=body.receipt, order=_order(body), quote=body.quote, at=timezone.now()
        )
    text = json.dumps(answers.of_purchase(done.record))
    return HttpResponse(text, "application/json", 201 if done.is_new else 200)


def _order(body: BasketIn) -> Order:
    """Raises Problem."""
    lines = tuple(
        AskedLine(line.id, line.product, line.quantity, line.unit_price) for line in body.lines
    )
    who = ("id", None) if body.customer is None else identity(body.customer)
    basket = AskedBasket(body.point_of_sale, lines, body.points_to_spend)
    return Order(basket, who, moment(body.at))
