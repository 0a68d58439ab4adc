from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from offers.account_page import account_page
from offers.altshops import altshop_for
from offers.showcase import showcase_for


@require_safe
@never_cache
@login_required
def account_offers(request: HttpRequest) -> HttpResponse:
    """What the signed-in customer sees now, in the altshop of the host. One query for it all."""
    now = timezone.now()
    showcase, viewer = showcase_for(request.user.pk, now)
    altshop = altshop_for(request.get_host(), showcase.altshops)
    if altshop is None:
        return render(request, "offers/no_altshop.html", status=404)
    offers = showcase.visible(viewer, altshop, now)
    return account_page(request, altshop=altshop, offers=offers, drawn=showcase.drawn)
