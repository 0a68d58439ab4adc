from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SelectFilter(SimpleListFilter):
    """A filter chosen from a drop-down and applied with the others by a button (T3)."""

    template = "admin/select_filter.html"

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The options, the chosen one marked; the template adds the empty one."""
        for value, label in self.lookup_choices:
            yield {"value": value, "display": label, "selected": self.value() == str(value)}


class FieldFilter(SelectFilter):
    """Those whose `field` has the one of its `options` that is chosen."""

    field: ClassVar[str]
    options: ClassVar[Iterable[tuple[Any, Any]]]

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable:
        return self.options

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        known = self.value() in dict(self.options)
        return queryset.filter(**{self.field: self.value()}) if known else queryset


class YesNoFilter(SelectFilter):
    """Those of which something is true, or those of which it is not."""

    def condition(self) -> Q:
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable:
        return [("yes", _("yes")), ("no", _("no"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(self.condition() if self.value() == "yes" else ~self.condition())
