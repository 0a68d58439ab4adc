import django_filters as filters

from offers.models import PrivateOffer


class OfferFilter(filters.FilterSet):
    class Meta:
        model = PrivateOffer
        fields = ["type"]
