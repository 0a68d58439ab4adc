from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from imports.backoffice import Tab, TabbedAdmin
from promotions.admin.catalogue import group_products
from promotions.admin.catalogue.deletion import ExplainedDeletion
from promotions.admin.catalogue.history import WrittenHistory
from promotions.models import ProductGroup


class ProductGroupForm(forms.ModelForm):
    class Meta:
        model = ProductGroup
        fields = ["name"]

    def clean_name(self) -> str:
        """Said beside the field: the constraint itself speaks for the whole form."""
        name: str = self.cleaned_data["name"]
        others = ProductGroup.objects.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError(_("Another product group has this name."), code="unique")
        return name


@admin.register(ProductGroup)
class ProductGroupAdmin(WrittenHistory, ExplainedDeletion, TabbedAdmin):
    """Products gathered across categories: the form, and a tab with who is in it."""

    list_title, form_title = _("Product groups"), _("Product group")
    form = ProductGroupForm
    list_display = ["name", "size"]
    search_fields = ["name"]
    search_help_text = _("Name of the group")
    ordering = ["name"]
    fields = ["name"]
    actions = None
    change_form_template = "admin/promotions/catalogue/change_form.html"
    delete_title = _("Delete the product group")
    delete_text = _("The products that are in it stay. It cannot be restored.")
    tabs: ClassVar[list[Tab]] = [
        Tab("products", _("Products"), "promotions.view_product", group_products.render, order=10),
    ]

    class Media:
        css = {"all": ["offers/backoffice-offers.css", "promotions/catalogue.css"]}

    @admin.display(description=_("Products"), ordering="number")
    def size(self, group: Any) -> str:
        return str(number_format(group.number, force_grouping=True))

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProductGroup]:
        return super().get_queryset(request).annotate(number=Count("members__product_id"))

    def response_add(
        self, request: HttpRequest, obj: ProductGroup, post_url_continue: str | None = None
    ) -> HttpResponse:
        """On to what the group is for."""
        super().response_add(request, obj, post_url_continue)
        return group_products.to_tab(obj)

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Any, name: str) -> URLPattern:
            return self.own_page(f"<int:product_group_id>/{route}", view, f"product_group_{name}")

        return [
            page("products/add/", group_products.add_page, "add_products"),
            page("products/<int:product_id>/remove/", group_products.remove_page, "remove_product"),
            *super().get_urls(),
        ]
