"""Who is in a product group: products come in and go out, many at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from promotions.models import Product, ProductGroup

ADD = """
    INSERT INTO promotions_productgroupmember (product_id, group_id)
    SELECT id, %s FROM unnest(%s::int[]) AS id ORDER BY id
    ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Addition:
    """What became of a list of IDs."""

    added: int
    already: int
    repeated: int
    unknown: tuple[str, ...]


@transaction.atomic
def add(*, group: ProductGroup, external_ids: Iterable[str]) -> Addition:
    """Add the products with these IDs; unknown ones are told, in their order. Two queries."""
    given = list(external_ids)
    wanted = dict.fromkeys(given)
    products = Product.objects.filter(external_id__in=wanted)
    known = dict(products.values_list("external_id", "pk"))
    with connection.cursor() as cursor:
        cursor.execute(ADD, [group.pk, list(known.values())])
        added = cursor.rowcount
    unknown = tuple(name for name in wanted if name not in known)
    return Addition(added, len(known) - added, len(given) - len(wanted), unknown)


def remove(*, group: ProductGroup, products: Collection[Product]) -> int:
    """How many were members until now. One query."""
    return group.members.filter(product__in=products).delete()[0]
