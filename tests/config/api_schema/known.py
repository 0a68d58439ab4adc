"""What exists while the API is tried out, by the names under which requests speak of it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from customers.keys import Scope
from customers.models import Customer, CustomerGroup
from imports import registry
from imports.models import Job, State
from loyalty.ledger import credit
from loyalty.personal.items import Item
from promotions.models import Product
from tests.api_keys import key_of
from tests.factories import (
    make_altshop,
    make_attribute,
    make_audience,
    make_customer,
    make_group,
    make_member,
    make_offer,
    make_user,
)
from tests.imports.runs import EMAILS, started
from tests.loyalty.factories import Mechanic, give_items, make_personal_offer
from tests.loyalty.purchases.factories import cancelled, make_purchase
from tests.promotions.factories import (
    make_discount,
    make_list,
    make_personalized_promotion,
    make_point_of_sale,
    make_product,
    make_product_set,
)

NOW = datetime.now(UTC)
AROUND_NOW = {"start": NOW - timedelta(days=1), "end": NOW + timedelta(days=1)}


def make_key() -> dict[str, str]:
    """The headers of a key that may do everything."""
    return key_of(make_user(is_superuser=True), *Scope.values)


def make_known() -> dict[str, list[Any]]:
    """A little of everything; values by the name of the parameter or field that takes them."""
    people = [
        make_customer("ann@example.com", phone="48600100200", external_id="C-1"),
        make_customer("bob@example.com"),
    ]
    credit(customer_id=people[0].pk, amount=Decimal(50), at=NOW - timedelta(days=1))
    make_attribute("district")
    make_attribute("cars", "choices", choices=["Audi", "Fiat"])
    products = [make_product(barcodes=["5901234123457"]), make_product()]
    return {
        "customer": [f"id:{person.pk}" for person in people]
        + ["email:ann@example.com", "phone:48600100200", "external:C-1"],
        "external_id": ["C-1"],
        "email": ["ann@example.com", "bob@example.com"],
        "phone": ["48600100200"],
        "numbers": ["48600100200"],
        "search": ["ann", "example"],
        "attributes": [{"district": "Sovetsky", "cars": ["Audi"]}, {"cars": None}],
        **_offers(people[0], products),
        **_purchases(people[0]),
        **_groups(people[0]),
        **_imports(),
    }


def _offers(customer: Customer, products: list[Product]) -> dict[str, list[Any]]:
    altshop = make_altshop(is_default=True)
    make_offer(altshops=[altshop], is_public=True, **AROUND_NOW)
    personal = [
        make_personal_offer(needs_acceptance=True, **AROUND_NOW),
        make_personal_offer(Mechanic.PRODUCTS, needs_acceptance=True, **AROUND_NOW),
    ]
    give_items(personal[1], customer, Item(products[0].pk, value=50))
    promotions = [
        make_personalized_promotion(backend_id="your-five", max_products=1),
        make_personalized_promotion(lock_after_apply=True),
    ]
    for promotion in promotions:
        make_list(promotion, customer, products)
    make_discount(**AROUND_NOW).items.create(product=products[0])
    make_discount(**AROUND_NOW, everything=True, most_uses=1)
    make_product_set(
        make_discount(**AROUND_NOW), gets_discount=True, personalized_promotion=promotions[0]
    )
    codes = [product.external_id for product in products]
    return {
        "altshop": [altshop.key],
        "offer": [*(offer.pk for offer in personal), "cakes"],
        "backend_id": [promotion.backend_id for promotion in promotions],
        "product": [*codes, "5901234123457"],
        "products": [*codes, "5901234123457"],
        "quantity": ["1", "2.5"],
        "unit_price": ["10.00", "0"],
        "points_to_spend": ["0", "1.50"],
    }


def _purchases(customer: Customer) -> dict[str, list[Any]]:
    place = make_point_of_sale()
    made = [make_purchase(customer=customer, place=place, now=NOW) for _ in range(2)]
    cancelled(made[1].receipt, at=NOW)
    return {
        "point_of_sale": [place.key],
        "receipt": [purchase.receipt for purchase in made],
        "id": ["1"],
    }


def _groups(customer: Customer) -> dict[str, list[Any]]:
    by_numbers, by_audience = (
        make_group(),
        make_group(type=CustomerGroup.Type.AUDIENCE, audience=make_audience()),
    )
    make_member(by_numbers, customer)
    return {"group": [by_numbers.pk, by_audience.pk]}


def _imports() -> dict[str, list[Any]]:
    make_offer(name="cakes")
    rows = b"Email,Offer ID\nann@example.com,cakes\nnobody,cakes\n"
    waiting, done = started(EMAILS, rows), started(EMAILS, rows)
    Job.objects.filter(pk=waiting.pk).update(state=State.READY)
    done.state = State.DONE
    done.rejects.save("rejects.csv", ContentFile(b"Line,Reason\n"))
    return {
        "job": [str(waiting.public_id), str(done.public_id)],
        "type": [kind.slug for kind in registry.importable()],
        "file": [rows, b"Phone\n48600100200\n", b"External ID,Email\nC-2,cyd@example.com\n"],
    }
