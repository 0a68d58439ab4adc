"""The API as a whole: its parts, who may use them, and one form of error for all."""

from collections.abc import Callable, Sequence
from functools import wraps
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as MalformedError

import customers.api_audiences
import customers.api_customers
import customers.api_groups
import imports.api
import loyalty.api_personal_items
import loyalty.api_personal_offers
import loyalty.api_points
import loyalty.api_purchases
import loyalty.api_receipts
import offers.api
import promotions.api_personalized
from config.description import DescribedAPI
from config.health import AWAY
from customers.api import KeyAuth
from customers.keys import Scope
from imports.answers import Problem
from offers.altshops import shop_zone

api = DescribedAPI(
    title="Bespoke",
    version="1.0",
    urls_namespace="api",
    description=(
        "Personal offers for other systems. Send a key as `Authorization: Bearer KEY`; keys are"
        " made in the back-office under Settings, API keys. Every error answer is"
        ' `{"detail": …, "code": …}`: read `code` by program, show `detail` to people. So is that'
        " of an unknown address (404, `not_found`) and of a method that an address does not take"
        " (405, `method_not_allowed`; the header Allow says which it takes)."
    ),
)


def in_shop_time(operation: Callable[..., Any]) -> Callable[..., Any]:
    """As in the back-office, so that an audience holds the same people in both. One query."""

    @wraps(operation)
    def answered(*args: Any, **kwargs: Any) -> Any:
        with timezone.override(shop_zone()):
            return operation(*args, **kwargs)

    return answered


customers.api_groups.router.add_decorator(in_shop_time, mode="operation")
api.add_router("", loyalty.api_purchases.router)
api.add_router("", loyalty.api_receipts.router)
api.add_router("", loyalty.api_personal_items.router)
api.add_router("", loyalty.api_personal_offers.router)
api.add_router("", loyalty.api_points.router)
api.add_router("", offers.api.router, auth=KeyAuth(Scope.PRIVATE_OFFERS_READ))
# After all that has more to its address than a customer.
api.add_router("", customers.api_customers.router)
api.add_router("", customers.api_audiences.router)
api.add_router("/groups", customers.api_groups.router)
api.add_router("/personalized-promotions", promotions.api_personalized.router)
api.add_router("/imports", imports.api.router, auth=KeyAuth(Scope.IMPORTS_WRITE))


def answer(request: HttpRequest, status: int, code: str, detail: str) -> HttpResponse:
    response = api.create_response(request, {"detail": detail, "code": code}, status=status)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if status == 503:
        response["Retry-After"] = AWAY["Retry-After"]
    return response


@api.exception_handler(Problem)
def problem(request: HttpRequest, error: Problem) -> HttpResponse:
    return answer(request, error.status, error.code, error.detail)


@api.exception_handler(AuthenticationError)
def no_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return answer(request, 401, "no_key", "Send a key as `Authorization: Bearer KEY`.")


@api.exception_handler(MalformedError)
def malformed(request: HttpRequest, error: MalformedError) -> HttpResponse:
    """Says where the mistakes are without repeating what was sent, which may be personal."""
    where = "; ".join(f"{_place(each['loc'])}: {each['msg']}" for each in error.errors)
    return answer(request, 422, "malformed", where)


def _place(loc: Sequence[str | int]) -> str:
    """The field, and of each list that it is in which one, counted from 1, as in `lines 2`."""
    rows = [f"{field} {place + 1}" for field, place in pairwise(loc) if isinstance(place, int)]
    return ", ".join(rows if isinstance(loc[-1], int) else [*rows, str(loc[-1])])


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return answer(request, 422, "invalid", " ".join(error.messages))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return answer(request, 422, "malformed", "Send JSON in the form that is documented.")


@api.exception_handler(SuspiciousOperation)
@api.exception_handler(MultiPartParserError)
def unreadable_form(request: HttpRequest, error: Exception) -> HttpResponse:
    return answer(request, 400, "bad_request", "The request cannot be understood.")


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20
    return answer(request, 413, "too_large", f"Send at most {most} MB besides files.")


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return answer(request, 404, "not_found", "There is no such address.")
