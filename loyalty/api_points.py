"""The API of points: what a customer can pay with."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Path, Router, Schema

from customers.api import KeyAuth, customer_at, need
from customers.keys import Scope
from imports.answers import codes, problems
from loyalty.api_basket import Money
from loyalty.ledger import balance_of, pending_of

router = Router(tags=["Purchases"])


class PointsOut(Schema):
    balance: Money = Field(description="What can be spent now.")
    pending: Money = Field(description="What was earned and opens later.")


@router.get(
    "/customers/{path:customer}/points",
    # Those of a calculation, which is refused with the balance where more is to be spent.
    auth=KeyAuth(Scope.PURCHASES_CALCULATE),
    response={200: PointsOut, **problems(404, 422)},
    summary="Points that a customer has",
    openapi_extra=codes({404: ("unknown_customer",), 422: ("customer_address",)}),
)
def points(request: HttpRequest, customer: Path[str]) -> dict[str, Any]:
    """So that a till can ask whether to pay with them: a point is worth one unit of the currency.

    How much of a basket they may pay, a calculation with `points_to_spend` says.
    """
    need(request, "promotions.view_discount")
    number, at = customer_at(customer).pk, timezone.now()
    pending = pending_of(number, at=at)
    return {
        "balance": f"{balance_of(number, at=at):.2f}",
        "pending": f"{pending.amount if pending else 0:.2f}",
    }
