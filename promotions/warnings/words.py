"""The warning about a basket that is too cheap."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from promotions.margins import Worst
from promotions.warnings.warning import Kind, Warning
from promotions.wording import money


def below_floor(worst: Worst, floor: Decimal) -> Warning:
    figures = {
        "payable": money(worst.payable, worst.point_of_sale.currency),
        "total": money(worst.total, worst.point_of_sale.currency),
        "share": number_format(worst.share, 1),
        "floor": number_format(floor.normalize()),
    }
    words = _(
        "A basket of %(total)s could be sold for %(payable)s: %(share)s%% of its usual price,"
        " below the floor of %(floor)s%%."
    )
    return Warning(Kind.MARGIN, words % figures, worst)
