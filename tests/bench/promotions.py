"""A catalogue and live discounts for the benchmarks, in any number; the same each time."""

import datetime as dt
import random
from decimal import Decimal

from django.db import transaction

from customers.models import Audience, CustomerGroup, GroupMember
from promotions.models import (
    Category,
    Condition,
    Discount,
    DiscountItem,
    ListedProduct,
    PersonalizedPromotion,
    PointOfSale,
    Product,
    ProductGroup,
    ProductGroupMember,
    ProductSet,
)
from tests.bench.dataset import DISTRICTS, NOW

PLACES = 20
PROMOTIONS = 10
LISTED = 20


def catalogue(products: int) -> None:
    """Products SKU1 to `products` in a tree of three levels, 40 of each in a product group.

    Categories 1 to 10 are at the top, ten below each, and ten below each of those.
    """
    Category.objects.bulk_create(
        Category(id=n, external_id=f"C{n}", name=f"Category {n}", parent_id=(n - 1) // 10 or None)
        for n in range(1, 1111)
    )
    Product.objects.bulk_create(
        (
            Product(
                id=n,
                external_id=f"SKU{n}",
                name=f"Product {n}",
                category_id=111 + n % 1000,
                price=Decimal(n % 50 + 1),
            )
            for n in range(1, products + 1)
        ),
        batch_size=5000,
    )
    ProductGroup.objects.bulk_create(
        ProductGroup(id=n, name=f"Product group {n}") for n in range(1, 101)
    )
    ProductGroupMember.objects.bulk_create(
        ProductGroupMember(group_id=group, product_id=1 + (group * 977 + n * 31) % products)
        for group in range(1, 101)
        for n in range(40)
    )
    PointOfSale.objects.bulk_create(
        PointOfSale(id=n, key=f"P{n}", name=f"Shop {n}", time_zone="Europe/Warsaw", currency="EUR")
        for n in range(1, PLACES + 1)
    )


def discounts(number: int, products: int, listed: int) -> None:
    """Live discounts 1 to `number` of every kind, as a supermarket has them.

    Of ten, four are on products, two on categories, one on a product group, two take product
    sets (one of them the customer's own choice), and one is on products for an audience or a
    group. One in fifty is on the receipt instead. Every fifth is limited, every fourth has
    conditions, every eighth holds in some shops only.
    """
    drawn = random.Random(7)
    people = targets()
    promotions(products, listed)
    with transaction.atomic():
        for n in range(1, number + 1):
            make_discount(n, drawn, products, people)


def targets() -> list[dict[str, int]]:
    """Audiences by conditions and groups with a few members each."""
    audiences = Audience.objects.bulk_create(
        Audience(
            name=f"People of {district}",
            conditions={"field": "district", "is": "equals_any", "value": [district]},
        )
        for district in DISTRICTS
    )
    groups = CustomerGroup.objects.bulk_create(
        CustomerGroup(title=f"Group {n}") for n in range(len(audiences))
    )
    GroupMember.objects.bulk_create(
        GroupMember(group=group, customer_id=1 + 10 * n + place)
        for place, group in enumerate(groups)
        for n in range(50)
    )
    both = zip(audiences, groups, strict=True)
    return [each for a, g in both for each in ({"audience_id": a.pk}, {"customer_group_id": g.pk})]


def promotions(products: int, listed: int) -> None:
    """Personalized promotions, on whose lists the first `listed` customers chose one each."""
    PersonalizedPromotion.objects.bulk_create(
        PersonalizedPromotion(id=n, name=f"Your own {n}", backend_id=f"own-{n}")
        for n in range(1, PROMOTIONS + 1)
    )
    ListedProduct.objects.bulk_create(
        (
            ListedProduct(
                customer_id=customer,
                promotion_id=promotion,
                product_id=1 + (customer * 61 + promotion * 17 + n * 7) % products,
                is_chosen=n == 0,
            )
            for customer in range(1, listed + 1)
            for promotion in range(1, PROMOTIONS + 1)
            for n in range(LISTED)
        ),
        batch_size=10_000,
    )


def make_discount(
    n: int, drawn: random.Random, products: int, people: list[dict[str, int]]
) -> Discount:
    sort, on_receipt = n % 10, n % 50 == 0
    discount = Discount.objects.create(
        name=f"Discount {n}",
        start=NOW - dt.timedelta(days=30),
        end=NOW.replace(year=NOW.year + 100),
        time_zone="Europe/Warsaw",
        priority=drawn.randint(1, 200),
        stacking=drawn.choice(["combines", "one_per_item", "one_per_item", "one_per_item"]),
        kind="percentage" if on_receipt else drawn.choice(["percentage", "amount"]),
        value=drawn.randint(1, 30),
        currency="EUR",
        scope="receipt" if on_receipt else "units" if sort in (6, 7) else "lines",
        action="product_sets" if sort in (6, 7) else "products",
        everything=on_receipt,
        **({"most_a_week": 3, "budget": 100_000, "most_uses": 50_000} if n % 5 == 0 else {}),
    )
    items: list[dict[str, object]] = []
    if sort in (0, 1, 2, 8, 9) and not on_receipt:
        items = [{"product_id": drawn.randint(1, products)} for _ in range(10)]
    elif sort in (3, 4):
        items = [{"category_id": drawn.randint(11, 1110)}]
    elif sort == 5:
        items = [{"product_group_id": drawn.randint(1, 100)}]
    elif sort in (6, 7):
        make_sets(discount, drawn, products)
    if sort == 9:
        items.append(drawn.choice(people))
    if n % 8 == 0:
        items += [{"point_of_sale_id": place} for place in drawn.sample(range(1, PLACES + 1), 5)]
    DiscountItem.objects.bulk_create(
        DiscountItem(discount=discount, **item) for item in {str(i): i for i in items}.values()
    )
    if n % 4 == 0:
        make_condition(discount, drawn)
    return discount


def make_sets(discount: Discount, drawn: random.Random, products: int) -> None:
    bought = ProductSet.objects.create(discount=discount, name="Bought", required=2)
    DiscountItem.objects.bulk_create(
        DiscountItem(discount=discount, product_set=bought, product_id=product)
        for product in drawn.sample(range(1, products + 1), 10)
    )
    own = {"personalized_promotion_id": 1 + discount.pk % PROMOTIONS} if discount.pk % 2 else {}
    got = ProductSet.objects.create(
        discount=discount, name="Got", required=1, gets_discount=True, discounted=1, **own
    )
    if not own:
        DiscountItem.objects.create(
            discount=discount, product_set=got, product_id=drawn.randint(1, products)
        )


def make_condition(discount: Discount, drawn: random.Random) -> None:
    if discount.pk % 8 == 0:
        Condition.objects.create(
            discount=discount, kind="order_amount", minimum=drawn.choice([20, 100, 1000])
        )
    else:
        Condition.objects.create(
            discount=discount, kind="times", days=drawn.sample(range(7), 4), begin="08:00"
        )
