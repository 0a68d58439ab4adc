"""The cards of a discount's form: its conditions (E21, E22)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from customers.models import Audience, CustomerGroup
from promotions.admin.discounts.cards import EMPTY_CARDS, MOST_CARDS, Card, CardFormSet
from promotions.admin.discounts.fields import GoodsField, OneOfThese
from promotions.admin.discounts.form_start import plain
from promotions.admin.discounts.widgets import Days, dress
from promotions.composition import Aims, ConditionPart, Goods
from promotions.models import Condition, Discount, PointOfSale

Kind = Condition.Kind

NEEDED = {
    Kind.ORDER_AMOUNT: ("minimum",),
    Kind.PRODUCTS: ("quantity",),
    Kind.POINTS_OF_SALE: ("points_of_sale",),
    Kind.GROUPS: ("groups",),
    Kind.AUDIENCES: ("audiences",),
}
SEEN_WITH = {Kind.GROUPS: "groups", Kind.AUDIENCES: "audiences"}
"""Kinds of conditions that only those see who may see what they name."""


@dataclass(frozen=True)
class Offered:
    """What conditions can be about, fetched once for all cards."""

    points_of_sale: Sequence[PointOfSale] = ()
    groups: Sequence[CustomerGroup] = ()
    audiences: Sequence[Audience] = ()
    parts: Mapping[int, ConditionPart] = field(default_factory=dict)
    """The conditions that there are, by their ids."""
    seen: frozenset[str] = frozenset()


def kinds_of_conditions(seen: frozenset[str]) -> list[tuple[str, Any]]:
    return [
        (value, label)
        for value, label in Kind.choices
        if SEEN_WITH.get(Kind(value), "") in {"", *seen}
    ]


class ConditionForm(Card):
    days = forms.TypedMultipleChoiceField(
        label=_("Days"),
        choices=list(WEEKDAYS_ABBR.items()),
        coerce=int,
        required=False,
        widget=Days,
        help_text=_("None for every day."),
    )
    goods = GoodsField(label=_("Products"))
    points_of_sale = OneOfThese(label=_("Points of sale"), find=_("Find a point of sale"))
    groups = OneOfThese(label=_("Customer groups"), find=_("Find a group"))
    audiences = OneOfThese(label=_("Audiences"), find=_("Find an audience"))

    class Meta:
        model = Condition
        fields = (
            *("kind", "minimum", "maximum", "quantity", "everything", "goods"),
            *("days", "begin", "end", "points_of_sale", "groups", "audiences"),
        )
        widgets = {
            "begin": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "end": forms.TimeInput({"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("points_of_sale", "groups", "audiences"):
            cast(OneOfThese, self.fields[name]).offer(getattr(offered, name))
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = [("", _("Choose a condition")), *kinds_of_conditions(offered.seen)]
        dress(self.fields)
        for name in ("minimum", "maximum"):
            if self.initial.get(name) is not None:
                self.initial[name] = plain(self.initial[name])
        part = offered.parts.get(self.instance.pk) if self.instance.pk else None
        part = part or self.initial.get("whole")
        if part:
            self.initial.update(goods=part.goods, **vars(part.aims))
            cast(GoodsField, self.fields["goods"]).show(part.goods)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        if not kind:
            return cleaned
        for name in NEEDED.get(kind, ()):
            if name not in self.errors and not cleaned.get(name) and cleaned.get(name) != 0:
                self.add_error(name, ValidationError(NEEDS[name], code="required"))
        self._check(kind)
        self._forget_what_does_not_count(kind)
        return cleaned

    def _check(self, kind: str) -> None:
        data = self.cleaned_data
        goods = data.get("goods")
        if kind == Kind.PRODUCTS and goods and not (goods.named or data.get("everything")):
            self.add_error("goods", _("Choose at least one product, category or product group."))
        says_when = any(data.get(name) is not None for name in ("begin", "end")) or data.get("days")
        if kind == Kind.TIMES and not says_when and not self.errors:
            self.add_error("days", _("Choose days or hours."))
        minimum, maximum = data.get("minimum"), data.get("maximum")
        if kind == Kind.ORDER_AMOUNT and minimum and maximum is not None and maximum < minimum:
            self.add_error("maximum", _("The maximum is below the minimum."))

    def _forget_what_does_not_count(self, kind: str) -> None:
        """Nor is anything wrong with what is not shown."""
        for name in FORGOTTEN.keys() - COUNTS[kind]:
            self.errors.pop(name, None)
            self.cleaned_data[name] = FORGOTTEN[name]
        if self.cleaned_data.get("everything"):
            self.errors.pop("goods", None)
            self.cleaned_data["goods"] = Goods()

    def part(self) -> ConditionPart:
        """What the card says, as far as it is filled in."""
        data = getattr(self, "cleaned_data", {})
        named = data.get("goods") or Goods()
        goods = Goods(self.instance.everything, named.products, named.categories, named.groups)
        aims = Aims(*(data.get(name) or () for name in ("points_of_sale", "groups", "audiences")))
        return ConditionPart(self.instance, goods, aims)


NEEDS = {
    "minimum": _("Say from which amount."),
    "quantity": _("Say how many."),
    "points_of_sale": _("Choose at least one point of sale."),
    "groups": _("Choose at least one group."),
    "audiences": _("Choose at least one audience."),
}
FORGOTTEN: dict[str, Any] = {
    **dict.fromkeys(("minimum", "maximum", "quantity", "begin", "end")),
    **dict.fromkeys(("points_of_sale", "groups", "audiences"), ()),
    "days": [],
    "everything": False,
    "goods": Goods(),
}
COUNTS: dict[str, set[str]] = {
    Kind.ORDER_AMOUNT: {"minimum", "maximum"},
    Kind.PRODUCTS: {"quantity", "everything", "goods"},
    Kind.TIMES: {"days", "begin", "end"},
    Kind.POINTS_OF_SALE: {"points_of_sale"},
    Kind.GROUPS: {"groups"},
    Kind.AUDIENCES: {"audiences"},
}

ConditionFormSet = forms.inlineformset_factory(
    Discount,
    Condition,
    form=ConditionForm,
    formset=CardFormSet,
    extra=EMPTY_CARDS,
    max_num=MOST_CARDS,
    validate_max=True,
    can_order=True,
)
