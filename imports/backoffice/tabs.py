"""Pages of one object in tabs: the form is the first, rooms above add theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from imports.backoffice.admin import BackofficeAdmin
from imports.resources import Text


@dataclass(frozen=True)
class Tab:
    """A tab beside the form, at `?tab=key`: only the one that is looked at is drawn.

    What it draws may hold forms, which post to addresses of their own. Tabs with the same key are
    one: the first has its title, and what the user may see of them stands below each other.
    """

    key: str
    title: Text
    permission: str
    render: Callable[[HttpRequest, Any], SafeString]
    order: int = 50
    is_for: Callable[[Any], bool] = lambda obj: True


class TabbedAdmin(BackofficeAdmin):
    """Tabs exist only when something is edited, not while it is added."""

    tabs: ClassVar[list[Tab]] = []
    """Each class has a list of its own; rooms above append to it."""
    form_tab_title: ClassVar[Text] = _("General")
    change_form_template = "admin/tabbed_change_form.html"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        may_look = obj is not None and self.has_view_or_change_permission(request, obj)
        tabs = self._tabs_for(request, obj) if may_look else []
        chosen = [tab for tab in tabs if tab.key == request.GET.get("tab")]
        drawn = [tab.render(request, obj) for tab in chosen]
        shown = {tab.key: tab for tab in reversed(tabs)}
        context = {
            "object_tabs": [(tab, tab in chosen) for tab in tabs if shown[tab.key] is tab],
            "form_tab_title": self.form_tab_title,
            "chosen_tab": chosen[0] if chosen else None,
            "tab_content": mark_safe("".join(drawn)) if drawn else None,  # noqa: S308 by templates
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    def _tabs_for(self, request: HttpRequest, obj: Any) -> list[Tab]:
        tabs = [t for t in self.tabs if request.user.has_perm(t.permission) and t.is_for(obj)]
        return sorted(tabs, key=lambda tab: tab.order)
