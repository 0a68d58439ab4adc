"""What lists of personal offers can be narrowed to, in the account as by the API."""

from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from loyalty.models import PersonalOffer, PersonalOfferTarget, PersonalOfferText
from promotions.models import PointOfSale

Offers = QuerySet[PersonalOffer]


class PersonalOfferFilter(filters.FilterSet):
    """Of offers that a customer has. What items may say for themselves, their state, preference and
    channels, is looked at where it is known (personal/mine.py)."""

    mechanic = filters.MultipleChoiceFilter(choices=PersonalOffer.Mechanic)
    point_of_sale = filters.CharFilter(method="at_point_of_sale")
    title = filters.CharFilter(method="with_words")

    class Meta:
        model = PersonalOffer
        fields: list[str] = []

    def at_point_of_sale(self, offers: Offers, name: str, value: Any) -> Offers:
        """Those that hold there: that name it, or none, in its currency if they have one."""
        place = PointOfSale.objects.filter(key=value.replace("\0", "")).first()
        if place is None:
            return offers.none()
        named = PersonalOfferTarget.objects.filter(
            offer=OuterRef("pk"), point_of_sale__isnull=False
        )
        here = Exists(named.filter(point_of_sale=place)) | ~Exists(named)
        return offers.filter(here, currency__in=["", place.currency])

    def with_words(self, offers: Offers, name: str, value: Any) -> Offers:
        """Those with every word in a title or text of any language."""
        for word in set(value.replace("\0", "").split()):
            texts = PersonalOfferText.objects.filter(offer=OuterRef("pk"))
            offers = offers.filter(
                Q(title__icontains=word)
                | Q(text__icontains=word)
                | Exists(texts.filter(Q(title__icontains=word) | Q(text__icontains=word)))
            )
        return offers
