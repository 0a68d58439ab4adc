"""Imports of lists: files, runs and what is on the lists then; shared by their tests."""

from customers.models import Customer
from imports.models import Job
from promotions.models import ListedProduct
from tests.imports.runs import imported

SLUG = "personalized-promotion-products"
HEADER = "Promotion,Customer,Product"


def data(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def run(*lines: str, header: str = HEADER, **fields) -> Job:
    return imported(SLUG, data(*lines, header=header), **fields)


def listed() -> set[tuple[str, str, str]]:
    names = ("promotion__backend_id", "customer__email", "product__external_id")
    return set(ListedProduct.objects.values_list(*names))


def the(email: str) -> Customer:
    return Customer.objects.get(email=email)
