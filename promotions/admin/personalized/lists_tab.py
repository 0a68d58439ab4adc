"""The tab of a promotion in which one looks up a customer's list."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from customers.models import Customer
from customers.search import SHORT_WORD, has_long_word
from promotions.admin.personalized.rights import may_change_lists
from promotions.models import ListedProduct, PersonalizedPromotion
from promotions.personal.lists import users_of

MOST = 10


def render(request: HttpRequest, promotion: PersonalizedPromotion) -> SafeString:
    """Two queries, if somebody is looked for; millions of lists are never listed."""
    query = request.GET.get("q", "").strip()
    may_look = may_change_lists(request.user)
    too_short = bool(query) and not has_long_word(query.split())
    asked = may_look and query and not too_short
    found = list(Customer.objects.search(query).order_by("pk")[: MOST + 1]) if asked else []
    context = {
        "promotion": promotion,
        "count": getattr(promotion, "count", None),
        "query": query,
        "may_look": may_look,
        "shortest": SHORT_WORD if too_short else None,
        "rows": _with_lists(promotion, found[:MOST]),
        "most": MOST if len(found) > MOST else None,
    }
    template = "admin/promotions/personalized/lists_tab.html"
    return SafeString(render_to_string(template, context, request))


def _with_lists(
    promotion: PersonalizedPromotion, customers: list[Customer]
) -> list[tuple[Customer, list[ListedProduct]]]:
    """Each with their list, as far as it counts. One query."""
    listed = ListedProduct.objects.filter(promotion=promotion, customer__in=customers)
    lists: dict[int, list[ListedProduct]] = {customer.pk: [] for customer in customers}
    for row in listed.select_related("product").order_by("product__name", "product_id"):
        lists[row.customer_id].append(row)
    return [
        (each, lists[each.pk] if users_of(each) == promotion.users else []) for each in customers
    ]
