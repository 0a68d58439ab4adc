"""The page of a customer's offers, drawn from whatever offers it is given.

Templates say how it looks, but little of a page is its customer's own: a card is the same for
all who see it, and so is the frame around the cards. Both are drawn once and kept by the caller,
the frame with slots for what belongs to the request.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext

from offers.filters import OfferFilter
from offers.models import AltShop, PrivateOffer
from promotions.pictures import THUMBNAIL_SIDE

# Between NULs, which no text from the database can hold.
SLOT = re.compile("\0(.*?)\0")
SLOTS = {name: mark_safe(f"\0{name}\0") for name in ("csrf_token", "here", "cards")}  # noqa: S308
MOST_FRAMES = 1000


def account_page(
    request: HttpRequest,
    *,
    altshop: AltShop,
    offers: Sequence[PrivateOffer],
    drawn: dict[Any, Any],
    template: str = "offers/account_offers.html",
    **context: Any,
) -> HttpResponse:
    """`offers` as cards, or those of the type asked for. No queries if they have their pictures.

    `drawn` keeps what was drawn from one call to the next; give an empty one to draw anew, as
    with a `template` that extends the page by `context` of its own.
    """
    chosen, unknown = _chosen_type(request)
    shown = [offer for offer in offers if not chosen or offer.type == chosen]
    counts = Counter([offer.type for offer in offers])
    # A message is said once, so that its frame must not be kept.
    frames = {} if len(get_messages(request)) else drawn.setdefault("frames", {})
    key = altshop.pk, get_language(), chosen, unknown, tuple(sorted(counts.items()))
    # Asked for once: another thread may empty what is kept at any time.
    frame = frames.get(key)
    if frame is None:
        if len(frames) >= MOST_FRAMES:
            frames.clear()
        context |= {"altshop": altshop, "unknown_type": unknown, "nothing": not shown}
        context |= {"total": len(offers), "choices": _choices(chosen, counts)}
        frame = frames[key] = SLOT.split(render_to_string(template, context | SLOTS, request))
    filling = {
        "csrf_token": get_token(request),
        "here": escape(request.get_full_path()),
        "cards": "".join([card(offer, altshop, drawn) for offer in shown]),
    }
    return HttpResponse(_filled(frame, filling))


def _filled(frame: list[str], filling: dict[str, str]) -> str:
    """Every other part of a frame is the name of what belongs there."""
    parts = frame.copy()
    parts[1::2] = [filling[name] for name in parts[1::2]]
    return "".join(parts)


def card(offer: PrivateOffer, altshop: AltShop, drawn: dict[Any, Any]) -> str:
    """The card's HTML in the current language."""
    key = offer.pk, altshop.pk, get_language()
    if key not in drawn:
        picture = offer.picture
        longer = max(picture.width, picture.height)
        drawn[key] = render_to_string(
            "offers/_card.html",
            {
                "offer": offer,
                "external": _leads_away(offer.link, altshop),
                "thumbnail_width": round(picture.width * min(1, THUMBNAIL_SIDE / longer)),
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
    """Links of the filter: all, then every type, whether there are offers of it or not."""
    labels = {"": gettext("All"), **dict(PrivateOffer.Type.choices)}
    return [
        {
            "type": value,
            "href": f"?type={value}" if value else "?",
            "label": label,
            "count": counts[value] if value else counts.total(),
            "chosen": value == chosen,
        }
        for value, label in labels.items()
    ]


def _leads_away(link: str, altshop: AltShop) -> bool:
    return not link.startswith(("/", f"https://{altshop.host}/", f"http://{altshop.host}/"))
