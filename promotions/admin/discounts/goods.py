"""Goods as they are written in a form: a line for each product, category or product group."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext_lazy as _

from promotions.models import Category, Product, ProductGroup

PRODUCT, CATEGORY, GROUP = "product", "category", "group"
KINDS = {
    PRODUCT: ("sell", _("Product")),
    CATEGORY: ("account_tree", _("Category")),
    GROUP: ("inventory_2", _("Product group")),
}
"""By how a line begins, such as `category:C1`: a sign and a label. A bare line is a product's."""

MOST_FOUND = {PRODUCT: 12, CATEGORY: 6, GROUP: 6}
MOST_LINES = 500


@dataclass(frozen=True)
class Thing:
    """What a line names; `token` is the line as it is written at its best."""

    row: Product | Category | ProductGroup

    @property
    def kind(self) -> str:
        if isinstance(self.row, Category):
            return CATEGORY
        return GROUP if isinstance(self.row, ProductGroup) else PRODUCT

    @property
    def key(self) -> str:
        return self.row.name if isinstance(self.row, ProductGroup) else self.row.external_id

    @property
    def token(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def sign(self) -> str:
        return KINDS[self.kind][0]

    @property
    def about(self) -> str:
        label = str(KINDS[self.kind][1])
        return label if isinstance(self.row, ProductGroup) else f"{label} {self.row.external_id}"


def tokens_in(text: str) -> list[str]:
    """Lines of a text with their kind before them, each once."""
    lines = (line.strip() for line in text.splitlines())
    return list(dict.fromkeys(_with_kind(line) for line in lines if line))


def _with_kind(line: str) -> str:
    kind, separator, key = line.partition(":")
    if separator and kind.strip() in KINDS:
        return f"{kind.strip()}:{key.strip()}"
    return f"{PRODUCT}:{line}"


def known(tokens: Iterable[str]) -> dict[str, Thing]:
    """What these name, by token; what there is not has no entry. A query for each kind."""
    asked: dict[str, list[str]] = {}
    for token in tokens:
        kind, _separator, key = token.partition(":")
        if "\x00" not in key:  # No text of the database has one.
            asked.setdefault(kind, []).append(key)
    found: dict[str, Thing] = {}
    for kind, keys in asked.items():
        for row in _rows(kind, keys):
            thing = Thing(row)
            found[thing.token] = thing
    return found


def _rows(kind: str, keys: list[str]) -> QuerySet[Any]:
    if kind == GROUP:
        return ProductGroup.objects.filter(name__in=keys)
    model = Category if kind == CATEGORY else Product
    return model._default_manager.filter(external_id__in=keys)


def found(query: str, only: str) -> Iterator[Thing]:
    """The first things whose name, ID or barcode has these letters. A query for each kind."""
    by_name = Q(name__icontains=query)
    by_id = by_name | Q(external_id__icontains=query)
    searches: dict[str, QuerySet[Any]] = {
        GROUP: ProductGroup.objects.filter(by_name),
        CATEGORY: Category.objects.filter(by_id),
        PRODUCT: Product.objects.filter(
            by_id | Q(pk__in=Product.objects.filter(barcodes__code=query).values("pk"))
        ),
    }
    for kind, rows in searches.items():
        if only in ("", kind):
            yield from map(Thing, rows.order_by("name", "pk")[: MOST_FOUND[kind]])


def search(request: HttpRequest) -> HttpResponseBase:
    """Answers the picker: what `q` finds, or what the lines in `exact` name."""
    if not any(request.user.has_perm(f"promotions.{verb}_discount") for verb in ("add", "change")):
        raise PermissionDenied
    return answer(request)


def answer(request: HttpRequest) -> HttpResponseBase:
    """The same for whoever may ask, as other forms with goods decide."""
    lines, query = request.GET.get("exact", ""), request.GET.get("q", "").strip()
    if lines:
        things: Iterable[Thing] = known(tokens_in(lines)[:MOST_LINES]).values()
    else:
        things = found(query[:100], request.GET.get("only", "")) if query else ()
    told = [
        {"token": each.token, "label": each.row.name, "about": each.about, "sign": each.sign}
        for each in things
    ]
    return JsonResponse({"results": told})
