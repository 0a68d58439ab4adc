"""Which altshop a customer came to."""

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
