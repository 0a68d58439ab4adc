"""Customers' lists as they are read: of each a page, however long the list is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from customers.models import Customer
from promotions.models import ListedProduct, PersonalizedPromotion, Product
from promotions.models.products import is_id
from promotions.personal.lists import users_of

PAGE = 24
"""Products shown at once of a list."""
LONGEST_FIND = 100  # characters
BY_NAME = ("product__name", "product_id")


@dataclass(frozen=True)
class Asked:
    """Which page is wanted of one promotion, of the products with a word in their name.

    The others show their first. What is no page is the first or the last one.
    """

    promotion: int = 0
    find: str = ""
    page: str = "1"


def asked_by(sent: Mapping[str, str], promotion: int | None = None) -> Asked:
    """What a form or an address asks, of this promotion or of that it names."""
    asked = sent.get("promotion", "")
    number = int(asked) if is_id(asked) else 0
    # No name has what the database can't be asked for.
    find = sent.get("find", "").replace("\0", "").strip()[:LONGEST_FIND]
    return Asked(number if promotion is None else promotion, find, sent.get("page", "1"))


@dataclass(frozen=True)
class ListPage:
    """A page of one list."""

    promotion: PersonalizedPromotion
    listed: int
    """Products on the whole list, and how many of them are chosen."""
    chosen: int
    page: Page
    """Where it stands among the pages of what was found; holds no products."""
    find: str
    rows: list[ListedProduct]

    @property
    def products(self) -> list[Product]:
        return [row.product for row in self.rows]

    @property
    def is_locked(self) -> bool:
        """A choice of which nothing is left on the list (E24) locks no more."""
        return self.promotion.lock_after_apply and self.chosen > 0

    @property
    def is_long(self) -> bool:
        return self.listed > PAGE


def pages_of(
    customer: Customer,
    among: QuerySet[PersonalizedPromotion],
    asked: Asked,
    *,
    chosen_first: bool = False,
) -> list[ListPage]:
    """A page of each of these promotions of which the customer has a list, by name. Two queries.

    Lists of the other side don't count (E6), nor do products that were deleted.
    """
    is_found = ~Q(pk=asked.promotion) | Q(listed__product__name__icontains=asked.find)
    promotions = among.filter(
        users=users_of(customer),
        listed__customer=customer,
        listed__product__name__isnull=False,
    ).annotate(
        on_list=Count("listed__product_id"),
        chosen=Count("listed__product_id", filter=Q(listed__is_chosen=True)),
        found=Count("listed__product_id", filter=is_found),
    )
    pages = {
        promotion: Paginator(range(promotion.found), PAGE).get_page(
            asked.page if promotion.pk == asked.promotion else 1
        )
        for promotion in promotions.order_by("name", "pk")
    }
    numbers = {promotion.pk: page.number for promotion, page in pages.items()}
    rows = _rows(customer, numbers, asked, [*(["-is_chosen"] if chosen_first else []), *BY_NAME])
    return [
        ListPage(
            promotion,
            promotion.on_list,
            promotion.chosen,
            page,
            asked.find if promotion.pk == asked.promotion else "",
            rows[promotion.pk],
        )
        for promotion, page in pages.items()
    ]


def _rows(
    customer: Customer, numbers: Mapping[int, int], asked: Asked, order: Sequence[str]
) -> dict[int, list[ListedProduct]]:
    """Of the page with this number of each promotion, with their products. One query."""
    place = Window(RowNumber(), partition_by="promotion_id", order_by=order)
    listed = (
        ListedProduct.objects.filter(customer=customer, promotion__in=numbers)
        .filter(product__name__isnull=False)
        .filter(~Q(promotion=asked.promotion) | Q(product__name__icontains=asked.find))
        .annotate(number=(place - 1) / PAGE + 1)
        .filter(
            ~Q(promotion=asked.promotion) & Q(number=1)
            | Q(promotion=asked.promotion, number=numbers.get(asked.promotion, 1))
        )
        .select_related("product")
        .order_by(*order)
    )
    rows: dict[int, list[ListedProduct]] = {promotion: [] for promotion in numbers}
    for row in listed:
        rows[row.promotion_id].append(row)
    return rows


def beginnings_of(
    promotion: PersonalizedPromotion, customers: Collection[Customer]
) -> dict[int, tuple[list[ListedProduct], int]]:
    """By customer what was chosen and then the list by name, PAGE of it, with its whole length.

    One query. Whoever has no list, or one that doesn't count for them (E6), has no entry.
    """
    order = ["-is_chosen", *BY_NAME]
    place = Window(RowNumber(), partition_by="customer_id", order_by=order)
    rows = (
        ListedProduct.objects.filter(promotion=promotion)
        .filter(customer__in=[each for each in customers if users_of(each) == promotion.users])
        .filter(product__name__isnull=False)
        .annotate(place=place, on_list=Window(Count("*"), partition_by="customer_id"))
        .filter(place__lte=PAGE)
        .select_related("product")
        .order_by(*order)
    )
    lists: dict[int, tuple[list[ListedProduct], int]] = {}
    for row in rows:
        lists.setdefault(row.customer_id, ([], row.on_list))[0].append(row)
    return lists
