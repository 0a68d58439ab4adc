"""What the forms of discounts and of other limited offers ask in the same way."""

import zoneinfo
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.admin.check_list import CheckList
from customers.admin.target_choice import TargetChoice
from imports.resources import Text
from promotions.admin.discounts.widgets import dress
from promotions.models import PointOfSale
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


class OfferFields(TargetChoice):
    """For a subclass of LimitedOffer with a name, dates and a currency, which `Meta` names."""

    name_is_taken: ClassVar[Text]

    online = places(PointOfSale.Channel.ONLINE, _("Online"))
    retail = places(PointOfSale.Channel.RETAIL, _("In retail"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        """Dates are read on the clocks of the offer's own zone."""
        name = self.data.get("time_zone", "") if self.is_bound else ""
        known = name in time_zones()
        zone = zoneinfo.ZoneInfo(name) if known else timezone.get_current_timezone()
        with timezone.override(zone):
            super().full_clean()

    def clean_name(self) -> str:
        """Said beside the field: the constraint itself speaks for the whole form."""
        name: str = self.cleaned_data["name"]
        others = type(self.instance)._default_manager.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError(str(self.name_is_taken), code="unique")
        return name

    def check_dates(self) -> None:
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and end <= start:
            self.add_error("end", _("The end date must be after the start date."))

    def check_decimals(self, names: tuple[str, ...], currency: str) -> None:
        """What can't be paid would be rounded, and the offer say another amount."""
        for name in names:
            amount = self.cleaned_data.get(name)
            if amount is not None and amount != round(amount, digits(currency)):
                words = _("Amounts in %(currency)s have %(number)s decimals at most.")
                figures = {"currency": currency, "number": digits(currency)}
                self.add_error(name, ValidationError(words, params=figures, code="decimals"))
