"""Products and categories are used by the private offers that open them in the app (T29)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from offers.models import PrivateOffer
from offers.models.objects import IN_CATALOGUE
from promotions.catalogue.references import Mention, mentions
from promotions.catalogue.uses import MOST, Thing, Use, uses


def offers_opening(thing: Thing) -> Iterable[Use]:
    kinds = [link_type for link_type, model in IN_CATALOGUE.items() if isinstance(thing, model)]
    offers = PrivateOffer.objects.filter(link_type__in=kinds, object_id=str(thing.pk))
    for pk, name in offers.order_by("name").values_list("pk", "name")[:MOST] if kinds else ():
        yield Use(
            kind=_("Private offer"),
            name=name,
            view="admin:offers_privateoffer_change",
            pk=pk,
            permission="offers.view_privateoffer",
        )


uses.append(offers_opening)

# The same for undoing an import of many: ids of the catalogue are written as the database does.
for link_type, model in IN_CATALOGUE.items():
    of_offers = Mention(
        table="offers_privateoffer",
        condition=f"offers_privateoffer.link_type = '{link_type}'"
        " AND offers_privateoffer.object_id = {row}.id::text",
    )
    mentions.setdefault(model, []).append(of_offers)
