"""Sets of discounts, by when they count."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from promotions.models.discounts import Discount  # noqa: F401 named by the queryset


class DiscountQuerySet(models.QuerySet["Discount"]):
    def live(self, at: dt.datetime) -> Self:
        """Discounts that are on and in their window `start <= at < end`."""
        return self.filter(is_active=True, start__lte=at, end__gt=at)

    def ahead(self, at: dt.datetime) -> Self:
        """Discounts that are on and live or scheduled."""
        return self.filter(is_active=True, end__gt=at)
