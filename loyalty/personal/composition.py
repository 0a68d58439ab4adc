"""A personal offer in full: with all that it names and its texts, saved or not yet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loyalty.models import OfferUse, PersonalOffer, PersonalOfferTarget, PersonalOfferText
from loyalty.personal.counting import has_items
from loyalty.personal.items import Item
from loyalty.personal.rules import Named, Template, is_for_nobody, rule_of
from promotions import engine
from promotions.composition import Aims, Goods, aims_of, goods_of
from promotions.models.one_thing import THINGS, thing_of

NAMED = (*THINGS, "customer_group__audience")


@dataclass(frozen=True)
class Composition:
    offer: PersonalOffer
    goods: Goods = field(default_factory=Goods)
    aims: Aims = field(default_factory=Aims)
    texts: Mapping[str, PersonalOfferText] = field(default_factory=dict)
    """By language."""

    @property
    def named(self) -> Named:
        return Named(*[frozenset(ids) for ids in _ids(self).values()])


def compositions_of(offers: Iterable[PersonalOffer]) -> dict[int, Composition]:
    """By id of the offer, in their order. Two queries, however many."""
    listed = {offer.pk: offer for offer in offers}
    targets: dict[int, list[PersonalOfferTarget]] = defaultdict(list)
    rows = PersonalOfferTarget.objects.filter(offer__in=listed).select_related(*NAMED)
    for target in rows.order_by("pk"):
        targets[target.offer_id].append(target)
    texts: dict[int, dict[str, PersonalOfferText]] = defaultdict(dict)
    for text in PersonalOfferText.objects.filter(offer__in=listed):
        texts[text.offer_id][text.language] = text
    return {
        pk: Composition(
            offer,
            goods_of(targets[pk], everything=offer.everything),
            aims_of(targets[pk]),
            texts[pk],
        )
        for pk, offer in listed.items()
    }


def faults_of(composition: Composition) -> tuple[engine.Fault, ...]:
    """What the engine could not compute of it, or of an item that says nothing for itself."""
    offer = composition.offer
    rule = rule_of(offer, composition.named)
    rules = [rule]
    if offer.has_items:
        rules += Template(offer, rule).made([Item(1)], needs_acceptance=False)
    return tuple(dict.fromkeys(fault for each in rules for fault in engine.faults(each)))


def _ids(composition: Composition) -> dict[str, list[int]]:
    """By THINGS, in their order."""
    goods, aims = composition.goods, composition.aims
    named = (goods.products, goods.categories, goods.groups)
    rows = (*named, aims.points_of_sale, aims.groups, aims.audiences)
    return {name: [row.pk for row in each] for name, each in zip(THINGS, rows, strict=True)}


@transaction.atomic
def store(composition: Composition) -> PersonalOffer:
    """Save the offer with exactly these targets and texts.

    Raises ValidationError if the engine could not compute it, if it is for nobody, and if
    customers used it or have items of another mechanic. Imports of items wait meanwhile.
    """
    offer = composition.offer
    PersonalOffer.objects.select_for_update(no_key=True).filter(pk=offer.pk).first()
    if faults := faults_of(composition):
        raise ValidationError(", ".join(faults), code="faults")
    if is_for_nobody(offer, composition.named):
        raise ValidationError(_("Say whom the offer is for."), code="nobody")
    refuse_other_mechanic(offer)
    offer.save()
    _name(composition)
    PersonalOfferText.objects.filter(offer=offer).exclude(language__in=composition.texts).delete()
    for language, text in composition.texts.items():
        text.offer, text.language = offer, language
        text.save()
    return offer


def refuse_other_mechanic(offer: PersonalOffer) -> None:
    """What items mean, and what receipts say, depends on it. Three queries if it changes."""
    saved = PersonalOffer.objects.filter(pk=offer.pk).values_list("mechanic", flat=True).first()
    if saved in (None, offer.mechanic):
        return
    if OfferUse.objects.filter(offer=offer).exists():
        words = _("The mechanic can't change any more: receipts speak of the offer.")
    elif has_items(offer.pk):
        words = _("The mechanic can't change while customers have items of the offer.")
    else:
        return
    raise ValidationError({"mechanic": ValidationError(words, code="mechanic_in_use")})


def _name(composition: Composition) -> None:
    offer = composition.offer
    wanted = {(name, pk) for name, ids in _ids(composition).items() for pk in ids}
    there = {}
    for target in PersonalOfferTarget.objects.filter(offer=offer):
        name = thing_of(target)
        there[name, getattr(target, f"{name}_id")] = target.pk
    gone = [pk for named, pk in there.items() if named not in wanted]
    PersonalOfferTarget.objects.filter(pk__in=gone).delete()
    PersonalOfferTarget.objects.bulk_create(
        PersonalOfferTarget(offer=offer, **{f"{name}_id": pk})
        for name, pk in sorted(wanted - there.keys())
    )
