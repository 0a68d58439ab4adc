"""Sets of products, by what somebody remembers of them."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from promotions.models.catalogue import Product  # noqa: F401 named by the queryset

MOST_WORDS = 10
MOST_BY_CODE = 1_000
LARGEST_ID = 2**31 - 1


class ProductQuerySet(models.QuerySet["Product"]):
    def search(self, text: str) -> Self:
        """Products that have all words of `text` in their name and ID, or begin a barcode with it.

        A whole number is looked for as the internal ID, too. Barcodes are looked up at once, with
        a query: within this one they would keep it from both using an index and ending early.
        """
        words = text.split()
        if not words:
            return self
        named = called(text)
        ids = self._by_code(words[0]) if len(words) == 1 else set()
        return self.filter(named | Q(pk__in=ids)) if ids else self.filter(named)

    def _by_code(self, code: str) -> set[int]:
        barcodes = self.model._base_manager.filter(barcodes__code__startswith=code)
        found = set(barcodes.values_list("pk", flat=True)[:MOST_BY_CODE])
        return found | {int(code)} if is_id(code) else found


def called(text: str) -> Q:
    """The name or the ID has each of the words, of which the first ten count."""
    named = Q()
    for word in text.split()[:MOST_WORDS]:
        named &= Q(name__icontains=word) | Q(external_id__icontains=word)
    return named


def is_id(text: str) -> bool:
    """Whether `text` can be the internal ID of something in the catalogue, as we write it."""
    return text.isascii() and text.isdigit() and text[0] != "0" and int(text[:11]) <= LARGEST_ID
