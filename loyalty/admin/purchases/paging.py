"""Pages of receipts, the latest first, that cost the same however many there are.

As in all lists (imports/backoffice/changelist.py), those that OFFSET reaches cheaply are numbered,
and further ones are found beside a receipt, which addresses name by its public id.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

from imports.backoffice.changelist import AFTER, BEFORE, PER_PAGE
from imports.backoffice.counting import Count, count_up_to
from imports.backoffice.pages import SIZES, Pages, Position, entries_per_page, pages_in_reach
from loyalty.models import Purchase

COUNTED = 10_000


class ReceiptPages(Pages):
    def _url(self, number: int, direction: str, beside: list[Any]) -> str:
        if number <= self.reach or not beside:
            return self.link({"p": number})
        return self.link({"p": number, direction: beside[0].purchase.public_id})


@dataclass(frozen=True)
class ReceiptList:
    """A page under the names by which templates/admin/list_*.html know a list."""

    pages: ReceiptPages
    kept: list[tuple[str, str]]

    @property
    def list_per_page(self) -> int:
        return self.pages.size

    @property
    def sizes(self) -> list[int]:
        return sorted({*SIZES, self.pages.size})

    @property
    def kept_by_size(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.kept if name != PER_PAGE]


def page_of(
    request: HttpRequest,
    receipts: QuerySet[Purchase],
    draw: Callable[[list[Purchase]], list[Any]],
) -> ReceiptList:
    """Two queries, a third beyond the numbered pages, and those of `draw`."""
    size = entries_per_page(request.GET.get(PER_PAGE))
    count = count_up_to(COUNTED, receipts)
    reach = pages_in_reach(count, size=size, limit=COUNTED)
    position = _position(request, reach, count)
    found = list(_rows(receipts, position, size)[: size + 1])
    more = position.backwards or len(found) > size
    found = found[:size][::-1] if position.backwards else found[:size]
    own = ("p", AFTER, BEFORE)
    asked = request.GET.dict().items()
    kept = [(name, str(value)) for name, value in asked if value and name not in own]

    def link(changes: dict[str, Any]) -> str:
        return f"?{urlencode([*kept, *((name, str(value)) for name, value in changes.items())])}"

    return ReceiptList(ReceiptPages(position, size, count, reach, draw(found), more, link), kept)


def _position(request: HttpRequest, reach: int, count: Count) -> Position:
    asked = request.GET.get("p", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    if number > reach and not count.is_exact:
        for name in (AFTER, BEFORE):
            if beside := _purchase(request.GET.get(name)):
                return Position(number, beside, backwards=name == BEFORE)
    return Position(min(max(number, 1), reach))


def _purchase(public_id: str | None) -> Purchase | None:
    try:
        return Purchase.objects.filter(public_id=uuid.UUID(public_id)).first()
    except (ValueError, TypeError):
        return None


def _rows(receipts: QuerySet[Purchase], position: Position, size: int) -> QuerySet[Purchase]:
    receipts = receipts.select_related("point_of_sale").order_by("-at", "-id")
    beside = position.row
    if beside is None:
        return receipts[(position.number - 1) * size :]
    # In two conditions, the first of which is a stretch of the index.
    if position.backwards:
        later = receipts.filter(at__gte=beside.at).exclude(at=beside.at, id__lte=beside.id)
        return later.order_by("at", "id")
    return receipts.filter(at__lte=beside.at).exclude(at=beside.at, id__gte=beside.id)
