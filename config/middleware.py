from collections.abc import Callable

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase

from config.errors import API, told


class ContentSecurityPolicy(CSPMiddleware):
    """The policy of the settings, relaxed under /admin/ only, as far as the theme needs.

    The theme's Alpine evaluates expressions and its templates carry inline scripts and styles;
    the form of an offer shows its preview in a frame.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path_info.startswith("/admin/"):
            response._csp_update = {  # type: ignore[attr-defined]
                "script-src": [UNSAFE_EVAL, UNSAFE_INLINE],
                "style-src": [UNSAFE_INLINE],
            }
            response["X-Frame-Options"] = "SAMEORIGIN"
        return super().process_response(request, response)


class MethodsOfTheApi:
    """Says in the form of the API's errors that an address does not take a method."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 405 or not request.path_info.startswith(API):
            return response
        methods = ", ".join(sorted(response["Allow"].split(", ")))
        detail = f"This address takes {methods} only."
        return told(405, "method_not_allowed", detail, headers={"Allow": methods})
