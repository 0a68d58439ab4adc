"""Sets of products, by what somebody remembers of them."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from promotions.models.catalogue import Product  # noqa: F401 named by the queryset

MOST_WORDS = 10
LARGEST_ID = 2**31 - 1


class ProductQuerySet(models.QuerySet["Product"]):
    def search(self, text: str) -> Self:
        """Products that have all words of `text` in their name and ID, or it as a barcode.

        A whole number is looked for as the internal ID, too. One subquery for each way, since an
        OR of them would read the whole table.
        """
        words = text.split()
        if not words:
            return self
        named = Q()
        for word in words[:MOST_WORDS]:
            named &= Q(name__icontains=word) | Q(external_id__icontains=word)
        products = self.model._base_manager
        ways = [products.filter(named).values("pk")]
        if len(words) == 1:
            ways.append(products.filter(barcodes__code__startswith=words[0]).values("pk"))
            if is_id(words[0]):
                ways.append(products.filter(pk=words[0]).values("pk"))
        first, *others = ways
        return self.filter(pk__in=first.union(*others) if others else first)


def is_id(text: str) -> bool:
    """Whether `text` can be the internal ID of something in the catalogue, as we write it."""
    return text.isascii() and text.isdigit() and text[0] != "0" and int(text[:11]) <= LARGEST_ID
