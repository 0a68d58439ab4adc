"""Who gets through to anything under /admin/."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from config.backoffice.session import ENDS_AT, ROOT, StaffRequest, is_background

OPEN_TO_STRANGERS = {
    "account_login",
    "mfa_authenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
WITHOUT_SECOND_FACTOR = {
    "account_reauthenticate",
    "logout",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "session",
}


class BackofficeGate:
    """Customers are strangers here; staff without a compulsory second factor set one up first."""

    def __init__(self, get_response: Callable[[StaffRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: StaffRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: StaffRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        # Not `path`: it begins with what a header named SCRIPT_NAME says, which clients may send.
        if not request.path_info.startswith(ROOT):
            return None
        if "%00" in request.META["QUERY_STRING"]:
            # No text in PostgreSQL holds a NUL: lists and filters would fail on it.
            raise BadRequest
        if request.user.is_authenticated and not request.user.is_staff:
            request.user = AnonymousUser()
        elif request.user.is_authenticated and ENDS_AT not in request.session:
            # Made staff while signed in as a customer: without password and second factor.
            logout(request)
        page = request.resolver_match and request.resolver_match.url_name
        if not request.user.is_authenticated:
            return None if page in OPEN_TO_STRANGERS else sign_in_first(request)
        request.lacks_second_factor = lacks_second_factor(request)
        if request.lacks_second_factor and page not in WITHOUT_SECOND_FACTOR:
            return redirect("mfa_index")
        return None


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; background requests get a bare 401 to act upon."""
    if is_background(request):
        return HttpResponse(status=401)
    query = {"next": request.get_full_path()}
    if getattr(request, "session_ended", False):
        query["ended"] = "1"
    return redirect(f"{reverse('account_login')}?{urlencode(query)}")


def lacks_second_factor(request: HttpRequest) -> bool:
    return settings.STAFF_MFA_REQUIRED and not is_mfa_enabled(request.user, ["totp", "webauthn"])
