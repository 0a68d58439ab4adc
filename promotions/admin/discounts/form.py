"""The form of a discount with the cards of its product sets and conditions."""

from decimal import Decimal
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from customers.models import Audience, CustomerGroup
from promotions.admin.discounts.card_sets import condition_cards, is_shown, set_cards
from promotions.admin.discounts.condition_cards import Offered, kinds_of_conditions
from promotions.admin.discounts.confirmation import CONFIRMATION, seal
from promotions.admin.discounts.faults import FAULTS
from promotions.admin.discounts.fields import GoodsField
from promotions.admin.discounts.form_fields import DiscountFields
from promotions.admin.discounts.form_start import first_values
from promotions.admin.discounts.offer_fields import LIMITS
from promotions.admin.discounts.stale import state_of
from promotions.admin.stale import STATE
from promotions.composing import rule
from promotions.composition import Aims, Composition, Goods, compositions_of
from promotions.engine import faults
from promotions.models import Discount, PointOfSale
from promotions.warnings import Warning, warnings_of


class DiscountForm(DiscountFields):
    """What it says as a whole is `composition()`, also while it is incomplete.

    What the warnings say of the discount must be confirmed once: by what `seal` makes of them.
    """

    asks = True
    """Whether warnings are looked for; a preview doesn't need them."""
    warnings: tuple[Warning, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = kwargs.pop("initial", None) or {}
        copied: Composition | None = initial.pop("copied", None)
        super().__init__(*args, **kwargs)
        there = compositions_of([self.instance]) if self.instance.pk else {}
        self.there = there.get(self.instance.pk, Composition(self.instance))
        self.state = state_of(self.there)
        self.initial.update(first_values(copied or self.there) | initial)
        cast(GoodsField, self.fields["goods"]).show(self.initial["goods"])
        data = self.data if self.is_bound else None
        self.sets = set_cards(data, self.there, copied)
        self.conditions = condition_cards(data, self.there, copied, self._offered())

    def _offered(self) -> Offered:
        """Three queries."""
        return Offered(
            points_of_sale=list(PointOfSale.objects.all()),
            groups=list(CustomerGroup.objects.all()) if "groups" in self.seen else [],
            audiences=list(Audience.objects.all()) if "audiences" in self.seen else [],
            parts={part.condition.pk: part for part in self.there.conditions},
            seen=self.seen,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._refuse_to_overwrite()
        if self._has_sets and not self.sets.is_valid():
            self.add_error(None, _("Some product sets don't fit yet. Each says what it needs."))
        elif self._has_sets and not self.sets.kept:
            self.add_error("action", _("Add at least one product set."))
        if not self.conditions.is_valid():
            self.add_error(None, _("Some conditions don't fit yet. Each says what it needs."))
        return cleaned

    def _refuse_to_overwrite(self) -> None:
        if self.data.get(STATE, self.state) != self.state:
            words = _(
                "Somebody else saved this discount while you were editing it. Open it in another"
                " window to see how it is now; saving here again puts your entries in its place."
            )
            self.add_error(None, ValidationError(words, code="stale"))

    @property
    def _has_sets(self) -> bool:
        return self.cleaned_data.get("action") == Discount.Action.PRODUCT_SETS

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            self._refuse_faults()
        if self.asks and not self.errors:
            self._ask_about_warnings()

    def _refuse_faults(self) -> None:
        for fault in faults(rule(self.composition())):
            field, words = FAULTS[fault]
            self.add_error(field, str(words))

    def _ask_about_warnings(self) -> None:
        floor = Decimal(settings.MARGIN_FLOOR_PERCENT)
        self.warnings = warnings_of(self.composition(), at=timezone.now(), floor=floor)
        confirmed = self.data.get(CONFIRMATION, "")
        if self.warnings and not constant_time_compare(confirmed, seal(self.warnings)):
            message = _("Look at the warnings first.")
            self.add_error(None, ValidationError(message, code="unconfirmed"))

    @property
    def confirmation(self) -> str:
        return seal(self.warnings)

    @property
    def limit_fields(self) -> list[Any]:
        return [self[name] for name in LIMITS]

    @property
    def kinds_of_conditions(self) -> list[tuple[str, Any]]:
        return kinds_of_conditions(self.seen)

    @property
    def hides_conditions(self) -> bool:
        return any(not is_shown(part, self.seen) for part in self.there.conditions)

    def composition(self) -> Composition:
        """The discount as the form has it, as far as it is filled in rightly."""
        data = self.cleaned_data
        goods = data.get("goods") or Goods()
        sets = self.sets.kept if self._has_sets else ()
        hidden = [part for part in self.there.conditions if not is_shown(part, self.seen)]
        return Composition(
            self.instance,
            Goods(self.instance.everything, *vars_of(goods)),
            self._aims(),
            tuple(card.part() for card in sets),
            (*(card.part() for card in self.conditions.kept), *hidden),
        )

    def _aims(self) -> Aims:
        data, there = self.cleaned_data, self.there.aims
        places = (*(data.get("online") or ()), *(data.get("retail") or ()))
        return Aims(
            places,
            tuple(data.get("for_groups") or ()) if "groups" in self.seen else there.groups,
            tuple(data.get("for_audiences") or ()) if "audiences" in self.seen else there.audiences,
        )


def vars_of(goods: Goods) -> tuple[Any, ...]:
    return goods.products, goods.categories, goods.groups
