"""The tab of an offer in which one looks up customers' items, and sees how many answered."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from customers.models import Customer
from customers.search import SHORT_WORD, has_long_word
from loyalty.admin.personal_offers.columns import count_of
from loyalty.admin.personal_offers.items import answers_of, attributes_of, shown_items
from loyalty.models import OfferCount, PersonalOffer
from loyalty.personal.counting import count_offers

if TYPE_CHECKING:
    from loyalty.admin.personal_offers.pages import PersonalOfferAdmin

MOST = 5


def render(request: HttpRequest, offer: PersonalOffer) -> SafeString:
    """Seven queries at most, if somebody is looked for; millions of items are never listed."""
    query = request.GET.get("q", "").strip()
    may_look = request.user.has_perm("customers.view_customer")
    too_short = bool(query) and not has_long_word(query.split())
    asked = may_look and query and not too_short
    found = list(Customer.objects.search(query).order_by("pk")[: MOST + 1]) if asked else []
    count = count_of(offer)
    context = {
        "offer": offer,
        "count": count,
        "answers": _answers(count) if count else [],
        "query": query,
        "may_look": may_look,
        "may_upload": request.user.has_perm("loyalty.import_items"),
        "shortest": SHORT_WORD if too_short else None,
        "rows": _rows(request, offer, found[:MOST]),
        "most": MOST if len(found) > MOST else None,
    }
    template = "admin/loyalty/personaloffer/items_tab.html"
    return SafeString(render_to_string(template, context, request))


def _rows(request: HttpRequest, offer: PersonalOffer, customers: list[Customer]) -> list[Any]:
    """Each customer with their items, or, of an offer without, what they answered."""
    ids = [customer.pk for customer in customers]
    if not ids:
        return []
    if not offer.has_items:
        said = answers_of(ids)
        return [(each, [], said.get((each.pk, offer.pk, 0))) for each in customers]
    attributes = attributes_of(ids, {offer.pk: offer})
    items = shown_items(attributes, at=timezone.now(), user=request.user)
    return [(each, items.get((each.pk, offer.pk), []), None) for each in customers]


def _answers(count: OfferCount) -> list[tuple[str, str, int, int]]:
    """The bars: a key, a label, a number and its share of all in per cent."""
    numbers = [
        ("accepted", _("Accepted"), count.accepted),
        ("declined", _("Declined"), count.declined),
    ]
    if count.offer.has_items:
        pending = max(count.customers - count.accepted - count.declined, 0)
        numbers.append(("pending", _("Pending"), pending))
    total = sum(number for _key, _label, number in numbers) or 1
    return [(key, label, number, round(100 * number / total)) for key, label, number in numbers]


def count_now(
    admin: "PersonalOfferAdmin", request: HttpRequest, object_id: str
) -> HttpResponseBase:
    """Count who has items and who answered, as the worker does every ten minutes."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not admin.has_view_permission(request):
        raise PermissionDenied
    known = object_id.isdecimal() and len(object_id) < 10
    offer = get_object_or_404(PersonalOffer, pk=object_id if known else 0)
    count_offers(timezone.now(), offer=offer.pk)
    page = reverse("admin:loyalty_personaloffer_change", args=[offer.pk])
    return redirect(f"{page}?tab=items")
