"""Freeze now: a fixed list of who is in an audience at this moment."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.audiences.freezing import freeze
from customers.models import Audience


class FreezeForm(forms.ModelForm):
    class Meta:
        model = Audience
        fields = ("name",)
        widgets = {"name": forms.TextInput(attrs={"class": "bo-input"})}
        labels = {"name": gettext_lazy("Name of the fixed list")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.kind = Audience.Kind.STATIC


def freeze_now(admin: ModelAdmin, request: HttpRequest, audience: Audience) -> HttpResponseBase:
    if not (admin.has_add_permission(request) and admin.has_view_permission(request, audience)):
        raise PermissionDenied
    now = timezone.localtime()
    form = FreezeForm(
        request.POST or None, initial={"name": f"{audience.name[:180]}, {now:%Y-%m-%d}"}
    )
    if request.method == "POST" and form.is_valid():
        try:
            frozen = freeze(audience, form.cleaned_data["name"], now)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("“%s” holds who was in the audience just now.") % frozen)
            return redirect("admin:customers_audience_change", frozen.pk)
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "original": audience,
        "title": _("Freeze “%s” now") % audience,
        "form": form,
    }
    return TemplateResponse(request, "admin/customers/audience/freeze.html", context)
