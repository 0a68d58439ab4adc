"""The part of a customer's tab Loyalty with their personal offers (L1, L9)."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from customers.admin.customers import CustomerAdmin
from customers.models import Customer
from imports.backoffice import Tab
from loyalty.admin.personal_offers.items import ANSWERS, attributes_of, shown_items
from loyalty.models import PersonalOffer
from loyalty.personal.mine import Mine, State, mine_of
from loyalty.personal.wording import preference_in_words
from promotions.admin.discounts.columns import written
from promotions.admin.personalized.customer_tab import KEY

MOST = 50
SAID = {State.ACCEPTED: True, State.DECLINED: False, State.PENDING: None}


def render(request: HttpRequest, customer: Customer) -> SafeString:
    """Seven queries: those of which they have items, and those whose audience they are in."""
    now = timezone.localtime()
    attributes = attributes_of([customer.pk])
    items = shown_items(attributes[:MOST], at=now, user=request.user)
    _customer, found = mine_of("id", customer.pk, now, upcoming=True)
    of_audiences = [mine for mine in found if not mine.offer.has_items]
    context = {
        "customer": customer,
        "attributes": [
            (each.offer, dates(each.offer), items[customer.pk, each.offer.pk])
            for each in attributes[:MOST]
        ],
        "of_audiences": [_row(mine) for mine in of_audiences[:MOST]],
        "most": MOST if max(len(attributes), len(of_audiences)) > MOST else None,
    }
    template = "admin/loyalty/personaloffer/customer_tab.html"
    return SafeString(render_to_string(template, context, request))


def _row(mine: Mine) -> tuple[Any, ...]:
    offer = mine.offer
    answer = ANSWERS[SAID[mine.state]] if mine.state in SAID else "–"
    return offer, preference_in_words(offer), dates(offer), answer


def dates(offer: PersonalOffer) -> str:
    return f"{written(offer.start, offer)} – {written(offer.end, offer)} {offer.time_zone}"


CustomerAdmin.tabs.append(Tab(KEY, _("Loyalty"), "loyalty.view_personaloffer", render, order=51))
