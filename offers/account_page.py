"""The page of a customer's offers, drawn from whatever offers it is given."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext

from offers.filters import OfferFilter
from offers.gallery import THUMBNAIL_SIDE
from offers.models import AltShop, PrivateOffer


def account_page(
    request: HttpRequest,
    *,
    altshop: AltShop,
    offers: Sequence[PrivateOffer],
    drawn: dict[Any, str],
    template: str = "offers/account_offers.html",
    **context: Any,
) -> HttpResponse:
    """`offers` as cards, or those of the type asked for. No queries if they have their pictures.

    `drawn` keeps cards from one call to the next; give an empty one to draw anew. `template`
    extends the page, with `context` of its own.
    """
    chosen, unknown = _chosen_type(request)
    counts = Counter(offer.type for offer in offers)
    shown = [offer for offer in offers if not chosen or offer.type == chosen]
    return render(
        request,
        template,
        {
            "altshop": altshop,
            "total": len(offers),
            "choices": _choices(chosen, counts),
            "unknown_type": unknown,
            "cards": mark_safe("".join(card(offer, altshop, drawn) for offer in shown)),  # noqa: S308
            **context,
        },
    )


def card(offer: PrivateOffer, altshop: AltShop, drawn: dict[Any, str]) -> str:
    """The card's HTML in the current language."""
    key = offer.pk, altshop.pk, get_language()
    if key not in drawn:
        picture = offer.picture
        drawn[key] = render_to_string(
            "offers/_card.html",
            {
                "offer": offer,
                "external": _leads_away(offer.link, altshop),
                "thumbnail_width": round(
                    picture.width * min(1, THUMBNAIL_SIDE / max(picture.width, picture.height))
                ),
            },
        )
    return drawn[key]


def _chosen_type(request: HttpRequest) -> tuple[str, bool]:
    """The type asked for, and whether what was asked for is no type."""
    if "type" not in request.GET:
        return "", False
    form = OfferFilter(request.GET, PrivateOffer.objects.none()).form
    valid = form.is_valid()
    return form.cleaned_data.get("type") or "", not valid


def _choices(chosen: str, counts: Counter[str]) -> list[dict[str, Any]]:
    everything = {
        "type": "",
        "href": "?",
        "label": gettext("All"),
        "count": counts.total(),
        "chosen": not chosen,
    }
    return [everything] + [
        {
            "type": value,
            "href": f"?type={value}",
            "label": label,
            "count": counts[value],
            "chosen": value == chosen,
        }
        for value, label in PrivateOffer.Type.choices
    ]


def _leads_away(link: str, altshop: AltShop) -> bool:
    return not link.startswith(("/", f"https://{altshop.host}/", f"http://{altshop.host}/"))
