"""The tab of a promotion in which one looks up a customer's list."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from customers.models import Customer
from customers.search import SHORT_WORD, has_long_word
from promotions.admin.personalized.rights import may_change_lists
from promotions.models import PersonalizedPromotion
from promotions.personal.paging import beginnings_of

MOST = 10


def render(request: HttpRequest, promotion: PersonalizedPromotion) -> SafeString:
    """Two queries, if somebody is looked for; millions of lists are never listed."""
    query = request.GET.get("q", "").strip()
    may_look = may_change_lists(request.user)
    too_short = bool(query) and not has_long_word(query.split())
    asked = may_look and query and not too_short
    found = list(Customer.objects.search(query).order_by("pk")[: MOST + 1]) if asked else []
    lists = beginnings_of(promotion, found[:MOST])
    context = {
        "promotion": promotion,
        "count": getattr(promotion, "count", None),
        "query": query,
        "may_look": may_look,
        "shortest": SHORT_WORD if too_short else None,
        "rows": [(each, *lists.get(each.pk, ([], 0))) for each in found[:MOST]],
        "most": MOST if len(found) > MOST else None,
    }
    template = "admin/promotions/personalized/lists_tab.html"
    return SafeString(render_to_string(template, context, request))
