"""Which altshop a customer came to."""

from collections.abc import Iterable

from django.http.request import split_domain_port

from offers.models import AltShop


def altshop_for(host: str, altshops: Iterable[AltShop]) -> AltShop | None:
    """The altshop of a Host header; the default one if none has it; None if none is default."""
    name, _ = split_domain_port(host)
    by_host = {altshop.host: altshop for altshop in altshops}
    default = next((altshop for altshop in by_host.values() if altshop.is_default), None)
    return by_host.get(name, default)
