"""What purchases refuse, as answers of the API."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError

from customers.audiences.calendar import check_moment
from imports.answers import Problem
from loyalty.purchases.refusals import Refusal
from promotions.pricing.asked import BasketError

NOT_FOUND = ("unknown_customer", "unknown_point_of_sale")
PRICING = (
    *("malformed", "customer_address", "moment_range", "no_lines", "too_many_lines"),
    *("repeated_line", "line_id", "product", "quantity", "unit_price", "points_to_spend"),
    *("points_of_nobody", "points_balance"),
)
STATUS = (
    dict.fromkeys((*NOT_FOUND, "unknown_purchase"), 404)
    | dict.fromkeys(("receipt_used", "limit_reached", "return_used", "nothing_left"), 409)
    | dict.fromkeys(("quote_expired", "quote_mismatch", "quote_used"), 409)
    | dict.fromkeys(("has_returns", "cancelled"), 409)
)
"""Of all others it is 422."""


@contextmanager
def answered() -> Iterator[None]:
    try:
        yield
    except (BasketError, Refusal) as error:
        raise Problem(STATUS.get(error.code, 422), error.code, error.detail) from error


def moment(at: dt.datetime | None) -> dt.datetime | None:
    """As the database can be asked for it. Raises Problem."""
    if at is None:
        return None
    try:
        check_moment(at)
    except ValidationError as error:
        raise Problem(422, "moment_range", f"at: {error.messages[0]}") from error
    # It knows no zones of a day's distance, such as +23:59.
    return at.astimezone(dt.UTC)
