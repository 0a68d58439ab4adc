"""Which altshop a customer came to, and what time it is in the default one."""

import zoneinfo
from collections.abc import Iterable

from django.http.request import split_domain_port

from customers.planned import fetch_one
from offers.models import AltShop

DEFAULT_ZONE = "SELECT time_zone FROM offers_altshop WHERE is_default"


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
    found = fetch_one(DEFAULT_ZONE, [])
    return zoneinfo.ZoneInfo(found[0] if found else "UTC")
