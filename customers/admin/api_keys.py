"""Keys of other systems: made, shown once, revoked."""

from typing import Any

import structlog
from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from unfold.decorators import display

from customers.keys import ApiKey, Scope, issue, revoke
from imports.backoffice import BackofficeAdmin

log = structlog.get_logger(__name__)


class ApiKeyForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(
        label=pgettext_lazy("API key", "May"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than you may yourself: the key acts in your name."),
    )

    class Meta:
        model = ApiKey
        fields = ("name", "scopes")


@admin.register(ApiKey)
class ApiKeyAdmin(BackofficeAdmin):
    form = ApiKeyForm
    list_display = (
        "name",
        "prefix",
        "allowed",
        "created_by",
        "created_at",
        "last_used_at",
        "works",
    )
    list_select_related = ("created_by",)
    search_fields = ("name", "prefix")
    ordering = ("-id",)
    actions = ("revoke_keys",)
    fields = ("name", "scopes")

    @display(description=pgettext_lazy("API key", "may"))
    def allowed(self, key: ApiKey) -> str:
        return ", ".join(key.scopes)

    @admin.display(description=_("works?"), boolean=True)
    def works(self, key: ApiKey) -> bool:
        return key.revoked_at is None and key.created_by.is_active

    def get_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        if obj is None:
            return self.fields
        return (
            "name",
            "prefix",
            "allowed",
            "created_by",
            "created_at",
            "last_used_at",
            "revoked_at",
        )

    def get_readonly_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        return self.get_fields(request, obj) if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """Keys are revoked: who used which stays on record."""
        return False

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:
        key, request.secret = issue(  # type: ignore[attr-defined]
            name=obj.name, scopes=obj.scopes, user=request.user, at=timezone.now()
        )
        obj.pk, obj._state.adding = key.pk, False
        log.info("api_key_made", key=key.pk, scopes=key.scopes, user=request.user.pk)

    def response_add(
        self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The key itself, on a page that nothing stores; it is never shown again."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("The new API key"),
            "opts": self.opts,
            "secret": request.secret,  # type: ignore[attr-defined]
        }
        return TemplateResponse(
            request,
            "admin/customers/apikey/issued.html",
            context,
            headers={"Cache-Control": "no-store"},
        )

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("customers.revoke_apikey")

    @admin.action(description=_("Revoke the selected keys, at once"), permissions=["revoke"])
    def revoke_keys(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> None:
        ids = list(queryset.values_list("pk", flat=True))
        number = revoke(ApiKey.objects.filter(pk__in=ids), at=timezone.now())
        log.info("api_keys_revoked", keys=ids, user=request.user.pk)
        text = ngettext("%d key no longer works.", "%d keys no longer work.", number)
        messages.success(request, text % number)
