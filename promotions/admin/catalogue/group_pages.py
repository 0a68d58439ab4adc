"""The pages of a product group's list of products."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode

from imports.backoffice.counting import Count, Precision
from imports.backoffice.pages import SIZES, Pages, Position, entries_per_page, pages_in_reach
from promotions.admin.catalogue.products import describe
from promotions.models import Product, ProductGroup


@dataclass(frozen=True)
class Listed:
    """A page of products, under the names by which templates/admin/list_*.html know a list."""

    query: str
    pages: Pages
    list_per_page: int
    sizes: tuple[int, ...] = SIZES

    @property
    def kept_by_size(self) -> list[tuple[str, str]]:
        return list(_kept(self.query).items())


def page_of(request: HttpRequest, group: ProductGroup) -> Listed:
    """The page that is asked for, by name. Four queries."""
    query = request.GET.get("q", "").strip()
    size = entries_per_page(request.GET.get("per_page"))
    members = group.members.values("product_id")
    found = Product.objects.filter(pk__in=members).search(query)
    count = Count(found.order_by().count(), Precision.EXACT)
    reach = pages_in_reach(count, size=size, limit=count.number)
    asked = request.GET.get("p", "")
    number = int(asked[:6]) if asked.isascii() and asked.isdigit() else 1
    position = Position(min(max(number, 1), reach))
    first = (position.number - 1) * size
    rows: list[Any] = list(found.order_by("name", "pk")[first : first + size])
    describe(rows)
    kept = {**_kept(query), "per_page": size}

    def link(changes: dict[str, Any]) -> str:
        return f"?{urlencode({**kept, **changes})}"

    more = first + size < count.number
    return Listed(query, Pages(position, size, count, reach, rows, more, link), size)


def _kept(query: str) -> dict[str, str]:
    return {"tab": "products", **({"q": query} if query else {})}
