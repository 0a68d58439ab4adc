from collections.abc import Iterator
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.views.main import ChangeList


class SelectFilter(SimpleListFilter):
    """A filter chosen from a drop-down and applied with the others by a button (T3)."""

    template = "admin/select_filter.html"

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The options, the chosen one marked; the template adds the empty one."""
        for value, label in self.lookup_choices:
            yield {"value": value, "display": label, "selected": self.value() == str(value)}
