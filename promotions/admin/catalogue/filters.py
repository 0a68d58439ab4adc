from collections.abc import Iterable, Iterator

from django.contrib.admin import ModelAdmin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from imports.backoffice.filters import SelectFilter
from promotions.catalogue.tree import ancestors, descendants
from promotions.models import Category
from promotions.models.products import is_id

MOST = 500
INDENT = "    "

Children = dict[int | None, list[tuple[int, str]]]


class CategoryFilter(SelectFilter):
    """A category with all below it.

    The drop-down has the top of the tree, and the tree opened up around the chosen one: choosing
    goes down level by level, so that ten thousand categories are not too many.
    """

    title = _("category")
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Iterable:
        chosen = str(request.GET.get(self.parameter_name, ""))
        path = ancestors([int(chosen)]).get(int(chosen), ()) if is_id(chosen) else ()
        shown = Category.objects.filter(Q(parent=None) | Q(parent__in=path) | Q(pk__in=path))
        children: Children = {}
        for pk, name, parent in shown.values_list("pk", "name", "parent")[:MOST]:
            children.setdefault(parent, []).append((pk, name))
        return list(_in_order(children, None, ""))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = str(self.value() or "")
        if is_id(chosen):
            return queryset.filter(category__in=descendants([int(chosen)]))
        return queryset.none() if chosen else queryset


def _in_order(children: Children, parent: int | None, indent: str) -> Iterator[tuple[str, str]]:
    for pk, name in children.get(parent, []):
        yield str(pk), f"{indent}{name}"
        yield from _in_order(children, pk, indent + INDENT)
