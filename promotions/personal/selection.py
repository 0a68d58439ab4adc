"""What customers choose from their lists, within E4, and when that is final (E5)."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from customers.models import Customer
from promotions.engine import Picks, Rule, Shopper, Standing
from promotions.models import Choice, ListedProduct, PersonalizedPromotion, Product
from promotions.personal.lists import check_users, list_of
from promotions.pricing.book import Book
from promotions.pricing.relevance import is_for
from promotions.pricing.shoppers import look_up, shopper_of

LOCKED = _("This choice is final: it was saved before and can't be changed.")
NOT_LISTED = _("Only products of the customer's own list can be chosen.")
TOO_MANY = ngettext_lazy(
    "At most %(maximum)d product can be chosen, not %(number)d.",
    "At most %(maximum)d products can be chosen, not %(number)d.",
    "maximum",
)


@dataclass(frozen=True)
class Selection:
    """A customer's list of one promotion, and how their choice from it stands."""

    promotion: PersonalizedPromotion
    listed: Sequence[ListedProduct]
    default: Product | None = None
    """Counts as chosen while nothing is (E20)."""

    @property
    def available(self) -> list[Product]:
        return [each.product for each in self.listed]

    @property
    def chosen(self) -> list[Product]:
        return [each.product for each in self.listed if each.is_chosen]

    @property
    def maximum(self) -> int | None:
        return self.promotion.max_products

    @property
    def locked(self) -> bool:
        """A choice of which nothing is left on the list (E24) locks no more."""
        return self.promotion.lock_after_apply and any(each.is_chosen for each in self.listed)


def selection_of(
    *, promotion: PersonalizedPromotion, customer: Customer, at: dt.datetime
) -> Selection:
    """Two queries while no discount changes."""
    listed = list_of(promotion=promotion, customer=customer)
    if not listed:
        return Selection(promotion, listed)
    book, known = look_up("id", customer.pk, at)
    default = default_of(promotion, book=book, shopper=shopper_of(book, known, at), at=at)
    products = {row.product_id: row.product for row in listed}
    return Selection(promotion, listed, products[default] if default else None)


def default_of(
    promotion: PersonalizedPromotion, *, book: Book, shopper: Shopper, at: dt.datetime
) -> int | None:
    """The product of the earliest discount the shopper can get now, if on their list. No query."""
    listed = shopper.picks.get(promotion.pk, Picks()).listed
    for rule in book.by_key.values() if listed else ():
        goods = [each.goods for each in rule.sets if each.goods.promotion == promotion.pk]
        named = [each.default for each in goods if each.default in listed]
        if named and rule.start <= at < rule.end and _can_get(rule, shopper):
            return named[0]
    return None


def _can_get(rule: Rule, shopper: Shopper) -> bool:
    return is_for(rule, shopper) and not shopper.standings.get(rule.key, Standing()).is_used_up


@transaction.atomic
def choose(
    *,
    promotion: PersonalizedPromotion,
    customer: Customer,
    products: Iterable[Product],
    at: dt.datetime,
) -> None:
    """Make these products the customer's choice in place of any before. Four queries at most.

    The same choice again changes nothing, even a final one. A choice of nothing takes the choice
    back, where that may still be done, and so locks nothing. Raises ValidationError ("wrong_users",
    "locked", "not_listed", "too_many"). Of two first choices at once one waits for the other.
    """
    wanted = {product.pk for product in products}
    _hold(promotion, customer, at)
    if changes(promotion=promotion, customer=customer, wanted=wanted):
        _execute(MARK, promotion, customer, products=list(wanted))
    if not wanted:
        Choice.objects.filter(promotion=promotion, customer=customer).delete()


def changes(
    *, promotion: PersonalizedPromotion, customer: Customer, wanted: Collection[int]
) -> bool:
    """Whether choosing these products would change anything; raises as `choose` does. One query."""
    check_users(promotion, customer)
    before = dict(_listed(promotion, customer).values_list("product_id", "is_chosen"))
    chosen = {product for product, is_chosen in before.items() if is_chosen}
    if set(wanted) == chosen:
        return False
    _check(promotion, set(wanted), listed=before.keys(), is_chosen=bool(chosen))
    return True


def chosen_of(*, promotion: PersonalizedPromotion, customer: Customer) -> set[int]:
    """Ids of the products that the customer has saved as their choice. One query."""
    chosen = _listed(promotion, customer).filter(is_chosen=True)
    return set(chosen.values_list("product_id", flat=True))


def _listed(promotion: PersonalizedPromotion, customer: Customer) -> models.QuerySet[ListedProduct]:
    """Without what was deleted from the catalogue: it stays on lists until they are swept."""
    listed = ListedProduct.objects.filter(promotion=promotion, customer=customer)
    return listed.filter(product__name__isnull=False)


def _check(
    promotion: PersonalizedPromotion, wanted: set[int], *, listed: Iterable[int], is_chosen: bool
) -> None:
    if promotion.lock_after_apply and is_chosen:
        raise ValidationError(LOCKED, code="locked")
    if not wanted.issubset(listed):
        raise ValidationError(NOT_LISTED, code="not_listed")
    if promotion.max_products is not None and len(wanted) > promotion.max_products:
        counts = {"maximum": promotion.max_products, "number": len(wanted)}
        raise ValidationError(TOO_MANY % counts, code="too_many")


HOLD = """
    INSERT INTO promotions_choice AS choice (customer_id, promotion_id, first_at, last_at)
    VALUES (%(customer)s, %(promotion)s, %(at)s, %(at)s)
    ON CONFLICT (customer_id, promotion_id) DO UPDATE SET last_at = excluded.last_at
"""
# Rows are locked in the order in which lists.py locks them.
MARK = """
    UPDATE promotions_listedproduct AS listed SET is_chosen = NOT listed.is_chosen FROM (
        SELECT product_id FROM promotions_listedproduct
        WHERE customer_id = %(customer)s AND promotion_id = %(promotion)s
        AND is_chosen <> (product_id = ANY(%(products)s)) ORDER BY product_id FOR UPDATE
    ) AS other
    WHERE listed.customer_id = %(customer)s AND listed.promotion_id = %(promotion)s
    AND listed.product_id = other.product_id
"""


def _hold(promotion: PersonalizedPromotion, customer: Customer, at: dt.datetime) -> None:
    """Have whoever else chooses from this list wait until the transaction ends."""
    _execute(HOLD, promotion, customer, at=at)


def _execute(sql: str, promotion: PersonalizedPromotion, customer: Customer, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"customer": customer.pk, "promotion": promotion.pk, **values})
