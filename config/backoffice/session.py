"""A staff session ends STAFF_SESSION_SECONDS after the last page (T2), enforced here.

The time is kept in the session itself, so that it holds whatever the browser says; the script
beside it only shows and announces it.
"""

import math
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

ENDS_AT = "ends_at"
ROOT = "/admin/"


class StaffRequest(HttpRequest):
    """A request with what the back-office's middlewares tell views and templates."""

    session_ended: bool
    minutes_left: int
    seconds_left: int
    warn_seconds: int
    lacks_second_factor: bool


def begin(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Receiver of Django's `user_logged_in`: only a session begun as staff may be a staff one."""
    if user.is_staff:
        request.session[ENDS_AT] = _now() + settings.STAFF_SESSION_SECONDS


def is_background(request: HttpRequest) -> bool:
    """Whether the page asked by itself, not the person: such requests extend nothing."""
    return request.headers.get("X-Background") == "1"


class StaffSession:
    """Ends a staff session on time, and extends it with each page of the back-office."""

    def __init__(self, get_response: Callable[[StaffRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: StaffRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and ENDS_AT in request.session:
            self.keep_time(request)
        return self.get_response(request)

    def keep_time(self, request: StaffRequest) -> None:
        now = _now()
        if now >= request.session[ENDS_AT]:
            logout(request)
            request.session_ended = True
            return
        if request.path_info.startswith(ROOT) and not is_background(request):
            ends_at = now + settings.STAFF_SESSION_SECONDS
            # The session is written at most once a minute, not with every click.
            if ends_at - request.session[ENDS_AT] > min(60, settings.STAFF_SESSION_SECONDS / 10):
                request.session[ENDS_AT] = ends_at
        request.minutes_left, request.seconds_left = divmod(seconds_left(request), 60)
        request.warn_seconds = min(120, settings.STAFF_SESSION_SECONDS // 2)


def seconds_left(request: HttpRequest) -> int:
    # Rounded up, so that a browser never believes it is over before it is.
    return math.ceil(request.session[ENDS_AT] - _now())


def session(request: HttpRequest) -> JsonResponse:
    """Seconds until the session ends. A POST is "Stay signed in"; a background GET only asks."""
    return JsonResponse({"seconds": seconds_left(request)})


def _now() -> float:
    return timezone.now().timestamp()
