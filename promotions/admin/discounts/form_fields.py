"""The fields of a discount itself, as its form asks for them."""

import zoneinfo
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.admin.check_list import CheckList
from customers.admin.target_choice import TargetChoice
from imports.backoffice.widgets import MomentInput
from promotions.admin.discounts import signs
from promotions.admin.discounts.fields import GoodsField
from promotions.admin.discounts.widgets import Cards, dress
from promotions.composition import Goods
from promotions.models import Discount, PointOfSale
from promotions.models.points_of_sale import digits, time_zones

LIMITS = ("most_uses", "most_a_day", "most_a_week", "most_a_month", "most_a_customer", "budget")


def places(channel: str, label: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        label=label,
        queryset=PointOfSale.objects.filter(channel=channel),
        required=False,
        widget=CheckList(
            find=_("Find a point of sale"),
            nothing=_("There are none of this kind yet."),
            about=lambda rows: {row.pk: row.currency for row in rows},
            size_of=lambda row: row.time_zone,
        ),
    )


class DiscountFields(TargetChoice):
    class Contents(TextChoices):
        ALL = "all", _("All products")
        CHOSEN = "chosen", _("Chosen products")

    class Repeat(TextChoices):
        ONCE = "once", _("Once")
        UP_TO = "up_to", _("Up to a number")
        UNLIMITED = "unlimited", _("Without limit")

    online = places(PointOfSale.Channel.ONLINE, _("Online"))
    retail = places(PointOfSale.Channel.RETAIL, _("In retail"))
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
        self.fields["time_zone"].widget = forms.Select(
            choices=[(name, name) for name in sorted(time_zones())]
        )
        self.fields["currency"].widget = forms.Select(choices=self._currencies())
        dress(self.fields)

    def _currencies(self) -> list[tuple[str, str]]:
        """Those of the points of sale. One query."""
        rows = PointOfSale.objects.order_by("currency").values_list("currency", flat=True)
        found = {*rows.distinct(), self.instance.currency} - {""} or {"EUR"}
        return [("", _("Any")), *((each, each) for each in sorted(found))]

    def full_clean(self) -> None:
        """Dates are read on the clocks of the discount's own zone."""
        name = self.data.get("time_zone", "") if self.is_bound else ""
        known = name in time_zones()
        zone = zoneinfo.ZoneInfo(name) if known else timezone.get_current_timezone()
        with timezone.override(zone):
            super().full_clean()

    def clean_name(self) -> str:
        """Said beside the field: the constraint itself speaks for the whole form."""
        name: str = self.cleaned_data["name"]
        if Discount.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another discount has this name."), code="unique")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_value()
        self._check_action()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end <= start:
            self.add_error("end", _("The end date must be after the start date."))
        return cleaned

    def _check_value(self) -> None:
        data, percentage = self.cleaned_data, Discount.Kind.PERCENTAGE
        kind, value = data.get("kind"), data.get("value")
        if kind == percentage and value is not None and value > 100:
            self.add_error("value", _("A percentage is at most 100."))
        if "currency" in self.errors:
            return
        if currency := data.get("currency"):
            self._check_decimals(currency)
            return
        if (kind and kind != percentage) or data.get("budget") is not None:
            self.add_error("currency", _("Say in which currency the amounts are."))

    def _check_decimals(self, currency: str) -> None:
        """What can't be paid would be rounded, and the discount say another amount."""
        is_money = self.cleaned_data.get("kind") != Discount.Kind.PERCENTAGE
        for name in ("value", "budget") if is_money else ("budget",):
            amount = self.cleaned_data.get(name)
            if amount is not None and amount != round(amount, digits(currency)):
                words = _("Amounts in %(currency)s have %(number)s decimals at most.")
                figures = {"currency": currency, "number": digits(currency)}
                self.add_error(name, ValidationError(words, params=figures, code="decimals"))

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
