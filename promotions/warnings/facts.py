"""What the database knows about the goods and the places of a discount."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from promotions.catalogue.tree import ancestors
from promotions.composition import Composition, Goods
from promotions.models import (
    ListCount,
    ListedProduct,
    PointOfSale,
    Product,
    ProductGroup,
    ProductGroupMember,
)
from promotions.patience import found_soon

NONE: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Facts:
    filled_categories: frozenset[int] = NONE
    """Those with a product in them or below."""
    filled_groups: frozenset[int] = NONE
    listed_promotions: frozenset[int] = NONE
    """Those of which somebody has a list."""
    listed_defaults: frozenset[tuple[int, int]] = frozenset()
    """Promotion and default product, where somebody has it on their list."""
    currencies: frozenset[str] = frozenset()
    """Of all points of sale."""

    def has_products(self, goods: Goods) -> bool:
        """Whether any product is meant; of a promotion that somebody has a list."""
        if goods.promotion:
            return goods.promotion.pk in self.listed_promotions
        return bool(
            goods.everything
            or goods.products
            or self.filled_categories & {category.pk for category in goods.categories}
            or self.filled_groups & {group.pk for group in goods.groups}
        )


def facts_about(composition: Composition) -> Facts:
    """A few queries, and two at most for each promotion that is named."""
    all_goods = [composition.goods, *(part.goods for part in composition.sets)]
    all_goods += [part.goods for part in composition.conditions]
    categories = {category.pk for goods in all_goods for category in goods.categories}
    groups = {group.pk for goods in all_goods for group in goods.groups}
    promotions = [goods.promotion.pk for goods in all_goods if goods.promotion]
    defaults = {
        (goods.promotion.pk, goods.default.pk)
        for goods in all_goods
        if goods.promotion and goods.default
    }
    return Facts(
        _filled(categories),
        _with_members(groups),
        _listed(promotions),
        frozenset(
            pair for pair in defaults if _is_listed(slow=True, promotion=pair[0], product=pair[1])
        ),
        frozenset(PointOfSale.objects.values_list("currency", flat=True)),
    )


def _filled(categories: Iterable[int]) -> frozenset[int]:
    wanted = set(categories)
    if not wanted:
        return NONE
    used = Product.objects.exclude(category=None).order_by().values_list("category", flat=True)
    above = ancestors(used.distinct())
    return frozenset(pk for path in above.values() for pk in path if pk in wanted)


def _with_members(groups: set[int]) -> frozenset[int]:
    members = ProductGroupMember.objects.filter(group=OuterRef("pk"))
    rows = ProductGroup.objects.filter(Exists(members), pk__in=groups)
    return frozenset(rows.values_list("pk", flat=True))


def _listed(promotions: Iterable[int]) -> frozenset[int]:
    """As counted some minutes ago; where nobody was, a list may be newer than that."""
    counts = dict(
        ListCount.objects.filter(promotion__in=promotions).values_list("promotion", "customers")
    )
    return frozenset(
        pk
        for pk in set(promotions)
        if counts.get(pk) or _is_listed(slow=pk not in counts, promotion=pk)
    )


def _is_listed(*, slow: bool, **what: int) -> bool:
    """`slow` where looking for it takes long: no index of the lists begins with the promotion."""
    return found_soon(ListedProduct.objects.filter(**what).exists, otherwise=slow)
