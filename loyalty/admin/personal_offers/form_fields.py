"""The fields of a personal offer itself, as its form asks for them."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.db.models import TextChoices
from django.urls import reverse_lazy
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from imports.backoffice.widgets import MomentInput
from loyalty.admin.personal_offers import signs
from loyalty.admin.personal_offers.texts import refuse_texts_without_title, text_fields
from loyalty.models import PersonalOffer
from offers.admin.widgets import PicturePicker
from promotions.admin.discounts.fields import GoodsField
from promotions.admin.discounts.offer_fields import LIMITS, OfferFields
from promotions.admin.discounts.widgets import Cards, Days, GoodsPicker, dress
from promotions.composition import Goods

Mechanic, Scope = PersonalOffer.Mechanic, PersonalOffer.Scope
POINTS = Decimal("0.01")


class OfferGoods(GoodsPicker):
    search_url = reverse_lazy("admin:loyalty_personaloffer_goods")


class PersonalOfferFields(OfferFields):
    name_is_taken = _("Another personal offer has this name.")

    class Whom(TextChoices):
        ALL = "all", _("All customers")
        SOME = "some", _("Groups and audiences")

    class Contents(TextChoices):
        ALL = "all", _("All products")
        CHOSEN = "chosen", _("Chosen products")

    whom = forms.ChoiceField(
        label=_("Whom it is for"), choices=Whom.choices, widget=Cards(signs.WHOM)
    )
    contents = forms.ChoiceField(
        label=_("On which products"), choices=Contents.choices, widget=Cards(signs.CONTENTS)
    )
    goods = GoodsField(label=_("Chosen products"), widget=OfferGoods())
    days = forms.TypedMultipleChoiceField(
        label=_("Days"),
        choices=list(WEEKDAYS_ABBR.items()),
        coerce=int,
        required=False,
        widget=Days,
        help_text=_("None for every day."),
    )
    channels = forms.MultipleChoiceField(
        label=_("Announced in"),
        choices=PersonalOffer.Channel.choices,
        required=False,
        widget=Days,
        help_text=_("Where it is shown; it counts at the till in any case."),
    )

    class Meta:
        model = PersonalOffer
        fields = (
            *("name", "is_active", "mechanic", "identifiers"),
            *("preference", "method", "value", "currency", "scope", "quantity", "units"),
            *("start", "end", "time_zone", "days", "from_hour", "to_hour"),
            *("needs_acceptance", "stacking", "priority", *LIMITS),
            *("channels", "sort_order", "title", "text", "validity_text"),
            *("picture", "phone_picture"),
        )
        labels = {
            "mechanic": _("Mechanic"),
            "identifiers": _("How uploaded items name things"),
            "preference": _("What customers get"),
            "method": _("How it is measured"),
            "scope": _("What it is counted on"),
            "stacking": _("Where others are for the same products"),
            "needs_acceptance": _("Customers have to accept it first"),
        }
        field_classes = {"start": forms.DateTimeField, "end": forms.DateTimeField}
        widgets = {
            "start": MomentInput,
            "end": MomentInput,
            "from_hour": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "to_hour": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "mechanic": Cards(signs.MECHANICS),
            "identifiers": Cards(signs.IDENTIFIERS),
            "preference": Cards(signs.PREFERENCES),
            "method": Cards(signs.METHODS),
            "scope": Cards(signs.SCOPES),
            "stacking": Cards(signs.STACKING),
            "text": forms.Textarea({"rows": 4, "class": "bo-input"}),
            "picture": PicturePicker,
            "phone_picture": PicturePicker,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["mechanic"]).choices = Mechanic.choices
        self.fields.update(text_fields())
        pictures = list(
            forms.models.ModelChoiceIterator(cast(forms.ModelChoiceField, self.fields["picture"]))
        )
        for name in ("picture", "phone_picture"):
            cast(forms.Select, self.fields[name].widget).choices = pictures
        dress(self.fields)

    @property
    def has_items(self) -> bool:
        return self.cleaned_data.get("mechanic") in set(Mechanic.values) - {Mechanic.AUDIENCE.value}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.check_dates()
        self._settle_what_does_not_count()
        self._check_audience()
        self._check_size()
        self._check_currency()
        refuse_texts_without_title(self)
        return cleaned

    def _settle_what_does_not_count(self) -> None:
        """Nor is anything wrong with what is not shown."""
        data = self.cleaned_data
        if self.has_items:
            self._settle(whom=None, contents=None, goods=Goods())
        elif data.get("contents") == self.Contents.ALL:
            self._settle(goods=Goods())
        if data.get("mechanic") == Mechanic.RECEIPT_AMOUNT:
            self._settle(scope=Scope.RECEIPT.value, quantity=1)
        if data.get("scope") != Scope.UNITS:
            self._settle(units=None)
        if data.get("mechanic") in (Mechanic.AUDIENCE, Mechanic.RECEIPT_AMOUNT):
            self._settle(identifiers=PersonalOffer.Identifiers.EXTERNAL.value)
        self.instance.all_customers = data.get("whom") == self.Whom.ALL
        self.instance.everything = data.get("contents") == self.Contents.ALL

    def _settle(self, **values: Any) -> None:
        for name in values:
            self.errors.pop(name, None)
        self.cleaned_data |= values

    def _check_audience(self) -> None:
        data = self.cleaned_data
        if self.has_items or not data.get("mechanic"):
            return
        goods = data.get("goods")
        if data.get("contents") == self.Contents.CHOSEN and goods is not None and not goods.named:
            self.add_error("goods", _("Choose at least one product, category or product group."))
        if data.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Say how much members of the audience get."))

    def _check_size(self) -> None:
        data = self.cleaned_data
        preference, value = data.get("preference"), data.get("value")
        is_share = data.get("method") == PersonalOffer.Method.PERCENTAGE
        is_discount = preference == PersonalOffer.Preference.DISCOUNT
        if value is not None and is_share and is_discount and value > 100:
            self.add_error("value", _("A percentage is at most 100."))
        is_of_goods = self.has_items and data.get("mechanic") != Mechanic.RECEIPT_AMOUNT
        if is_of_goods and data.get("scope") == Scope.RECEIPT:
            words = _("What is of single items can't be on the receipt: choose units or lines.")
            self.add_error("scope", words)
        if is_discount:
            return
        for name in ("budget",) if is_share else ("value", "budget"):
            amount = data.get(name)
            if amount is not None and amount != amount.quantize(POINTS):
                self.add_error(name, _("Points have two decimals at most."))

    def _check_currency(self) -> None:
        data = self.cleaned_data
        if "currency" in self.errors:
            return
        is_discount = data.get("preference") == PersonalOffer.Preference.DISCOUNT
        is_amount = is_discount and data.get("method") == PersonalOffer.Method.AMOUNT
        if currency := data.get("currency"):
            amounts = (*(["value"] if is_amount else []), *(["budget"] if is_discount else []))
            self.check_decimals(tuple(amounts), currency)
        elif is_amount or data.get("mechanic") == Mechanic.RECEIPT_AMOUNT:
            self.add_error("currency", _("Say in which currency the amounts are."))
        elif is_discount and data.get("budget") is not None:
            self.add_error("currency", _("Say in which currency the budget is."))
