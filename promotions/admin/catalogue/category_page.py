"""The page of the tree: its top, one branch, what a search finds, or a part that is opened."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

from promotions.admin.catalogue.lookup import SEPARATOR, category_search
from promotions.admin.catalogue.tree import ON_A_PAGE, Node, Tree, draw, read_tree
from promotions.catalogue.tree import paths
from promotions.models import Category
from promotions.models.products import is_id

TEMPLATES = "admin/promotions/category"
MOST_FOUND = 100


def category_page(
    admin: ModelAdmin, request: HttpRequest, extra: dict[str, Any]
) -> HttpResponseBase:
    """Two queries, or two for a search, beside what every page of the back-office asks."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    query = request.GET.get("q", "").strip()
    context = {"query": query, **(_found(query) if query else _branch(request))}
    if "part" in request.GET:
        return TemplateResponse(request, f"{TEMPLATES}/nodes.html", {**context, "is_part": True})
    context |= {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "has_add_permission": admin.has_add_permission(request),
        **extra,
    }
    return TemplateResponse(request, f"{TEMPLATES}/change_list.html", context)


def _branch(request: HttpRequest) -> dict[str, Any]:
    tree = read_tree()
    node = _asked(tree, request.GET.get("branch", ""))
    page = Paginator(node.children, ON_A_PAGE).get_page(request.GET.get("p"))
    nodes = list(page)
    draw(nodes)
    return {
        "branch": node if node.pk else None,
        "path": tree.path(node)[:-1] if node.pk else [],
        "page": page,
        "nodes": nodes,
    }


def _asked(tree: Tree, branch: str) -> Node:
    if not branch:
        return tree.top
    if not is_id(branch) or int(branch) not in tree.nodes:
        raise Http404
    return tree.nodes[int(branch)]


def _found(query: str) -> dict[str, Any]:
    categories = list(Category.objects.filter(category_search(query))[: MOST_FOUND + 1])
    ways = paths(category.pk for category in categories[:MOST_FOUND])
    return {
        "found": [
            (category, SEPARATOR.join(ways[category.pk][:-1]))
            for category in categories[:MOST_FOUND]
        ],
        "more": len(categories) > MOST_FOUND,
        "most": MOST_FOUND,
    }
