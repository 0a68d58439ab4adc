"""The tab Products of a product group: what is in it, what comes and what goes."""

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import UnfoldAdminTextareaWidget

from imports.backoffice import members
from promotions.admin.catalogue.group_pages import page_of
from promotions.catalogue.groups import Addition, add, remove
from promotions.models import Product, ProductGroup

TEMPLATES = "admin/promotions/productgroup"
MAY_CHANGE = "promotions.change_productgroup"


class IdsForm(forms.Form):
    ids = forms.CharField(
        label=gettext_lazy("IDs of products"),
        widget=UnfoldAdminTextareaWidget(
            {"rows": 10, "autocomplete": "off", "spellcheck": "false"}
        ),
        help_text=gettext_lazy(
            "The shop's own IDs, one a line. IDs that no product has are listed as skipped."
        ),
    )

    def clean_ids(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["ids"].splitlines())
        return [line for line in lines if line]


def render(request: HttpRequest, group: ProductGroup) -> SafeString:
    """The tab. Four queries."""
    context = {
        "group": group,
        "cl": page_of(request, group),
        "may_change": request.user.has_perm(MAY_CHANGE),
    }
    return SafeString(render_to_string(f"{TEMPLATES}/products.html", context, request))


def add_page(admin: ModelAdmin, request: HttpRequest, product_group_id: int) -> HttpResponse:
    """Paste IDs, and read what became of them."""
    group = _changeable(request, product_group_id)
    form = IdsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        addition = add(group=group, external_ids=form.cleaned_data["ids"])
        if addition.added:
            admin.log_change(request, group, f"{addition.added} products added")
        return _report(admin, request, group, addition)
    context = {"form": form, "title": _("Add products"), "back": _tab(group)}
    return members.page(admin, request, group, f"{TEMPLATES}/add_products.html", context)


def remove_page(
    admin: ModelAdmin, request: HttpRequest, product_group_id: int, product_id: int
) -> HttpResponse:
    """Asks first. Afterwards the list is where it was."""
    group = _changeable(request, product_group_id)
    product = get_object_or_404(Product, pk=product_id)
    if request.method == "POST":
        if remove(group=group, products=[product]):
            admin.log_change(request, group, f"product #{product.pk} removed")
            messages.success(request, _("“%s” is no longer in the group.") % product)
        else:
            messages.info(request, _("“%s” was not in the group any more.") % product)
        return to_tab(group)
    context = {"product": product, "title": _("Remove from the group"), "back": _tab(group)}
    return members.page(admin, request, group, f"{TEMPLATES}/remove_product.html", context)


def to_tab(group: ProductGroup) -> HttpResponse:
    return redirect(_tab(group))


def _report(
    admin: ModelAdmin, request: HttpRequest, group: ProductGroup, addition: Addition
) -> HttpResponse:
    """A page of its own only if IDs were skipped."""
    sentences = _sentences(addition)
    if not addition.unknown:
        messages.success(request, " ".join(sentences))
        return to_tab(group)
    context = {
        "title": _("What became of the IDs"),
        "sentences": sentences,
        "back": _tab(group),
        **members.skipped(addition.unknown),
    }
    return members.page(admin, request, group, f"{TEMPLATES}/report.html", context)


def _sentences(addition: Addition) -> list[str]:
    added, already, repeated = addition.added, addition.already, addition.repeated
    told = [ngettext("%d product added.", "%d products added.", added) % added]
    if already:
        text = ngettext("%d was in the group already.", "%d were in the group already.", already)
        told.append(text % already)
    if repeated:
        told.append(ngettext("%d repeated ID.", "%d repeated IDs.", repeated) % repeated)
    return told


def _changeable(request: HttpRequest, product_group_id: int) -> ProductGroup:
    """Raises PermissionDenied, or Http404."""
    if not request.user.has_perms([MAY_CHANGE, "promotions.view_product"]):
        raise PermissionDenied
    return get_object_or_404(ProductGroup, pk=product_group_id)


def _tab(group: ProductGroup) -> str:
    return f"{reverse('admin:promotions_productgroup_change', args=[group.pk])}?tab=products"
