"""The fields of a discount itself, as its form asks for them."""

from typing import Any, cast

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from imports.backoffice.widgets import MomentInput
from promotions.admin.discounts import signs
from promotions.admin.discounts.fields import GoodsField
from promotions.admin.discounts.offer_fields import LIMITS, OfferFields
from promotions.admin.discounts.widgets import Cards
from promotions.composition import Goods
from promotions.models import Discount


class DiscountFields(OfferFields):
    name_is_taken = _("Another discount has this name.")

    class Contents(TextChoices):
        ALL = "all", _("All products")
        CHOSEN = "chosen", _("Chosen products")

    class Repeat(TextChoices):
        ONCE = "once", _("Once")
        UP_TO = "up_to", _("Up to a number")
        UNLIMITED = "unlimited", _("Without limit")

    contents = forms.ChoiceField(
        label=_("On which products"), choices=Contents.choices, widget=Cards(signs.CONTENTS)
    )
    goods = GoodsField(label=_("Chosen products"))
    repeat = forms.ChoiceField(
        label=_("Repeat on one receipt"), choices=Repeat.choices, widget=Cards(signs.REPEAT)
    )
    repeat_times = forms.IntegerField(label=_("At most so many times"), min_value=1, required=False)

    class Meta:
        model = Discount
        fields = (
            *("name", "is_active", "start", "end", "time_zone"),
            *("kind", "value", "scope", "currency", "action", "units", "match"),
            *("stacking", "priority", *LIMITS),
        )
        labels = {
            "kind": _("What comes off"),
            "action": _("What gets the discount"),
            "match": _("Which of them must hold"),
            "stacking": _("Where others are for the same products"),
        }
        field_classes = {"start": forms.DateTimeField, "end": forms.DateTimeField}
        widgets = {
            "start": MomentInput,
            "end": MomentInput,
            "kind": Cards(signs.KINDS),
            "scope": Cards(signs.SCOPES),
            "action": Cards(signs.ACTIONS),
            "match": Cards(signs.MATCHES),
            "stacking": Cards(signs.STACKING),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["kind"]).choices = Discount.Kind.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_value()
        self._check_action()
        self.check_dates()
        return cleaned

    def _check_value(self) -> None:
        data, percentage = self.cleaned_data, Discount.Kind.PERCENTAGE
        kind, value = data.get("kind"), data.get("value")
        if kind == percentage and value is not None and value > 100:
            self.add_error("value", _("A percentage is at most 100."))
        if "currency" in self.errors:
            return
        if currency := data.get("currency"):
            is_money = kind != percentage
            self.check_decimals(("value", "budget") if is_money else ("budget",), currency)
            return
        if (kind and kind != percentage) or data.get("budget") is not None:
            self.add_error("currency", _("Say in which currency the amounts are."))

    def _check_action(self) -> None:
        data, contents = self.cleaned_data, self.Contents
        if data.get("action") == Discount.Action.PRODUCT_SETS:
            data |= {"contents": contents.ALL, "goods": Goods(), "units": None}
            for name in ("contents", "goods", "units"):
                self.errors.pop(name, None)
        else:
            data |= {"repeat": self.Repeat.ONCE, "repeat_times": None}
            for name in ("repeat", "repeat_times"):
                self.errors.pop(name, None)
        if data.get("contents") == contents.ALL:
            data["goods"] = Goods()
            self.errors.pop("goods", None)
        elif (goods := data.get("goods")) is not None and not goods.named:
            self.add_error("goods", _("Choose at least one product, category or product group."))
        self._check_repeat()

    def _check_repeat(self) -> None:
        data, repeat = self.cleaned_data, self.cleaned_data.get("repeat")
        is_missing = not data.get("repeat_times") and "repeat_times" not in self.errors
        if repeat == self.Repeat.UP_TO and is_missing:
            self.add_error("repeat_times", _("Say how many times."))
        times = {self.Repeat.ONCE.value: 1, self.Repeat.UP_TO.value: data.get("repeat_times")}
        self.instance.uses = times.get(str(repeat))
        is_plain = data.get("action") == Discount.Action.PRODUCTS
        self.instance.everything = is_plain and data.get("contents") == self.Contents.ALL
