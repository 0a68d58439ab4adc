"""Imports of items: files, runs, and what customers have then; shared by their tests."""

from typing import Any

from customers.models import Customer
from imports.models import Job
from loyalty.models import OfferItems, PersonalOffer
from promotions.models import Product
from tests.imports.runs import imported

SLUG = "personal-offer-items"
HEADER = "Offer,Customer,Target,Threshold,Preference,Method,Value,Start date,End date"
ANN = "ann@example.com"


def data(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def run(*lines: str, header: str = HEADER, **fields: Any) -> Job:
    return imported(SLUG, data(*lines, header=header), **fields)


def had() -> dict[tuple[str, str], list[Any]]:
    """Items by offer and customer."""
    offers = dict(PersonalOffer.objects.values_list("pk", "name"))
    customers = dict(Customer.objects.values_list("pk", "email"))
    return {
        (offers[row.offer_id], customers[row.customer_id]): row.items
        for row in OfferItems.objects.all()
    }


def product(code: str) -> int:
    return Product.objects.get(external_id=code).pk
