"""What the form of a discount shows at first."""

from typing import Any

from django.utils import timezone

from promotions.composition import Aims, Composition
from promotions.models import Discount, PointOfSale


def first_values(composition: Composition) -> dict[str, Any]:
    """Of fields that the discount's own columns don't fill; dates on its own clocks."""
    discount = composition.discount
    found = {
        **chosen_aims(composition.aims),
        "goods": composition.goods,
        "contents": "all" if discount.everything else "chosen",
        **_repeat(discount),
    }
    if discount.start is None:
        zone = timezone.get_current_timezone_name()
        return {**found, "time_zone": zone, "kind": Discount.Kind.PERCENTAGE}
    return {**found, **as_entered(discount)}


def chosen_aims(aims: Aims) -> dict[str, list[int]]:
    online = PointOfSale.Channel.ONLINE
    return {
        "online": [each.pk for each in aims.points_of_sale if each.channel == online],
        "retail": [each.pk for each in aims.points_of_sale if each.channel != online],
        "for_groups": [each.pk for each in aims.groups],
        "for_audiences": [each.pk for each in aims.audiences],
    }


def _repeat(discount: Discount) -> dict[str, Any]:
    if discount.uses is None:
        return {"repeat": "unlimited"}
    if discount.uses == 1:
        return {"repeat": "once"}
    return {"repeat": "up_to", "repeat_times": discount.uses}


def as_entered(offer: Any) -> dict[str, Any]:
    """Dates without their zone, which has a field of its own; numbers without idle zeros."""
    amounts = {name: getattr(offer, name) for name in ("value", "budget")}
    return {
        "start": timezone.localtime(offer.start, offer.zone).replace(tzinfo=None),
        "end": timezone.localtime(offer.end, offer.zone).replace(tzinfo=None),
        **{name: plain(amount) for name, amount in amounts.items() if amount is not None},
    }


def plain(amount: Any) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
