"""The account page where customers choose from their lists of personalized promotions."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from customers.models import Customer
from promotions import ticks
from promotions.models import PersonalizedPromotion, Product
from promotions.models.products import is_id
from promotions.personal.cards import cards_of
from promotions.personal.paging import Asked, asked_by
from promotions.personal.selection import changes, choose, chosen_of

AltshopAt = Callable[[str], Any]
"""The altshop of a host, or None; rooms above know it."""
REFUSED = {
    "not_listed": gettext_lazy(
        "A product that you ticked is no longer on your list. Choose from what is on it now."
    ),
    "wrong_users": gettext_lazy("This promotion is not for you any more."),
}
"""Refusals as the customer reads them, where others than customers are told otherwise."""


@require_safe
@never_cache
@login_required
def account_promotions(request: HttpRequest, altshop_at: AltshopAt) -> HttpResponse:
    """Thirteen queries at most, the session's and the altshop's among them, however much is on it.

    `promotion`, `page` and `find` ask for another part of one list.
    """
    return _page(request, altshop_at, timezone.now(), asked_by(request.GET))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choose_products(request: HttpRequest, promotion_id: int, altshop_at: AltshopAt) -> HttpResponse:
    """Save what is ticked, also on other pages; where that is final, ask first.

    With `page`, keep the ticks and turn to it. Who had to sign in meanwhile comes back by GET,
    without what they ticked on the page.
    """
    if request.method != "POST":
        return redirect("promotions:account_promotions")
    customer = get_object_or_404(Customer, user=request.user.pk)
    promotion = get_object_or_404(PersonalizedPromotion, pk=promotion_id)
    wanted = _wanted(request, promotion, customer)
    if "page" in request.POST:
        ticks.keep(request.session, promotion.pk, wanted)
        ticks.prune(request.session, customer)
        return redirect(_address(asked_by(request.POST, promotion.pk)))
    return _save(request, altshop_at, promotion, customer, wanted)


def _save(
    request: HttpRequest,
    altshop_at: AltshopAt,
    promotion: PersonalizedPromotion,
    customer: Customer,
    wanted: Collection[int],
) -> HttpResponse:
    asked, now = asked_by(request.GET, promotion.pk), timezone.now()
    try:
        products = _products(wanted)
        if _is_to_be_asked(request, promotion, customer, wanted):
            ticks.keep(request.session, promotion.pk, wanted)
            return _question(request, altshop_at, asked, promotion, products)
        choose(promotion=promotion, customer=customer, products=products, at=now)
    except ValidationError as refusal:
        ticks.keep(request.session, promotion.pk, wanted)
        mistake = str(REFUSED.get(str(refusal.code)) or refusal.messages[0])
        return _page(request, altshop_at, now, asked, mistake)
    ticks.drop(request.session, promotion.pk)
    text = _("Your choice is saved.") if wanted else _("You have chosen nothing for now.")
    messages.success(request, text)
    return redirect(_address(Asked(promotion.pk)))


def _wanted(request: HttpRequest, promotion: PersonalizedPromotion, customer: Customer) -> set[int]:
    """The ids of what was asked about, or else of what is ticked: here, and on other pages before.

    0 for what is no id. One query, where nothing was kept of other pages.
    """
    sent = request.POST
    if "confirmed" in sent:
        return _ids(sent["confirmed"].split(","))
    kept = ticks.ticks_in(request.session).get(promotion.pk)
    if kept is None:
        kept = chosen_of(promotion=promotion, customer=customer)
    return kept - _ids(sent.get("shown", "").split(",")) | _ids(sent.getlist("product"))


def _products(wanted: Collection[int]) -> list[Product]:
    """One query. Raises ValidationError if one of them is no longer in the catalogue."""
    products = list(Product.objects.filter(pk__in=wanted).order_by("name", "pk"))
    if len(products) < len(wanted):
        raise ValidationError(REFUSED["not_listed"], code="not_listed")
    return products


def _is_to_be_asked(
    request: HttpRequest,
    promotion: PersonalizedPromotion,
    customer: Customer,
    wanted: Collection[int],
) -> bool:
    """Not about what would be refused or changes nothing anyway."""
    is_final = promotion.lock_after_apply and wanted and "confirmed" not in request.POST
    return bool(is_final) and changes(promotion=promotion, customer=customer, wanted=wanted)


def _question(
    request: HttpRequest,
    altshop_at: AltshopAt,
    asked: Asked,
    promotion: PersonalizedPromotion,
    products: list[Product],
) -> HttpResponse:
    context = {
        "altshop": altshop_at(request.get_host()),
        "promotion": promotion,
        "products": products,
        "back": _address(asked),
        "here": reverse("promotions:account_promotions"),
    }
    return render(request, "promotions/confirm_choice.html", context)


def _page(
    request: HttpRequest,
    altshop_at: AltshopAt,
    at: dt.datetime,
    asked: Asked,
    mistake: str = "",
) -> HttpResponse:
    """`mistake` is what is wrong about the promotion that is asked for."""
    customer = Customer.objects.filter(user=request.user.pk).first()
    ticked = ticks.prune(request.session, customer) if customer else {}
    cards = cards_of(customer, at, asked=asked, ticked=ticked) if customer else []
    for promotion in ticked.keys() - {
        card.promotion.pk for card in cards if not card.list_page.is_locked
    }:
        ticks.drop(request.session, promotion)
    if mistake and asked.promotion not in [card.promotion.pk for card in cards]:
        messages.error(request, mistake)
    context = {
        "altshop": altshop_at(request.get_host()),
        "cards": [(card, mistake * (card.promotion.pk == asked.promotion)) for card in cards],
        "here": _address(asked),
    }
    status = 422 if mistake else 200
    return render(request, "promotions/account_promotions.html", context, status=status)


def _address(asked: Asked) -> str:
    address = reverse("promotions:account_promotions")
    if not asked.promotion:
        return address
    query = urlencode(asdict(asked)) if asked.find or asked.page != "1" else ""
    return f"{address}{'?' * bool(query)}{query}#promotion-{asked.promotion}"


def _ids(texts: Iterable[str]) -> set[int]:
    return {_id(text) for text in texts if text}


def _id(text: str) -> int:
    return int(text) if is_id(text) else 0
