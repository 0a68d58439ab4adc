"""What shows the pictures of the gallery: a picture that something shows stays."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from offers.models import PrivateOffer

PICTURES = ("picture", "small_image", "medium_image", "big_image")


@dataclass(frozen=True)
class Use:
    """One thing that shows a picture; `view` is the name of its page, which takes `pk`."""

    image_id: int
    name: str
    view: str
    pk: int


UsesOf = Callable[[Collection[int]], Iterable[Use]]
"""The uses of pictures with these ids, in an order of its own, each once. One query."""

uses: list[UsesOf] = []
"""Rooms above append theirs."""


def uses_of(images: Collection[int]) -> dict[int, list[Use]]:
    """By picture, each of which has an entry. A query for each kind of use."""
    found: dict[int, list[Use]] = {number: [] for number in images}
    for of_kind in uses if found else ():
        for use in of_kind(images):
            found[use.image_id].append(use)
    return found


def offers_that_show(images: Collection[int]) -> Iterable[Use]:
    shown = Q()
    for field in PICTURES:
        shown |= Q(**{f"{field}__in": images})
    for offer in PrivateOffer.objects.filter(shown).order_by("name"):
        for image in {getattr(offer, f"{field}_id") for field in PICTURES} & set(images):
            yield Use(image, offer.name, "admin:offers_privateoffer_change", offer.pk)


uses.append(offers_that_show)
