"""Personal offers use what they name: it can't be deleted, and its pages say why."""

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.audiences import uses as of_audiences
from loyalty.models import PersonalOffer, PersonalOfferTarget
from offers import picture_uses as of_pictures
from promotions.catalogue import uses as of_catalogue
from promotions.catalogue.uses import MOST, NAMED_AS, Thing

KIND = _("Personal offer")
VIEW, PERMISSION = "admin:loyalty_personaloffer_change", "loyalty.view_personaloffer"


def offers_naming(thing: Thing) -> Iterable[of_catalogue.Use]:
    """Not those of which customers have items with it: what is gone is of no item any more."""
    if type(thing) not in NAMED_AS:
        return
    targets = PersonalOfferTarget.objects.filter(**{NAMED_AS[type(thing)]: thing})
    offers = PersonalOffer.objects.filter(pk__in=targets.values("offer_id")).order_by("name")
    for pk, name in offers.values_list("pk", "name")[:MOST]:
        yield of_catalogue.Use(KIND, name, VIEW, pk, PERMISSION)


def offers_for(audience_ids: Collection[int]) -> Iterable[of_audiences.Use]:
    targets = PersonalOfferTarget.objects.filter(audience_id__in=audience_ids)
    rows = targets.order_by("offer__name").values_list("offer_id", "offer__name", "audience_id")
    for pk, name, audience_id in rows:
        yield of_audiences.Use(audience_id, KIND, name, VIEW, pk, PERMISSION)


def offers_that_show(images: Collection[int]) -> Iterable[of_pictures.Use]:
    shown = Q(picture__in=images) | Q(phone_picture__in=images)
    rows = PersonalOffer.objects.filter(shown).order_by("name")
    for pk, name, *pictures in rows.values_list("pk", "name", "picture_id", "phone_picture_id"):
        for image in {*pictures} & set(images):
            yield of_pictures.Use(image, name, VIEW, pk)


of_catalogue.uses.append(offers_naming)
of_audiences.uses.append(offers_for)
of_pictures.uses.append(offers_that_show)
