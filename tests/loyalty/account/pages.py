"""The account's pages of personal offers and purchases as they read."""

import html
import re

from django.utils import timezone

from tests.factories import DAY
from tests.loyalty.factories import Mechanic, make_personal_offer

OFFERS, PURCHASES = "/account/personal-offers/", "/account/purchases/"


def offer_now(mechanic=Mechanic.AUDIENCE, **fields):
    """Live whenever the test runs."""
    now = timezone.now()
    return make_personal_offer(mechanic, **{"start": now - DAY, "end": now + DAY, **fields})


def plain(markup):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def titles(response):
    found = re.findall(r'<h2 id="title-\d+">(.*?)</h2>', response.content.decode(), re.S)
    return [html.unescape(each) for each in found]


def cards(response):
    """By title, each card's markup."""
    found = response.content.decode().split('<li class="card')[1:]
    return dict(zip(titles(response), found, strict=True))


def states(response):
    """By title, what each card says of its answer."""
    return {
        title: plain(re.search(r'<p class="state" id="[^"]*">(.*?)</p>', card, re.S)[1])
        for title, card in cards(response).items()
    }


def buttons(response):
    """By what assistive technology calls them, in their order."""
    found = re.findall(r'<button[^>]* name="(?:accept|decline)"[^>]*>', response.content.decode())
    return [html.unescape(re.search(r'aria-label="([^"]*)"', each)[1]) for each in found]


def messages(response):
    found = re.findall(r'<ul class="messages".*?</ul>', response.content.decode(), re.S)
    return plain(found[0]) if found else ""


def pills(response):
    nav = re.search(r'<nav class="filter".*?</nav>', response.content.decode(), re.S)
    return re.findall(r"[A-Z]\w+ \d+", plain(nav[0])) if nav else []
