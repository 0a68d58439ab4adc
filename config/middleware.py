from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase


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
