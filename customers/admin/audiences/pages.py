import datetime as dt
from contextlib import suppress
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.forms import Field as FormField
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.admin.audiences import freeze, live_count, removal
from customers.admin.audiences.builder import ConditionsField
from customers.admin.audiences.changes import confirmation
from customers.admin.audiences.columns import AudienceColumns, describe, row_actions
from customers.admin.audiences.form import BACK_TO_EDITING, AudienceForm
from customers.admin.audiences.history import HISTORY
from customers.admin.audiences.members import MEMBERS
from customers.admin.audiences.uses import shown_uses
from customers.audiences.counting import count
from customers.audiences.members import understood
from customers.models import Audience
from imports.backoffice import Tab, TabbedAdmin


@admin.register(Audience)
class AudienceAdmin(AudienceColumns, TabbedAdmin):
    """The list of audiences, and the page on which one is described or its members are seen.

    The kind is final: `?kind=static` adds a fixed list, which an import fills.
    """

    form = AudienceForm
    list_display = ["shown_name", "shown_kind", "customers", "used_by"]
    list_display_links = None
    sortable_by = ["shown_name", "shown_kind", "customers"]
    search_fields = ["name", "description"]
    search_help_text = _("Name or description")
    ordering = ["name"]
    actions = None
    tabs: ClassVar[list[Tab]] = [MEMBERS, HISTORY]
    form_tab_title = _("Description")
    change_form_template = "admin/customers/audience/change_form.html"

    class Media:
        css = {"all": ["customers/audience.css"]}

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [*super().get_list_display(request), row_actions(request)]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        describe(changelist.result_list, request.user)
        return changelist

    def get_fieldsets(self, request: HttpRequest, obj: Audience | None = None) -> Any:
        fields = ["name", "description"]
        may_edit = self.has_change_permission(request, obj) if obj else True
        if obj.is_dynamic if obj else not asks_for_fixed(request):
            fields.append("conditions" if may_edit else "described")
        return [(None, {"fields": fields})]

    def get_readonly_fields(self, request: HttpRequest, obj: Audience | None = None) -> list[str]:
        return ["described"]

    @admin.display(description=_("Conditions"))
    def described(self, audience: Any) -> str:
        return str(audience.words or audience.problem)

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        if db_field.name == "conditions":
            return ConditionsField(request.user)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "description":
            field.widget.attrs["rows"] = 2
        return field

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form, audience = context["adminform"].form, context["original"]
        if getattr(form, "unconfirmed", False):
            if len(form.errors) == 1 and BACK_TO_EDITING not in request.POST:
                return confirmation(self, request, form)
            del form.errors["__all__"]
            context["errors"] = form.errors
        if audience and not self.has_change_permission(request, audience):
            describe([audience], request.user)
        is_fixed = not audience.is_dynamic if audience else asks_for_fixed(request)
        context |= {"is_fixed": is_fixed, "uses": shown_uses(request, audience) if audience else []}
        context |= {"title": str(audience or _("Audience")), "subtitle": None}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Audience, form: Any, change: bool) -> None:
        if not change:
            obj.kind = Audience.Kind.STATIC if asks_for_fixed(request) else Audience.Kind.DYNAMIC
            obj.conditions = None if asks_for_fixed(request) else obj.conditions
            obj.save()
        else:
            # Nothing else: an import may be changing the count of members at this moment.
            obj.save(update_fields=form.changed_data)
        if "conditions" in form.changed_data or not change:
            _count_anew(obj, timezone.localtime())

    def response_post_save_add(self, request: HttpRequest, obj: Audience) -> HttpResponse:
        if obj.is_dynamic:
            return super().response_post_save_add(request, obj)
        return redirect("admin:customers_audience_change", obj.pk)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        audience = self.get_object(request, object_id)
        if audience is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return removal.delete(self, request, audience)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """Not Django's page, which knows only what was done in forms."""
        there = reverse("admin:customers_audience_change", args=[object_id])
        return redirect(f"{there}?tab={HISTORY.key}")

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Any, name: str) -> URLPattern:
            def answer(request: HttpRequest, **found: int) -> HttpResponseBase:
                objects = [get_object_or_404(Audience, pk=pk) for pk in found.values()]
                return view(self, request, *objects)

            protected = self.admin_site.admin_view(answer)
            return path(route, protected, name=f"customers_audience_{name}")

        return [
            page("count/", live_count.live_count, "count"),
            page("<int:audience_id>/freeze/", freeze.freeze_now, "freeze"),
            *super().get_urls(),
        ]


def asks_for_fixed(request: HttpRequest) -> bool:
    return request.GET.get("kind") == Audience.Kind.STATIC


def _count_anew(audience: Audience, at: dt.datetime) -> None:
    """For the list; what takes too long to count has no count until it is counted again."""
    node = understood(audience.conditions) if audience.is_dynamic else None
    if node is None:
        return
    Audience.objects.filter(pk=audience.pk).update(members_count=0, counted_at=None)
    with suppress(ValidationError):
        live_count.note_count(audience.pk, audience.conditions, count(node, at).customers, at)
