"""The customer's page of offers: where it is, and what is to be seen on it."""

import html
import re

from django.utils import timezone

from tests.factories import DAY, make_offer

PAGE = "/account/offers/"


def offer_now(**fields):
    now = timezone.now()
    return make_offer(**{"start": now - DAY, "end": now + DAY, **fields})


def names(response):
    found = re.findall(r'<li class="card">.*?<h2>(.*?)</h2>', response.content.decode(), re.DOTALL)
    return [html.unescape(name) for name in found]


def pictures(response):
    return set(re.findall(r"gallery/[0-9a-f]+\.webp", response.content.decode()))


def of(*images):
    return {name for image in images for name in (image.file.name, image.thumbnail.name)}
