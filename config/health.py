"""What load balancers and supervisors ask: does the process answer, and can it serve?"""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
AWAY = {"Retry-After": "5"}  # seconds until asking again makes sense


class Health:
    """Answers before any other middleware, which could redirect, log, or ask the database.

    The Host header isn't looked at either: balancers send a bare address, as no altshop has.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.answers = {"/healthz": healthz, "/readyz": readyz}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.answers.get(request.path_info)
        return answer() if answer else self.get_response(request)


def healthz() -> HttpResponse:
    """The process answers; nothing else is asked."""
    return plain("ok")


def readyz() -> HttpResponse:
    """The database answers too; 503 with Retry-After while it does not. One query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return plain("database unavailable", status=503, headers=AWAY)
    return plain("ok")


def plain(text: str, *, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(
        f"{text}\n",
        status=status,
        content_type="text/plain",
        headers={**HEADERS, **(headers or {})},
    )
