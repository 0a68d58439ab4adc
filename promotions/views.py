"""The account page where customers choose from their lists of personalized promotions."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
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
from promotions.models import PersonalizedPromotion, Product
from promotions.personal.cards import cards_of
from promotions.personal.selection import changes, choose

AltshopAt = Callable[[str], Any]
"""The altshop of a host, or None; rooms above know it."""
LONGEST_ID = 9  # digits; ids are 32 bits wide
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
    """Ten queries, the session's and the altshop's among them, however many promotions."""
    ticked = {_id(request.GET.get("promotion", "")): _ids(request.GET.getlist("product"))}
    return _page(request, altshop_at, timezone.now(), ticked=ticked)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choose_products(request: HttpRequest, promotion_id: int, altshop_at: AltshopAt) -> HttpResponse:
    """Save what was ticked; where that is final, ask first.

    Who had to sign in meanwhile comes back by GET, without the ticks.
    """
    if request.method != "POST":
        return redirect("promotions:account_promotions")
    customer = get_object_or_404(Customer, user=request.user.pk)
    promotion = get_object_or_404(PersonalizedPromotion, pk=promotion_id)
    wanted, now = _ids(request.POST.getlist("product")), timezone.now()
    try:
        products = _ticked(request.POST.getlist("product"))
        if _is_to_be_asked(request, promotion, customer, wanted):
            return _question(request, altshop_at, promotion, products)
        choose(promotion=promotion, customer=customer, products=products, at=now)
    except ValidationError as refusal:
        mistake = promotion.pk, str(REFUSED.get(str(refusal.code)) or refusal.messages[0])
        return _page(request, altshop_at, now, ticked={promotion.pk: wanted}, mistake=mistake)
    text = _("Your choice is saved.") if wanted else _("You have chosen nothing for now.")
    messages.success(request, text)
    return redirect(f"{reverse('promotions:account_promotions')}#promotion-{promotion.pk}")


def _ticked(sent: Sequence[str]) -> list[Product]:
    """One query. Raises ValidationError if one of them is no longer in the catalogue."""
    products = list(Product.objects.filter(pk__in=_ids(sent)).order_by("name", "pk"))
    if len(products) < len(set(sent)):
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
    promotion: PersonalizedPromotion,
    products: list[Product],
) -> HttpResponse:
    kept = [("promotion", promotion.pk), *(("product", product.pk) for product in products)]
    context = {
        "altshop": altshop_at(request.get_host()),
        "promotion": promotion,
        "products": products,
        "back": f"{reverse('promotions:account_promotions')}?{urlencode(kept)}",
        "here": reverse("promotions:account_promotions"),
    }
    return render(request, "promotions/confirm_choice.html", context)


def _page(
    request: HttpRequest,
    altshop_at: AltshopAt,
    at: dt.datetime,
    *,
    ticked: dict[int, set[int]],
    mistake: tuple[int, str] | None = None,
) -> HttpResponse:
    """`ticked` by promotion is shown in place of what is chosen, with what is wrong about one."""
    customer = Customer.objects.filter(user=request.user.pk).first()
    cards = cards_of(customer, at) if customer else []
    mistakes = dict([mistake] if mistake else [])
    if mistake and mistake[0] not in [card.promotion.pk for card in cards]:
        messages.error(request, mistake[1])
    context = {
        "altshop": altshop_at(request.get_host()),
        "cards": [
            (card, ticked.get(card.promotion.pk), mistakes.get(card.promotion.pk)) for card in cards
        ],
        "here": reverse("promotions:account_promotions"),
    }
    status = 422 if mistakes else 200
    return render(request, "promotions/account_promotions.html", context, status=status)


def _ids(texts: Iterable[str]) -> set[int]:
    return {number for text in texts if (number := _id(text))}


def _id(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else 0
