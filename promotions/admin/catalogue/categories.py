from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from promotions.admin.catalogue.category_page import category_page
from promotions.admin.catalogue.deletion import ExplainedDeletion
from promotions.admin.catalogue.lookup import OwnIdField, find_categories
from promotions.admin.catalogue.uses import Shown, shown_uses
from promotions.catalogue.tree import MOST_LEVELS, ancestors, descendants, levels
from promotions.models import Category

TOO_DEEP = _("A category is at most %(most)s levels down; choose a parent nearer to the top.")
BELOW_ITSELF = _("A category can't be below itself or below what is below it.")


class CategoryForm(forms.ModelForm):
    parent = OwnIdField(
        Category.objects.all(),
        url=reverse_lazy("admin:promotions_category_lookup"),
        unknown=_("There is no category with this ID."),
        label=_("Parent"),
        required=False,
        help_text=_(
            "The ID of the category above; empty for the top. All that is below moves along."
        ),
    )

    class Meta:
        model = Category
        fields = ["name", "external_id", "parent"]

    def clean_parent(self) -> Category | None:
        parent: Category | None = self.cleaned_data["parent"]
        if parent and self.instance.pk and parent.pk in descendants([self.instance.pk]):
            raise ValidationError(BELOW_ITSELF)
        above = ancestors([parent.pk]).get(parent.pk, ()) if parent else ()
        own = levels(self.instance.pk) if self.instance.pk else 1
        if parent and len(above) + own > MOST_LEVELS:
            raise ValidationError(TOO_DEEP, params={"most": MOST_LEVELS})
        return parent


@admin.register(Category)
class CategoryAdmin(ExplainedDeletion):
    """The tree of categories and the form of one."""

    list_title, form_title = _("Categories"), _("Category")
    form = CategoryForm
    fields = ["name", "external_id", "parent"]
    search_fields = ["name", "external_id"]
    actions = None
    delete_title = _("Delete the category")
    delete_text = _("Nothing is in it. It cannot be restored.")

    class Media:
        css = {"all": ["offers/backoffice-offers.css", "promotions/catalogue.css"]}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        return category_page(self, request, {"title": self.list_title, **(extra_context or {})})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A category is added below the one from whose branch somebody comes."""
        return {"parent": request.GET.get("parent", "")}

    def needs(self, request: HttpRequest, obj: Category) -> list[Shown]:
        """Products and categories are counted, not named: there may be very many."""
        needs = []
        if products := obj.products.count():
            words = ngettext("%d product in it", "%d products in it", products) % products
            url = f"{reverse('admin:promotions_product_changelist')}?category={obj.pk}"
            may_look = request.user.has_perm("promotions.view_product")
            needs.append(Shown(words, url if may_look else ""))
        if children := obj.children.count():
            words = ngettext("%d category below it", "%d categories below it", children) % children
            url = f"{reverse('admin:promotions_category_changelist')}?branch={obj.pk}"
            needs.append(Shown(words, url))
        return [*needs, *shown_uses(obj, request.user)]

    def get_urls(self) -> list[URLPattern]:
        lookup = self.admin_site.admin_view(find_categories)
        return [path("lookup/", lookup, name="promotions_category_lookup"), *super().get_urls()]
