"""The API of what was bought: a purchase with its returns, cancelled or returned; and events."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Body, Query, Router

from customers.api import KeyAuth, need
from customers.keys import Scope
from imports.answers import codes, problems
from loyalty.api_receipt_forms import CancelIn, EventPage, Page, PurchaseOut, ReturnIn, ReturnOut
from loyalty.api_refusals import answered, moment
from loyalty.purchases import answers, cancelling, outbox, records, returning

router = Router(tags=["Purchases"])
READ, WRITE = KeyAuth(Scope.PURCHASES_READ), KeyAuth(Scope.PURCHASES_WRITE)
UNKNOWN = ("unknown_purchase",)
MOMENT = ("malformed", "moment_range", "moment_ahead", "moment_before")


# Receipts may have slashes: what ends in a deed comes before what does not.
@router.post(
    "/purchases/{path:receipt}/cancel",
    auth=WRITE,
    response={200: PurchaseOut, **problems(404, 409, 422)},
    summary="Cancel a purchase",
    openapi_extra=codes({404: UNKNOWN, 409: ("has_returns",), 422: MOMENT}),
)
def cancel(request: HttpRequest, receipt: str, body: Body[CancelIn | None] = None) -> HttpResponse:
    """Takes all of it back: uses of limits, points earned and points spent. Safe to repeat.

    `points_missing` says how many of the points were spent before they could be taken back. `at`
    is not before the `at` of the purchase (`moment_before`), but five minutes, as clocks differ,
    count as that; of one that was cancelled already it is not looked at.
    """
    need(request, "loyalty.confirm_purchase")
    cancelled_at = moment(body.at) if body else None
    with answered():
        record = cancelling.cancel(receipt=receipt, cancelled_at=cancelled_at, at=timezone.now())
    return _answer(answers.of_purchase(record))


@router.post(
    "/purchases/{path:receipt}/returns",
    auth=WRITE,
    response={200: ReturnOut, 201: ReturnOut, **problems(404, 409, 422)},
    summary="Return goods of a purchase",
    openapi_extra=codes(
        {
            404: UNKNOWN,
            409: ("cancelled", "return_used", "nothing_left"),
            422: (
                *MOMENT,
                *("return_id", "no_lines", "repeated_line", "unknown_line", "quantity"),
            ),
        }
    ),
)
def give_back(request: HttpRequest, receipt: str, body: ReturnIn) -> HttpResponse:
    """In part or whole, as often as something is left, also when the offers have ended.

    The units of a line are alike. What is handed back is rounded over all returns of a line
    together, so that they add up to what it cost; so are points, and what counts in budgets. Safe
    to repeat: the same id with the same content is the same return, 201 the first time, 200
    afterwards; with another content it is refused.

    `at` is not before the `at` of the purchase (`moment_before`), but five minutes, as clocks
    differ, count as that. Tills that were offline send the purchase first, with its own `at`: left
    out, that is when it arrived.
    """
    need(request, "loyalty.confirm_purchase")
    lines = body.lines
    asked = None if lines is None else [returning.Asked(each.id, each.quantity) for each in lines]
    request_ = returning.Request(body.id, asked, moment(body.at))
    with answered():
        taken = returning.take(receipt=receipt, request=request_, at=timezone.now())
    return _answer(answers.of_return(taken.returned, taken.record), 201 if taken.is_new else 200)


@router.get(
    "/purchases/{path:receipt}",
    auth=READ,
    response={200: PurchaseOut, **problems(404)},
    summary="A purchase with its returns",
    openapi_extra=codes({404: UNKNOWN}),
)
def purchase(request: HttpRequest, receipt: str) -> HttpResponse:
    """By its receipt, as it was confirmed, and what came of it since."""
    need(request, "loyalty.view_purchase")
    with answered():
        record = records.read(records.found(receipt))
    return _answer(answers.of_purchase(record))


@router.get(
    "/events",
    auth=KeyAuth(Scope.EVENTS_READ),
    response={200: EventPage, **problems(422)},
    summary="What happened to purchases, in order",
    openapi_extra=codes({422: ("malformed", "cursor")}),
)
def events(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Confirmed, cancelled, returned: each once, in an order that never changes.

    Besides what all have, `purchase.confirmed` says the sums and `bought_at`; `purchase.cancelled`
    says `cancelled_at`, `points_expired` and `points_missing`; `purchase.returned` says `return`,
    `returned_at`, both of those points, and the sums of what came back.

    Keep `next` and send it as `after` with the next question; an answer without items says the
    same place again. Events come once those before them are written, at once as a rule. They are
    kept for 90 days.
    """
    need(request, "loyalty.view_event")
    with answered():
        after = outbox.place(page.after)
    return _answer(answers.of_events(outbox.events_after(after, limit=page.limit), after))


def _answer(content: dict[str, Any], status: int = 200) -> HttpResponse:
    return HttpResponse(json.dumps(content), "application/json", status)
