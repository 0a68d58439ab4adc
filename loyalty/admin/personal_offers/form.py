"""The form of a personal offer."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from loyalty.admin.personal_offers.faults import FAULTS
from loyalty.admin.personal_offers.form_fields import PersonalOfferFields
from loyalty.admin.personal_offers.texts import (
    TEXTS,
    entered_texts,
    field_of,
    first_texts,
    other_languages,
)
from loyalty.admin.personal_offers.warnings import warnings_of
from loyalty.models import PersonalOffer
from loyalty.personal.composition import (
    Composition,
    compositions_of,
    faults_of,
    refuse_other_mechanic,
)
from promotions.admin.discounts.confirmation import CONFIRMATION, seal
from promotions.admin.discounts.fields import GoodsField
from promotions.admin.discounts.form_start import as_entered, chosen_aims
from promotions.admin.discounts.offer_fields import LIMITS
from promotions.admin.stale import STATE, cells, named, signed
from promotions.composition import Aims, Goods
from promotions.warnings import Warning


class PersonalOfferForm(PersonalOfferFields):
    """What it says as a whole is `composition()`, also while it is incomplete."""

    asks = True
    """Whether the database is asked what speaks against saving; a preview doesn't need it."""
    warnings: tuple[Warning, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = kwargs.pop("initial", None) or {}
        copied: Composition | None = initial.pop("copied", None)
        super().__init__(*args, **kwargs)
        there = compositions_of([self.instance]) if self.instance.pk else {}
        self.there = there.get(self.instance.pk, Composition(self.instance))
        self.state = state_of(self.there)
        self.first = copied or self.there
        self.initial.update(first_values(self.first) | initial)
        cast(GoodsField, self.fields["goods"]).show(self.initial["goods"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.data.get(STATE, self.state) != self.state:
            words = _(
                "Somebody else saved this offer while you were editing it. Open it in another"
                " window to see how it is now; saving here again puts your entries in its place."
            )
            self.add_error(None, ValidationError(words, code="stale"))
        self._check_whom()
        return cleaned

    def _check_whom(self) -> None:
        """Counts those that the user may not see: saving keeps them."""
        if self.has_items or "mechanic" in self.errors or "whom" in self.errors:
            return
        aims = self._aims()
        is_for_all = self.instance.all_customers
        if is_for_all and (aims.groups or aims.audiences):
            words = _("It is for groups or audiences that you may not see: they stay.")
            self.add_error("whom", words)
        elif not is_for_all and not (aims.groups or aims.audiences):
            words = _("Choose at least one group or audience, or all customers.")
            self.add_error("whom", words)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        for fault in faults_of(self.composition()):
            field, words = FAULTS[fault]
            self.add_error(field if field in self.fields else None, str(words))
        if self.asks:
            self._ask_the_database()

    def _ask_the_database(self) -> None:
        try:
            refuse_other_mechanic(self.instance)
        except ValidationError as refusal:
            self.add_error(None, refusal)
        if self.errors:
            return
        self.warnings = tuple(warnings_of(self.composition(), at=timezone.now()))
        confirmed = self.data.get(CONFIRMATION, "")
        if self.warnings and not constant_time_compare(confirmed, self.confirmation):
            message = _("Look at the warnings first.")
            self.add_error(None, ValidationError(message, code="unconfirmed"))

    @property
    def confirmation(self) -> str:
        return seal(self.warnings)

    @property
    def limit_fields(self) -> list[Any]:
        return [self[name] for name in LIMITS]

    @property
    def languages(self) -> list[tuple[Any, str, list[Any], bool]]:
        """Each other language: its name, its code, its fields, and whether any is filled in."""
        found = []
        for code, name in other_languages():
            fields = [self[field_of(text, code)] for text in TEXTS]
            found.append((name, code, fields, any(f.value() or f.errors for f in fields)))
        return found

    def composition(self) -> Composition:
        """The offer as the form has it, as far as it is filled in rightly."""
        goods = self.cleaned_data.get("goods") or Goods()
        return Composition(
            self.instance,
            Goods(self.instance.everything, goods.products, goods.categories, goods.groups),
            self._aims(),
            entered_texts(self.cleaned_data, self.there.texts),
        )

    def _aims(self) -> Aims:
        data, there = self.cleaned_data, self.there.aims
        groups, audiences = there.groups, there.audiences
        is_for_all = self.instance.all_customers
        if "groups" in self.seen:
            groups = () if is_for_all else tuple(data.get("for_groups") or ())
        if "audiences" in self.seen:
            audiences = () if is_for_all else tuple(data.get("for_audiences") or ())
        return Aims((*(data.get("online") or ()), *(data.get("retail") or ())), groups, audiences)


def first_values(composition: Composition) -> dict[str, Any]:
    """Of fields that the offer's own columns don't fill; dates on its own clocks."""
    offer = composition.offer
    found = {
        **chosen_aims(composition.aims),
        **first_texts(composition.texts),
        "goods": composition.goods,
        "whom": "all" if offer.all_customers else "some",
        "contents": "all" if offer.everything else "chosen",
    }
    if offer.start is not None:
        return {**found, **as_entered(offer)}
    zone = timezone.get_current_timezone_name()
    announced = [PersonalOffer.Channel.ACCOUNT.value, PersonalOffer.Channel.APP.value]
    mechanic = PersonalOffer.Mechanic.AUDIENCE.value
    return {**found, "time_zone": zone, "mechanic": mechanic, "channels": announced}


def state_of(composition: Composition) -> str:
    """Stands for what is saved of the offer; empty for a new one."""
    if not composition.offer.pk:
        return ""
    texts = [cells(text) for _code, text in sorted(composition.texts.items())]
    told = (cells(composition.offer), named(composition.goods, composition.aims), texts)
    return signed(told)
