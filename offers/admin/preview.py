"""What a customer will see, shown beside the form while it is filled in."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.safestring import mark_safe

from offers.account_page import card
from offers.models import AltShop, Image, PrivateOffer

SHOWN = ("visible_name", "description", "validity_text", "link", "picture", "type")
TEXTS = ("visible_name", "description", "validity_text")


@dataclass(frozen=True)
class Address:
    url: str


@dataclass(frozen=True)
class NoPicture:
    """Stands where the picture will be."""

    file: Address
    thumbnail: Address
    width: int = 1200
    height: int = 800


@dataclass(frozen=True)
class Draft:
    """As much of an offer as its card needs; unlike the model it may lack a picture."""

    visible_name: str
    description: str
    validity_text: str
    link: str
    type: str
    picture: Image | NoPicture
    pk: None = None

    @property
    def get_type_display(self) -> str:
        return str(dict(PrivateOffer.Type.choices).get(self.type, "–"))


def preview(admin: ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """The offer's card as the posted form describes it; nothing is saved."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not (admin.has_add_permission(request) or admin.has_change_permission(request)):
        raise PermissionDenied
    altshop = AltShop.objects.filter(is_default=True).first() or AltShop()
    # A draft has no number under which a drawn card could be found again: draw it anew.
    drawn = card(cast(PrivateOffer, described(admin, request)), altshop, {})
    return render(
        request,
        "admin/offers/privateoffer/preview.html",
        {"card": mark_safe(drawn), "altshop": altshop},  # noqa: S308 drawn by a template
    )


def described(admin: ModelAdmin, request: HttpRequest) -> Draft:
    """What is valid so far; wrong values are left out, missing texts are called by their label."""
    form = admin.get_form(request, fields=SHOWN)(request.POST)
    form.is_valid()
    values: dict[str, Any] = {name: form.cleaned_data.get(name) or "" for name in SHOWN}
    for name in TEXTS:
        values[name] = values[name] or f"[{form.fields[name].label}]"
    empty = Address(static("offers/backoffice-no-picture.svg"))
    values["picture"] = values["picture"] or NoPicture(empty, empty)
    return Draft(**values)
