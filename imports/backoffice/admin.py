"""The one class between our admin classes and the theme, so that the theme can be changed.

It stands in the lowest room because every room's admin builds on it.
"""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin

from imports.backoffice.changelist import BackofficeChangeList


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

    then_by: ClassVar[dict[str, str]] = {}
    """A column's field and the one that decides between equals, such as last and first name."""

    count_limit = 10_000
    """A list is counted up to here; beyond, the planner's estimate is shown."""

    search_count_limit = 2_000
    """Matches of a search are counted up to here; beyond, "more than" is shown."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[BackofficeChangeList]:
        return BackofficeChangeList

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """A form ends with Save and Cancel only (T31)."""
        context.setdefault("show_save_and_continue", False)
        context.setdefault("show_save_and_add_another", False)
        return super().render_change_form(request, context, *args, **kwargs)
