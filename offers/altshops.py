"""Which altshop a customer came to, and what time it is in the default one."""

import zoneinfo
from collections.abc import Iterable

from django.http.request import split_domain_port

from offers.models import AltShop


def altshop_for(host: str, altshops: Iterable[AltShop]) -> AltShop | None:
    """The altshop of a Host header; the default one if none has it; None if none is default."""
    name, _ = split_domain_port(host)
    default = None
    for altshop in altshops:
        if altshop.host == name:
            return altshop
        if altshop.is_default:
            default = altshop
    return default


def altshop_at(host: str) -> AltShop | None:
    """The same among all altshops. One query."""
    return altshop_for(host, AltShop.objects.all())


def shop_zone() -> zoneinfo.ZoneInfo:
    """The default altshop's time zone; UTC as long as there is no default. One query."""
    name = AltShop.objects.filter(is_default=True).values_list("time_zone", flat=True).first()
    return zoneinfo.ZoneInfo(name or "UTC")
