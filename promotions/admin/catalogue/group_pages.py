"""The pages of a product group's list of products."""

from typing import Any

from django.http import HttpRequest

from imports.backoffice.counting import Count, Precision
from imports.backoffice.members import Asked, TabList
from imports.backoffice.pages import Pages, Position, pages_in_reach
from promotions.admin.catalogue.products import describe
from promotions.models import Product, ProductGroup


def page_of(request: HttpRequest, group: ProductGroup) -> TabList:
    """The page that is asked for, by name. Four queries."""
    asked = Asked.by(request, "products")
    members = group.members.values("product_id")
    found = Product.objects.filter(pk__in=members).search(asked.query)
    count = Count(found.order_by().count(), Precision.EXACT)
    reach = pages_in_reach(count, size=asked.size, limit=count.number)
    page = request.GET.get("p", "")
    number = int(page[:6]) if page.isascii() and page.isdigit() else 1
    position = Position(min(max(number, 1), reach))
    first = (position.number - 1) * asked.size
    rows: list[Any] = list(found.order_by("name", "pk")[first : first + asked.size])
    describe(rows)
    more = first + asked.size < count.number
    return TabList(asked, Pages(position, asked.size, count, reach, rows, more, asked.link))
