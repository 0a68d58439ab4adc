"""Finding things of the catalogue while typing: what the field asks, and the field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET
from unfold.widgets import INPUT_CLASSES

from imports.resources import Text
from promotions.catalogue.tree import paths
from promotions.models import Category, Product
from promotions.models.products import called, is_id

MOST = 12
SEPARATOR = " › "
Describe = Callable[[str], str]


class LookupInput(forms.TextInput):
    """A field for an ID, beside which stands what has it; suggests things while somebody types.

    `by` is the attribute that the field takes: "id" or "external_id". Several `urls` by what
    another field (`kind`, its HTML id) has chosen, or one under "". Without JavaScript the ID is
    typed, and what has it is told when the form comes back.
    """

    class Media:
        css = {"all": ["promotions/catalogue.css"]}
        js = ["promotions/lookup.js"]

    def __init__(
        self, *, urls: dict[str, str | Promise], by: str, kind: str = "", describe: Describe
    ) -> None:
        super().__init__({"class": " ".join(INPUT_CLASSES), "autocomplete": "off"})
        self.urls, self.by, self.kind, self.describe = urls, by, kind, describe

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = {
            "input": super().render(name, value, attrs, renderer),
            "urls": {kind: str(url) for kind, url in self.urls.items()},
            "by": self.by,
            "kind": self.kind,
            "said": self.describe(str(value)) if value else "",
        }
        return render_to_string("admin/promotions/catalogue/lookup.html", context)


class OwnIdField(forms.ModelChoiceField):
    """Something of the catalogue by the shop's own ID, however many there are."""

    def __init__(self, queryset: Any, *, url: str | Promise, unknown: Text, **options: Any) -> None:
        widget = LookupInput(urls={"": url}, by="external_id", describe=self.described)
        said = {"invalid_choice": unknown}
        super().__init__(
            queryset, to_field_name="external_id", widget=widget, error_messages=said, **options
        )
        self.things = queryset

    def prepare_value(self, value: Any) -> Any:
        """A form's first value is a primary key."""
        if isinstance(value, int):
            value = self.things.filter(pk=value).first()
        return super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        """No ID has what the database can't be asked for."""
        return super().to_python(value.replace("\0", "\ufffd") if value else value)

    def described(self, external_id: str) -> str:
        thing = self.things.filter(external_id=external_id.replace("\0", "\ufffd")).first()
        return in_words(thing) if thing else ""


def in_words(thing: Product | Category) -> str:
    """Its name and where it stands. One query."""
    if isinstance(thing, Category):
        return SEPARATOR.join(paths([thing.pk])[thing.pk])
    way = paths([thing.category_id]).get(thing.category_id, ()) if thing.category_id else ()
    return " · ".join(filter(None, [thing.name, SEPARATOR.join(way)]))


@require_GET
def find_products(request: HttpRequest) -> JsonResponse:
    """Products that match `q`, or the one whose `by` is `value`. Two queries."""
    if not request.user.has_perm("promotions.view_product"):
        raise PermissionDenied
    asked = _exactly(request)
    products = Product.objects.filter(asked) if asked else _searched(request)
    found = list(products.only("id", "external_id", "name", "category_id")[:MOST])
    ways = paths({product.category_id for product in found if product.category_id})
    return _answer(
        {
            "id": product.pk,
            "external_id": product.external_id,
            "name": product.name,
            "note": SEPARATOR.join(ways.get(product.category_id or 0, ())),
        }
        for product in found
    )


@require_GET
def find_categories(request: HttpRequest) -> JsonResponse:
    """Categories that match `q`, or the one whose `by` is `value`. Two queries."""
    if not request.user.has_perm("promotions.view_category"):
        raise PermissionDenied
    asked = _exactly(request) or category_search(request.GET.get("q", ""))
    found = list(Category.objects.filter(asked)[:MOST])
    ways = paths({category.pk for category in found})
    return _answer(
        {
            "id": category.pk,
            "external_id": category.external_id,
            "name": category.name,
            "note": SEPARATOR.join(ways[category.pk][:-1]),
        }
        for category in found
    )


def category_search(text: str) -> Q:
    """All words are in the name or the ID; a whole number may be the internal ID."""
    found = called(text)
    return found | Q(pk=text.strip()) if is_id(text.strip()) else found


def _searched(request: HttpRequest) -> Any:
    return Product.objects.search(request.GET.get("q", ""))


def _exactly(request: HttpRequest) -> Q | None:
    """The condition for the one thing that is asked for; None if there is a search instead."""
    value = request.GET.get("value")
    if value is None:
        return None
    if request.GET.get("by") == "id":
        return Q(pk=value) if is_id(value) else Q(pk__in=[])
    return Q(external_id=value)


def _answer(found: Any) -> JsonResponse:
    return JsonResponse({"found": list(found)})
