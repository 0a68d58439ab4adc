"""The API of personalized promotions: the services of E9 to E11, and choosing for a customer."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router

from customers.api import KeyAuth, customer_at, need
from customers.keys import Scope
from customers.models import Customer
from imports.answers import Problem, codes, problems
from promotions.api_schemas import (
    Choice,
    ListOut,
    Named,
    Products,
    ProductsAdded,
    ProductsRemoved,
    SelectionOut,
)
from promotions.catalogue.codes import products_by_code
from promotions.models import PersonalizedPromotion, Product
from promotions.personal.lists import add_products, list_of, remove_products
from promotions.personal.selection import Selection, choose, selection_of

router = Router(tags=["Personalized promotions"])
READ, WRITE = KeyAuth(Scope.PROMOTIONS_READ), KeyAuth(Scope.PROMOTIONS_WRITE)
PERMISSION = "promotions.PersonalizedPromotions"
SHOWN = 10
PRODUCTS = "/{backend_id}/customers/{path:customer}/products"
SELECTION = "/{backend_id}/customers/{path:customer}/selection"
NOT_FOUND = ("unknown_promotion", "unknown_customer")
MALFORMED = ("malformed", "customer_address")


@router.get(
    PRODUCTS,
    response={200: ListOut, **problems(404, 422)},
    auth=READ,
    summary="A promotion and a customer's list of it",
    openapi_extra=codes({404: NOT_FOUND, 422: MALFORMED}),
)
def products(request: HttpRequest, backend_id: str, customer: Path[str]) -> dict[str, Any]:
    """`customer` is `id:42`, `email:ann@example.com`, `phone:48600100200` or `external:C-1001`.

    A list that the customer was given as a consumer counts no more once they are an employee, and
    the other way round: then it is empty here.
    """
    promotion, found = _asked(request, backend_id, customer)
    listed = list_of(promotion=promotion, customer=found)
    return {
        "id": promotion.pk,
        "backend_id": promotion.backend_id,
        "name": promotion.name,
        "description": promotion.description,
        "products": [each.product for each in listed],
    }


@router.post(
    PRODUCTS,
    response={200: ProductsAdded, **problems(404, 409, 422)},
    auth=WRITE,
    summary="Add products to a customer's list",
    openapi_extra=codes(
        {404: NOT_FOUND, 409: ("wrong_users",), 422: (*MALFORMED, "unknown_product")}
    ),
)
def add(
    request: HttpRequest, backend_id: str, customer: Path[str], body: Products
) -> dict[str, int]:
    """The first product creates the list. All are added or none; adding again changes nothing."""
    promotion, found = _asked(request, backend_id, customer)
    wanted = _products(body.products)
    try:
        added = add_products(promotion=promotion, customer=found, products=wanted)
    except ValidationError as refusal:
        raise _problem(refusal) from refusal
    return {"added": added, "already": len(wanted) - added}


@router.delete(
    PRODUCTS,
    response={200: ProductsRemoved, **problems(404, 422)},
    auth=WRITE,
    summary="Remove products from a customer's list",
    openapi_extra=codes({404: NOT_FOUND, 422: (*MALFORMED, "unknown_product")}),
)
def remove(
    request: HttpRequest, backend_id: str, customer: Path[str], named: Query[Named]
) -> dict[str, int]:
    """As `?product=SKU-1001&product=SKU-1002`. They drop out of the customer's choice, too.

    Removing again changes nothing.
    """
    promotion, found = _asked(request, backend_id, customer)
    wanted = _products(named.product)
    return {"removed": remove_products(promotion=promotion, customer=found, products=wanted)}


@router.get(
    SELECTION,
    response={200: SelectionOut, **problems(404, 422)},
    auth=READ,
    summary="What a customer chose",
    openapi_extra=codes({404: NOT_FOUND, 422: MALFORMED}),
)
def selection(request: HttpRequest, backend_id: str, customer: Path[str]) -> Selection:
    """And what else they may choose. Of who has no list, everything is empty."""
    promotion, found = _asked(request, backend_id, customer)
    return selection_of(promotion=promotion, customer=found, at=timezone.now())


@router.put(
    SELECTION,
    response={200: SelectionOut, **problems(404, 409, 422)},
    auth=WRITE,
    summary="Choose for a customer",
    openapi_extra=codes(
        {
            404: NOT_FOUND,
            409: ("locked", "not_listed", "too_many", "wrong_users"),
            422: (*MALFORMED, "unknown_product"),
        }
    ),
)
def select(request: HttpRequest, backend_id: str, customer: Path[str], body: Choice) -> Selection:
    """The products take the place of what was chosen before; sent again, nothing changes.

    Where the promotion locks, the first choice is final. None takes the choice back, and locks
    nothing.
    """
    promotion, found = _asked(request, backend_id, customer)
    now = timezone.now()
    try:
        choose(promotion=promotion, customer=found, products=_products(body.products), at=now)
    except ValidationError as refusal:
        raise _problem(refusal) from refusal
    return selection_of(promotion=promotion, customer=found, at=now)


def _asked(
    request: HttpRequest, backend_id: str, customer: str
) -> tuple[PersonalizedPromotion, Customer]:
    """Two queries. Raises Problem."""
    need(request, PERMISSION)
    named = PersonalizedPromotion.objects.filter(backend_id=backend_id)
    promotion = None if "\0" in backend_id else named.first()
    if promotion is None:
        raise Problem(404, "unknown_promotion", "No personalized promotion has this BackendID.")
    return promotion, customer_at(customer)


def _products(sent: list[str]) -> list[Product]:
    """Each once. Raises Problem that says which codes no product has."""
    known = products_by_code(sent)
    if unknown := [place for place, code in enumerate(sent) if code not in known]:
        where = ", ".join(f"products[{place}]" for place in unknown[:SHOWN])
        detail = f"No product has these external IDs or barcodes: {where}."
        raise Problem(422, "unknown_product", detail)
    return list({product.pk: product for product in known.values()}.values())


def _problem(refusal: ValidationError) -> Problem:
    return Problem(409, str(refusal.code), refusal.messages[0])
