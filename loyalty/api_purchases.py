"""The API of purchases: what a basket costs, before anything is bought."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from customers.api import identity, need
from customers.audiences.calendar import check_moment
from imports.answers import Problem, codes, problems
from loyalty.api_basket import BasketIn, QuoteOut, Told
from loyalty.ledger import balance_of
from loyalty.quote_json import answer
from promotions.pricing.asked import AskedBasket, AskedLine, BasketError, check
from promotions.pricing.quoting import Priced, price_basket
from promotions.pricing.shoppers import Known, look_up

router = Router(tags=["Purchases"])
NOT_FOUND = ("unknown_customer", "unknown_point_of_sale")
REFUSED = (
    *("malformed", "customer_address", "moment_range", "no_lines", "too_many_lines"),
    *("repeated_line", "line_id", "product", "quantity", "unit_price", "points_to_spend"),
    *("points_of_nobody", "points_balance"),
)


@router.post(
    "/purchases/calculate",
    response={200: QuoteOut, **problems(404, 422)},
    summary="What a basket costs",
    openapi_extra=codes({404: NOT_FOUND, 422: REFUSED}),
)
def calculate(request: HttpRequest, body: BasketIn, skipped: Query[Told]) -> HttpResponse:
    """Changes nothing. Without a customer the basket gets what is open to everybody.

    The answer says which offers applied to which units of which line and for how much, and of
    every other offer of that customer why it did not. Amounts are in the currency of the point of
    sale. Products that the catalogue does not know are priced as they are.
    """
    need(request, "promotions.view_discount")
    try:
        priced = _priced(body, _moment(body.at))
    except BasketError as error:
        status = 404 if error.code in NOT_FOUND else 422
        raise Problem(status, error.code, error.detail) from error
    return HttpResponse(answer(priced, skipped.skipped), content_type="application/json")


def _priced(body: BasketIn, at: dt.datetime) -> Priced:
    """One query, two with points to spend."""
    asked = _asked(body)
    check(asked)
    kind, value = ("id", None) if body.customer is None else identity(body.customer)
    book, known = look_up(kind, value, at, asked.codes)
    if body.customer is not None and known.customer_id is None:
        raise BasketError("unknown_customer", "There is no such customer.")
    if asked.points_to_spend:
        _check_points(asked, known, at)
    return price_basket(asked, book, known, at)


def _asked(body: BasketIn) -> AskedBasket:
    lines = tuple(
        AskedLine(line.id, line.product, line.quantity, line.unit_price) for line in body.lines
    )
    return AskedBasket(body.point_of_sale, lines, body.points_to_spend)


def _check_points(asked: AskedBasket, known: Known, at: dt.datetime) -> None:
    """One query."""
    if known.customer_id is None:
        raise BasketError("points_of_nobody", "Say whose points are to be spent.")
    balance = balance_of(known.customer_id, at=at)
    if balance < asked.points_to_spend:
        raise BasketError("points_balance", f"The balance is {balance}: spend that at most.")


def _moment(at: dt.datetime | None) -> dt.datetime:
    """Raises Problem."""
    if at is None:
        return timezone.now()
    try:
        check_moment(at)
    except ValidationError as error:
        raise Problem(422, "moment_range", f"at: {error.messages[0]}") from error
    # The database knows no zones of a day's distance, such as +23:59.
    return at.astimezone(dt.UTC)
