"""The account page of personal offers: what customers have, and their yes or no (L13–L15)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from customers.models import Customer
from loyalty.account.altshop import in_altshop
from loyalty.account.cards import card_of
from loyalty.account.choosing import CHANNEL, Asked, asked_by, choose
from loyalty.personal.answering import answer, asked_of
from loyalty.personal.dead_items import without_dead_items
from loyalty.personal.mine import Mine, mine_of
from loyalty.personal.names import names_of
from loyalty.personal.presenting import present, texts_of
from offers.models import AltShop
from promotions.models.products import LARGEST_ID, is_id

ENDED = gettext_lazy("This offer has ended or is not yours any more. Nothing was changed.")
REFUSED = {
    "unknown_customer": (404, ENDED),
    "unknown_offer": (404, ENDED),
    "unknown_product": (
        422,
        gettext_lazy("This is no longer part of your offer. Answer to what it has now."),
    ),
    "none_left": (
        409,
        gettext_lazy("The list has changed, and nothing was answered. Here is what it has now."),
    ),
    "not_asked": (422, gettext_lazy("This offer counts for you anyway: no answer is needed.")),
}
"""Refusals as the customer reads them, where programs are told otherwise."""
TOLD = {
    ("accept", "all"): gettext_lazy("You accepted “%(title)s”."),
    ("accept", "product"): gettext_lazy("You accepted a product of “%(title)s”."),
    ("accept", "seen"): gettext_lazy(
        "The list has changed. Of “%(title)s” you accepted what you saw, if it is still there."
    ),
    ("decline", "all"): gettext_lazy("You declined “%(title)s”."),
    ("decline", "product"): gettext_lazy("You declined a product of “%(title)s”."),
    ("decline", "seen"): gettext_lazy(
        "The list has changed. Of “%(title)s” you declined what you saw, if it is still there."
    ),
}
NO_ANSWER = gettext_lazy("Press Accept or Decline to answer to an offer.")
ALL = "all"


@require_safe
@in_altshop
def account_personal_offers(request: HttpRequest, altshop: AltShop) -> HttpResponse:
    """Nine queries at most, the session's and the altshop's among them; ten to find by words."""
    return _page(request, altshop, timezone.now(), asked_by(request.GET))


@require_http_methods(["GET", "HEAD", "POST"])
@in_altshop
def answer_personal_offer(
    request: HttpRequest, altshop: AltShop, personal_offer_id: int
) -> HttpResponse:
    """`accept` or `decline` is a product's id, or "all" for the products `seen`; then back to
    what the card says of it.

    Who had to sign in meanwhile comes back by GET, and answers again.
    """
    if personal_offer_id > LARGEST_ID:
        raise Http404
    asked, now = asked_by(request.GET, personal_offer_id), timezone.now()
    if request.method != "POST":
        return redirect(asked.address())
    to = request.POST.get("accept") or request.POST.get("decline")
    if not to:
        messages.error(request, NO_ANSWER)
        return _page(request, altshop, now, asked, status=422)
    try:
        mine = _answered(request, personal_offer_id, to, now)
    except ValidationError as refusal:
        status, words = REFUSED[str(refusal.code)]
        messages.error(request, words)
        return _page(request, altshop, now, asked, status=status)
    messages.add_message(request, *_told(request, mine, to))
    return redirect(asked.address(0 if to == ALL else int(to)))


def _answered(request: HttpRequest, offer_id: int, to: str, now: dt.datetime) -> Mine:
    """Raises ValidationError."""
    customer = Customer.objects.filter(user=request.user.pk).values_list("pk", flat=True).first()
    return answer(
        customer_id=customer or 0,
        offer_id=offer_id,
        accepted="accept" in request.POST,
        at=timezone.localtime(now),
        products=None if to == ALL else [int(to) if is_id(to) else 0],
        seen=_seen(request) if to == ALL else None,
    )


def _seen(request: HttpRequest) -> set[int]:
    """To what the page asked for an answer, as `asked_of` tells it."""
    listed = request.POST.get("seen", "").split(",")
    return {int(each) for each in listed if each and is_id(each)} or {0}


def _told(request: HttpRequest, mine: Mine, to: str) -> tuple[int, str]:
    """Its level, and what the customer did."""
    deed = "accept" if "accept" in request.POST else "decline"
    title = {"title": texts_of(mine.offer, get_language()).title}
    if to != ALL:
        return messages.SUCCESS, TOLD[deed, "product"] % title
    if _seen(request) == asked_of(piece.rule for piece in mine.pieces):
        return messages.SUCCESS, TOLD[deed, "all"] % title
    return messages.WARNING, TOLD[deed, "seen"] % title


def _page(
    request: HttpRequest, altshop: AltShop, now: dt.datetime, asked: Asked, status: int = 200
) -> HttpResponse:
    mine = offers_of("user_id", request.user.pk, now)
    return offers_page(request, altshop, now, asked, mine, status=status)


def offers_page(
    request: HttpRequest,
    altshop: AltShop,
    now: dt.datetime,
    asked: Asked,
    mine: Sequence[Mine],
    *,
    template: str = "loyalty/account_personal_offers.html",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A customer's offers as the account shows them, or a `template` that extends its page by
    `context` of its own. One query."""
    choice = choose(mine, asked)
    page = list(choice.page.object_list)
    shown = present(page, names_of(page), get_language())
    context |= {
        "altshop": altshop,
        "choice": choice,
        "cards": [card_of(each, now) for each in shown],
        "here": asked.address() if request.method == "POST" else request.get_full_path(),
    }
    return render(request, template, context, status=status)


def offers_of(identity: str, value: object, now: dt.datetime) -> list[Mine]:
    """Offers that are announced here, and of which something has begun. The customer is named as
    for `mine_of`."""
    at = timezone.localtime(now)
    _customer, found = mine_of(identity, value, at, upcoming=True)
    return [
        each
        for each in without_dead_items(found, names_of(found))
        if CHANNEL in each.channels and any(piece.rule.start <= at for piece in each.pieces)
    ]
