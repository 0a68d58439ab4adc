"""Product sets and goods that no basket can ever fill."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from promotions.composition import Composition, SetPart
from promotions.models import PointOfSale
from promotions.warnings.facts import Facts
from promotions.warnings.warning import Kind, Warning
from promotions.wording import goods_in_words


def unfilled(composition: Composition, facts: Facts) -> Iterator[Warning]:
    parts = composition.sets if composition.has_sets else ()
    for message in [
        *_own_goods(composition, facts),
        *(message for part in parts for message in _of_set(part, facts)),
        *_asked_goods(composition, facts),
        *_places(composition, facts),
    ]:
        yield Warning(Kind.FILLING, message)


def _own_goods(composition: Composition, facts: Facts) -> Iterator[str]:
    if not composition.has_sets and not facts.has_products(composition.goods):
        yield _("There are no products in %(goods)s: the discount can never apply.") % {
            "goods": goods_in_words(composition.goods)
        }


def _of_set(part: SetPart, facts: Facts) -> Iterator[str]:
    row, goods = part.product_set, part.goods
    named = {"set": row.name, "goods": goods_in_words(goods)}
    if not goods.promotion:
        if not facts.has_products(goods):
            yield _("Set “%(set)s” can't be filled: there are no products in %(goods)s.") % named
        return
    named |= {"promotion": goods.promotion.name, "default": str(goods.default or "")}
    if not facts.has_products(goods):
        yield _("Set “%(set)s” can't be filled: nobody has a list of “%(promotion)s” yet.") % named
    elif goods.default and (goods.promotion.pk, goods.default.pk) not in facts.listed_defaults:
        yield (
            _(
                "In set “%(set)s” the default product never counts: nobody has “%(default)s” on"
                " their list of “%(promotion)s”."
            )
            % named
        )
    most = goods.promotion.max_products
    if most is not None and row.required > most:
        yield _(
            "Set “%(set)s” asks for %(required)d products, but customers choose %(most)d at most:"
            " they would have to buy the same one several times."
        ) % {**named, "required": row.required, "most": most}


def _asked_goods(composition: Composition, facts: Facts) -> Iterator[str]:
    for part in composition.conditions:
        is_of_products = part.condition.kind == part.condition.Kind.PRODUCTS
        if is_of_products and not facts.has_products(part.goods):
            yield _("A condition asks for products of %(goods)s, but there are none.") % {
                "goods": goods_in_words(part.goods)
            }


def _asked_places(composition: Composition) -> tuple[PointOfSale, ...]:
    """What conditions leave of the points of sale, where all must hold."""
    asked = [
        part.aims.points_of_sale
        for part in composition.conditions
        if part.condition.kind == part.condition.Kind.POINTS_OF_SALE
    ]
    alone = composition.discount.match == composition.discount.Match.ALL
    alone = alone or len(composition.conditions) == 1
    return asked[0] if alone and asked else ()


def _places(composition: Composition, facts: Facts) -> Iterator[str]:
    """A discount in a currency holds only where that is the currency."""
    currency = composition.discount.currency
    chosen = composition.aims.points_of_sale or _asked_places(composition)
    there = {place.currency for place in chosen} if chosen else facts.currencies
    if not currency or currency in there:
        return
    if chosen:
        words = _("None of the chosen points of sale has prices in %(currency)s.")
    else:
        words = _("No point of sale has prices in %(currency)s.")
    yield words % {"currency": currency}
