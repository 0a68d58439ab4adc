"""The account page as staff see it in a customer's place."""

import datetime as dt

from tests.pages import text

CHOOSE = "/admin/offers/privateoffer/see-as-customer/"


def address(customer, shop, at):
    return f"{CHOOSE}{customer.pk}/{shop.key}/{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}/"


def shown(response):
    body = response.content.decode()
    return [text(part.split("</h2>")[0]) for part in body.split("<h2>")[1:]]
