"""What a discount is on."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from promotions.composition import Goods
from promotions.models import Category, Product, ProductGroup
from promotions.wording.amounts import UNKNOWN

MOST_NAMES = 3


def goods_in_words(goods: Goods) -> str:
    """As in "2 of …"; the first few things by name."""
    if goods.promotion:
        named = {"promotion": goods.promotion.name, "default": str(goods.default or "")}
        if goods.default:
            return (
                _("the customer's own choice from “%(promotion)s” (without one, %(default)s)")
                % named
            )
        return _("the customer's own choice from “%(promotion)s”") % named
    if goods.everything:
        return _("any product")
    return either([thing_in_words(thing) for thing in goods.named]) or UNKNOWN


def thing_in_words(thing: Product | Category | ProductGroup) -> str:
    if isinstance(thing, Category):
        return _("category %(name)s") % {"name": thing.name}
    if isinstance(thing, ProductGroup):
        return _("product group %(name)s") % {"name": thing.name}
    return thing.name


def either(names: Sequence[str]) -> str:
    """The first names, how many more there are, and "or" before the last."""
    shown, more = list(names[:MOST_NAMES]), len(names) - MOST_NAMES
    if more > 0:
        shown.append(ngettext("%(number)d other", "%(number)d others", more) % {"number": more})
    if len(shown) < 2:
        return "".join(shown)
    return _("%(names)s or %(last)s") % {"names": ", ".join(shown[:-1]), "last": shown[-1]}


def every(names: Sequence[str]) -> str:
    """All of the names, with "and" before the last."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
