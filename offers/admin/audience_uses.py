"""Audiences are used by the private offers aimed at them, as their pages say."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from customers.audiences.uses import Use, uses
from offers.models import PrivateOfferAudience


def offers_aimed_at(audience_ids: Collection[int]) -> Iterable[Use]:
    targets = PrivateOfferAudience.objects.filter(audience_id__in=audience_ids)
    rows = targets.order_by("offer__name").values_list("offer_id", "offer__name", "audience_id")
    for pk, name, audience_id in rows:
        yield Use(
            audience_id=audience_id,
            kind=_("Private offer"),
            name=name,
            view="admin:offers_privateoffer_change",
            pk=pk,
            permission="offers.view_privateoffer",
        )


uses.append(offers_aimed_at)
