"""The clock of the back-office: times are read and written in the default altshop's zone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from config.backoffice.session import ROOT
from offers.altshops import shop_zone


class BackofficeClock:
    """Sets the zone for every page under /admin/ that staff see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not (request.path_info.startswith(ROOT) and request.user.is_staff):
            return self.get_response(request)
        with timezone.override(shop_zone()):
            return self.get_response(request)
