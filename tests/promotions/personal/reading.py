"""What the database has of a customer's list."""

from customers.models import Customer
from promotions.models import ListedProduct, PersonalizedPromotion


def names(promotion: PersonalizedPromotion, customer: Customer) -> list[str]:
    """Of what is on the list."""
    return _names(promotion, customer)


def chosen(promotion: PersonalizedPromotion, customer: Customer) -> list[str]:
    return _names(promotion, customer, is_chosen=True)


def _names(promotion: PersonalizedPromotion, customer: Customer, **conditions: object) -> list[str]:
    listed = ListedProduct.objects.filter(promotion=promotion, customer=customer, **conditions)
    return sorted(listed.values_list("product__name", flat=True))
