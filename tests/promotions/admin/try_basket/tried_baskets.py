"""Ask *Try a basket* for a price, and read its answer."""

from django.utils.http import urlencode

from tests.factories import NOON
from tests.pages import page_text

TRY = "/admin/try-a-basket/"
AT = f"{NOON:%Y-%m-%dT%H:%M}"
MAY = ("promotions.view_discount", "customers.view_customer")
SEES_ALL = (*MAY, "customers.view_audience", "customers.view_customergroup")


def tried(client, *lines, at=AT, **asked):
    """The page for lines such as TEA~2~3.50."""
    query = urlencode([*asked.items(), ("at", at), *(("line", line) for line in lines)])
    return client.get(f"{TRY}?{query}")


def sent(client, *lines, **fields):
    """The form with these lines of product, quantity and price."""
    columns = zip(*lines, strict=True) if lines else ([], [], [])
    rows = dict(zip(("product", "quantity", "price"), map(list, columns), strict=True))
    return client.post(TRY, {"point_of_sale": "P1", "at": AT, **rows, **fields})


def plain(text):
    return text.replace("\u00a0", " ")


def words(response):
    return plain(page_text(response))


def receipt(response):
    return response.context["receipt"]


def sums(response):
    return {name: plain(amount) for name, amount in receipt(response).sums.items() if amount}


def told(offers):
    """Names of offers with what is said of each."""
    return {offer.name: plain(offer.words) for offer in offers}


def row_errors(response):
    return [list(row.errors.values()) for row in response.context["rows"] if not row.row.is_empty]
