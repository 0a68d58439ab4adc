"""A customer's lists as they are read: of each promotion a page, however long the list is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, Window
from django.db.models.functions import RowNumber

from customers.models import Customer
from promotions.models import ListedProduct, PersonalizedPromotion, Product
from promotions.personal.lists import users_of

PAGE = 24
"""Products shown at once of a list."""


@dataclass(frozen=True)
class Asked:
    """Which page is wanted of one promotion, of the products with a word in their name.

    The others show their first. What is no page is the first or the last one.
    """

    promotion: int = 0
    find: str = ""
    page: str = "1"


@dataclass(frozen=True)
class ListPage:
    """A page of one list."""

    promotion: PersonalizedPromotion
    listed: int
    """Products on the whole list."""
    page: Page
    """Where it stands among the pages of what was found; holds no products."""
    find: str
    products: list[Product]


def pages_of(customer: Customer, among: Iterable[int], asked: Asked) -> list[ListPage]:
    """A page of each of these promotions of which the customer has a list, by name. Two queries.

    Lists of the other side don't count (E6), nor do products that were deleted.
    """
    promotions = PersonalizedPromotion.objects.filter(
        pk__in=list(among),
        users=users_of(customer),
        listed__customer=customer,
        listed__product__name__isnull=False,
    ).annotate(
        on_list=Count("listed__product_id"),
        found=Count(
            "listed__product_id",
            filter=~Q(pk=asked.promotion) | Q(listed__product__name__icontains=asked.find),
        ),
    )
    pages = {
        promotion: Paginator(range(promotion.found), PAGE).get_page(
            asked.page if promotion.pk == asked.promotion else 1
        )
        for promotion in promotions.order_by("name", "pk")
    }
    numbers = {promotion.pk: page.number for promotion, page in pages.items()}
    products = _products(customer, numbers, asked)
    return [
        ListPage(
            promotion,
            promotion.on_list,
            page,
            asked.find if promotion.pk == asked.promotion else "",
            products[promotion.pk],
        )
        for promotion, page in pages.items()
    ]


def _products(
    customer: Customer, numbers: Mapping[int, int], asked: Asked
) -> dict[int, list[Product]]:
    """Of the page with this number of each promotion, by name. One query."""
    place = Window(
        RowNumber(), partition_by="promotion_id", order_by=["product__name", "product_id"]
    )
    rows = (
        ListedProduct.objects.filter(customer=customer, promotion__in=numbers)
        .filter(product__name__isnull=False)
        .filter(~Q(promotion=asked.promotion) | Q(product__name__icontains=asked.find))
        .annotate(number=(place - 1) / PAGE + 1)
        .filter(
            ~Q(promotion=asked.promotion) & Q(number=1)
            | Q(promotion=asked.promotion, number=numbers.get(asked.promotion, 1))
        )
        .select_related("product")
        .order_by("product__name", "product_id")
    )
    products: dict[int, list[Product]] = {promotion: [] for promotion in numbers}
    for row in rows:
        products[row.promotion_id].append(row.product)
    return products
