"""Personal offers as *Try a basket* names them."""

from collections.abc import Iterable

from loyalty.models import PersonalOffer
from loyalty.personal.composition import compositions_of
from loyalty.personal.rules import ORIGIN
from loyalty.personal.wording import sentence
from promotions.admin.try_basket.kinds import Kind, kinds


def sentences(ids: Iterable[int], seen: frozenset[str]) -> dict[int, str]:
    """Three queries."""
    found = compositions_of(PersonalOffer.objects.filter(pk__in=list(ids)))
    return {pk: sentence(each, seen) for pk, each in found.items()}


kinds[ORIGIN] = Kind("admin:loyalty_personaloffer_change", sentences)
