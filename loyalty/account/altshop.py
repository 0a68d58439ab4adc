"""What every page of the account begins with: somebody signed in, in an altshop, by its clock."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from offers.altshops import altshop_at


def in_altshop(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the altshop of the host after the request; dates are in its zone. One query."""

    @never_cache
    @login_required
    @wraps(view)
    def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        altshop = altshop_at(request.get_host())
        if altshop is None:
            return render(request, "offers/no_altshop.html", status=404)
        with timezone.override(altshop.time_zone):
            return view(request, altshop, **kwargs)

    return page
