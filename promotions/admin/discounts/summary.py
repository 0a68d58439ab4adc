"""What is saved of a discount, told beside its form and to those who may only look."""

from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from customers.admin.target_rights import seen_by
from promotions.admin.discounts.columns import badge, describe, written
from promotions.admin.discounts.status import Status


def summary(discount: Any, user: Any) -> dict[str, Any]:
    """Of a row as the list has it. Four queries."""
    describe([discount], seen_by(user))
    figures = {
        "start": written(discount.start, discount),
        "end": written(discount.end, discount),
        "zone": discount.time_zone,
    }
    return {
        "words": discount.words,
        "status": badge(Status(discount.status_at)),
        "bars": [bar for bar in discount.bars if bar],
        "rows": [
            (_("When"), _("%(start)s – %(end)s (%(zone)s)") % figures),
            (_("Where"), discount.places or _("Everywhere")),
            (_("With other offers"), discount.get_stacking_display()),
            (capfirst(_("priority")), number_format(discount.priority)),
        ],
    }
