"""What is in a group: a list in a tab, and pages to add and remove (templates/admin/members)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote

from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from imports.backoffice.pages import SIZES, Pages, entries_per_page


@dataclass(frozen=True)
class Asked:
    """What of a tab's list is asked for: words to search for, and how many entries a page."""

    tab: str
    query: str
    size: int

    @classmethod
    def by(cls, request: HttpRequest, tab: str) -> Self:
        query = request.GET.get("q", "").strip()
        return cls(tab, query, entries_per_page(request.GET.get("per_page")))

    @property
    def kept(self) -> dict[str, str]:
        return {"tab": self.tab, **({"q": self.query} if self.query else {})}

    def link(self, changes: dict[str, Any]) -> str:
        return f"?{urlencode({**self.kept, 'per_page': self.size, **changes})}"


@dataclass(frozen=True)
class TabList:
    """A page of members, under the names by which templates/admin/list_*.html know a list."""

    asked: Asked
    pages: Pages
    sizes: tuple[int, ...] = SIZES

    @property
    def list_per_page(self) -> int:
        return self.asked.size

    @property
    def kept_by_size(self) -> list[tuple[str, str]]:
        return list(self.asked.kept.items())


def skipped(names: Sequence[str]) -> dict[str, Any]:
    """For members/report.html: what nobody has, also as a file that needs no second request.

    So that the names need not be kept.
    """
    lines = "\n".join(names)
    file = SafeString(f"data:text/plain;charset=utf-8,{quote(lines)}")
    return {"number": len(names), "skipped": lines, "file": file}


def page(
    admin: ModelAdmin, request: HttpRequest, group: Model, template: str, context: dict[str, Any]
) -> HttpResponse:
    """A page about the members of `group`, within the back-office's frame."""
    frame = {**admin.admin_site.each_context(request), "opts": admin.opts, "original": group}
    return TemplateResponse(request, template, {**frame, **context})
