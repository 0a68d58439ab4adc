"""The one class between our admin classes and the theme, so that the theme can be changed.

It stands in the lowest room because every room's admin builds on it.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.messages.storage import default_storage
from django.db import IntegrityError
from django.db.models import Field
from django.forms import Field as FormField
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from unfold.admin import ModelAdmin

from imports.backoffice.changelist import BackofficeChangeList
from imports.resources import Text


class BackofficeAdmin(ModelAdmin):
    """A page of the back-office, whose list stays fast at any size.

    Filters are applied by a button: take those of `unfold.contrib.filters`, which are fields.
    `list_editable` isn't supported. Sorting by a column is fast if an index on (column, id)
    serves it.
    """

    list_fullwidth = True
    list_filter_submit = True
    list_disable_select_all = True
    show_full_result_count = False
    warn_unsaved_form = True
    compressed_fields = False

    list_title: ClassVar[Text] = ""
    form_title: ClassVar[Text] = ""
    """What stands above the list and above the form, in place of Django's words."""

    then_by: ClassVar[dict[str, str]] = {}
    """A column's field and the one that decides between equals, such as last and first name."""

    choices_only: ClassVar[bool] = False
    """Whether what a form names is only chosen there: adding and changing has pages of its own."""

    count_limit = 10_000
    """A list is counted up to here; beyond, the planner's estimate is shown."""

    search_count_limit = 2_000
    """Matches of a search are counted up to here; beyond, "more than" is shown."""

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and self.choices_only and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def own_page(self, route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
        """For `get_urls`: `view` is given this admin, the request and what the route holds."""

        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            return view(self, request, **kwargs)

        return path(route, self.admin_site.admin_view(answer), name=name)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[BackofficeChangeList]:
        return BackofficeChangeList

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        title = {"title": self.list_title} if self.list_title else {}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        title = {"title": self.form_title, "subtitle": None} if self.form_title else {}
        context = {**title, **(extra_context or {})}
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except IntegrityError:
            # Somebody saved a moment ago what the form could not see yet. It sees it now, and
            # says so beside the field; what it cannot explain fails again.
            request._messages = default_storage(request)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """A form ends with Save and Cancel only (T31)."""
        context.setdefault("show_save_and_continue", False)
        context.setdefault("show_save_and_add_another", False)
        return super().render_change_form(request, context, *args, **kwargs)
