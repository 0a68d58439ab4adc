"""The clock of the back-office: offers are entered and shown in the default altshop's zone."""

import zoneinfo
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone

from offers.models import AltShop


def shop_zone() -> zoneinfo.ZoneInfo:
    """The default altshop's time zone; UTC as long as there is no default. One query."""
    name = AltShop.objects.filter(is_default=True).values_list("time_zone", flat=True).first()
    return zoneinfo.ZoneInfo(name or "UTC")


def in_shop_time(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A method that answers a request, its times read and written in the shop's zone."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponseBase:
        with timezone.override(shop_zone()):
            response = view(*args, **kwargs)
            # The template is rendered after the view, where the zone would be another again.
            if isinstance(response, SimpleTemplateResponse):
                response.render()
            return response

    return answer
