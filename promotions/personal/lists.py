"""Which products are on whose list, by the handful (E8–E10); an import does it by the million."""

from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from promotions.models import ListedProduct, PersonalizedPromotion, Product

Users = PersonalizedPromotion.Users
FOR_OTHERS = {
    Users.CONSUMERS: _("This promotion is for consumers, and the customer is an employee."),
    Users.EMPLOYEES: _("This promotion is for employees, and the customer is not one."),
}


def users_of(customer: Customer) -> PersonalizedPromotion.Users:
    """The side a customer is on (E6): who isn't said to be an employee is a consumer."""
    return Users.EMPLOYEES if customer.employee else Users.CONSUMERS


def check_users(promotion: PersonalizedPromotion, customer: Customer) -> None:
    """Raises ValidationError ("wrong_users") if the promotion is for the other side (E6)."""
    users = Users(promotion.users)
    if users_of(customer) != users:
        raise ValidationError(FOR_OTHERS[users], code="wrong_users")


def list_of(*, promotion: PersonalizedPromotion, customer: Customer) -> list[ListedProduct]:
    """A customer's list with its products, by name (E11). One query.

    Empty as well for who changed sides since it was given: such a list doesn't count (E6).
    """
    if users_of(customer) != promotion.users:
        return []
    listed = ListedProduct.objects.filter(promotion=promotion, customer=customer)
    return list(listed.select_related("product").order_by("product__name", "product_id"))


def still_listed(customer: Customer, ticked: Mapping[int, Collection[int]]) -> dict[int, set[int]]:
    """Of products by promotion, those that are on the customer's lists. One query, if of any."""
    asked = [Q(promotion=pk, product__in=products) for pk, products in ticked.items() if products]
    kept: dict[int, set[int]] = {promotion: set() for promotion in ticked}
    if asked:
        listed = ListedProduct.objects.filter(reduce(or_, asked), customer=customer)
        listed = listed.filter(product__name__isnull=False)
        for promotion, product in listed.values_list("promotion_id", "product_id"):
            kept[promotion].add(product)
    return kept


@transaction.atomic
def add_products(
    *, promotion: PersonalizedPromotion, customer: Customer, products: Iterable[Product]
) -> int:
    """Put products on a customer's list, which the first one creates (E9); how many are new.

    One query. Raises ValidationError ("wrong_users").
    """
    check_users(promotion, customer)
    return _change(ADD, promotion, customer, products)


@transaction.atomic
def remove_products(
    *, promotion: PersonalizedPromotion, customer: Customer, products: Iterable[Product]
) -> int:
    """Take products off a customer's list (E10), and so out of their choice (E24); how many.

    One query. Works for who changed sides, too: what doesn't count may be tidied up.
    """
    return _change(REMOVE, promotion, customer, products)


# In the order of the primary key, as everybody who writes several rows, so that none waits for
# another who waits for it.
ADD = """
    INSERT INTO promotions_listedproduct (customer_id, promotion_id, product_id)
    SELECT %(customer)s, %(promotion)s, id FROM unnest(%(products)s::int[]) AS id ORDER BY id
    ON CONFLICT DO NOTHING
"""
REMOVE = """
    DELETE FROM promotions_listedproduct AS listed USING (
        SELECT product_id FROM promotions_listedproduct
        WHERE customer_id = %(customer)s AND promotion_id = %(promotion)s
        AND product_id = ANY(%(products)s) ORDER BY product_id FOR UPDATE
    ) AS gone
    WHERE listed.customer_id = %(customer)s AND listed.promotion_id = %(promotion)s
    AND listed.product_id = gone.product_id
"""


def _change(
    sql: str, promotion: PersonalizedPromotion, customer: Customer, products: Iterable[Product]
) -> int:
    values = {"customer": customer.pk, "promotion": promotion.pk}
    with connection.cursor() as cursor:
        cursor.execute(sql, {**values, "products": [product.pk for product in products]})
        return int(cursor.rowcount)
