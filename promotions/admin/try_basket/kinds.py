"""Kinds of offers as the page knows them: where one is set up, and what it is in a sentence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from promotions.composition import compositions_of
from promotions.models import Discount
from promotions.wording import sentence

Sentences = Callable[[Iterable[int], frozenset[str]], dict[int, str]]
"""Of the offers of these ids, naming those kinds of targets; a fixed number of queries."""


@dataclass(frozen=True)
class Kind:
    view: str
    """The name of the address of its page, which takes the id."""
    sentences: Sentences


def _sentences(ids: Iterable[int], seen: frozenset[str]) -> dict[int, str]:
    """Four queries."""
    found = compositions_of(Discount.objects.filter(pk__in=ids))
    return {pk: sentence(each, seen) for pk, each in found.items()}


kinds: dict[str, Kind] = {"discount": Kind("admin:promotions_discount_change", _sentences)}
"""By origin. Rooms above add theirs."""


def offer_url(key: tuple[str, int]) -> str:
    """Where the offer is set up."""
    origin, number = key
    return reverse(kinds[origin].view, args=[number]) if origin in kinds else ""


def deals(keys: Iterable[tuple[str, int]], seen: frozenset[str]) -> dict[tuple[str, int], str]:
    """What the offers are, in a sentence each."""
    asked = list(keys)
    return {
        (origin, pk): words
        for origin, kind in kinds.items()
        if (ids := [pk for of, pk in asked if of == origin])
        for pk, words in kind.sentences(ids, seen).items()
    }
