"""What a request gets that cannot be answered: a page, or JSON where a program asked."""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt

from config.health import AWAY

API = "/api/"


@csrf_exempt
def no_such_address(request: HttpRequest) -> HttpResponse:
    """What nothing else under /api/ answers: with DEBUG on, Django would say it as a page."""
    return told(404, "not_found", "There is no such address.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path_info.startswith(API):
        return no_such_address(request)
    # The path isn't repeated: it may hold an e-mail address, or what somebody made it say.
    return render(request, "404.html", status=404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path_info.startswith(API):
        return told(403, "forbidden", "You may not do this.")
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path_info.startswith(API):
        return told(400, "bad_request", "The request cannot be understood.")
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 with Retry-After while the database is away.

    Django comes here from views and middlewares alike while it handles the exception. The pages
    are rendered without the request, whose user or session may be what failed.
    """
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status, headers = (503, AWAY) if away else (500, {})
    if request.path_info.startswith(API):
        code, detail = (
            ("unavailable", "The service is away for a moment. Ask again.")
            if away
            else ("server_error", "Something went wrong here. It has been noted.")
        )
        return told(status, code, detail, headers=headers)
    return HttpResponse(render_to_string(f"{status}.html"), status=status, headers=headers)


def told(status: int, code: str, detail: str, **kwargs: Any) -> JsonResponse:
    """In the form of all errors of the API."""
    return JsonResponse({"detail": detail, "code": code}, status=status, **kwargs)
