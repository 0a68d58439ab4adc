"""The list of products and the form of one."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from promotions.admin.catalogue.deletion import ExplainedDeletion
from promotions.admin.catalogue.filters import CategoryFilter
from promotions.admin.catalogue.lookup import SEPARATOR, find_products
from promotions.admin.catalogue.product_form import ProductForm
from promotions.catalogue.pictures import files_of, sweep
from promotions.catalogue.tree import paths
from promotions.models import Barcode, Product, ProductGroup
from promotions.prices import plain

BARCODES_SHOWN = 3


@admin.register(Product)
class ProductAdmin(ExplainedDeletion):
    list_title, form_title = _("Products"), _("Product")
    form = ProductForm
    list_display = ["small_picture", "own_id", "product", "where", "usual_price", "codes"]
    list_display_links = ["product"]
    list_filter = [CategoryFilter]
    search_fields = ["name", "external_id", "barcodes__code"]
    search_help_text = _("Name, ID or barcode")
    ordering = ["name"]
    actions = None
    fields = ["name", "external_id", "category", "price", "codes", "picture"]
    delete_title = _("Delete the product")
    delete_text = _(
        "It leaves the product groups that it is in and the lists of customers that it is on."
        " It cannot be restored."
    )

    class Media:
        css = {"all": ["offers/backoffice-offers.css", "promotions/catalogue.css"]}

    @admin.display(description=_("Picture"))
    def small_picture(self, product: Product) -> SafeString | str:
        if not product.thumbnail:
            return SafeString('<span class="pc-no-picture" aria-hidden="true"></span>')
        return format_html(
            '<img class="bo-thumbnail" src="{}" alt="" width="64" height="48" loading="lazy">',
            product.thumbnail.url,
        )

    @admin.display(description=_("ID"), ordering="external_id")
    def own_id(self, product: Product) -> str:
        return product.external_id

    @admin.display(description=_("Name"), ordering="name")
    def product(self, product: Product) -> str:
        return product.name

    @admin.display(description=_("Category"))
    def where(self, product: Any) -> str:
        return SEPARATOR.join(product.way) or "–"

    @admin.display(description=_("Price"))
    def usual_price(self, product: Product) -> str:
        return plain(product.price)

    @admin.display(description=_("Barcodes"))
    def codes(self, product: Any) -> str:
        more = len(product.codes) - BARCODES_SHOWN
        shown = ", ".join(product.codes[:BARCODES_SHOWN])
        return f"{shown} (+{more})" if more > 0 else shown or "–"

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return queryset.search(search_term), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        response = super().changelist_view(request, extra_context)
        shown = getattr(response, "context_data", {}).get("cl")
        if shown is not None:
            describe(shown.result_list)
        return response

    def save_model(self, request: HttpRequest, obj: Product, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        form.save_parts()

    def delete_model(self, request: HttpRequest, obj: Product) -> None:
        files = files_of(obj)
        super().delete_model(request, obj)
        sweep(files)

    def around(self, obj: Product | None, user: Any) -> dict[str, Any]:
        return {**super().around(obj, user), "groups": groups_of(obj)}

    def get_urls(self) -> list[URLPattern]:
        lookup = self.admin_site.admin_view(find_products)
        return [path("lookup/", lookup, name="promotions_product_lookup"), *super().get_urls()]


def describe(products: list[Any]) -> None:
    """Give each its barcodes and the way to its category. Two queries."""
    codes: dict[int, list[str]] = {product.pk: [] for product in products}
    for barcode in Barcode.objects.filter(product__in=codes).order_by("code"):
        codes[barcode.product_id].append(barcode.code)
    ways = paths({product.category_id for product in products if product.category_id})
    for product in products:
        product.codes, product.way = codes[product.pk], ways.get(product.category_id, ())


def groups_of(product: Product | None) -> list[ProductGroup]:
    return list(ProductGroup.objects.filter(members__product=product)) if product else []
