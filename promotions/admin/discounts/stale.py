"""What stands for the saved state of a discount, for its form (promotions/admin/stale.py)."""

from promotions.admin.stale import cells, named, signed
from promotions.composition import Composition


def state_of(composition: Composition) -> str:
    """Stands for what is saved of the discount and its parts; empty for a new one.

    Signed, so that nobody can find out by trying what they may not see of it.
    """
    if not composition.discount.pk:
        return ""
    told = (
        cells(composition.discount),
        named(composition.goods, composition.aims),
        [(cells(part.product_set), named(part.goods)) for part in composition.sets],
        [(cells(part.condition), named(part.goods, part.aims)) for part in composition.conditions],
    )
    return signed(told)
