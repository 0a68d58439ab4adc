"""What staff fill in to credit or debit (D12–D15), for a group and for one customer."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from imports.backoffice.widgets import MomentInput
from loyalty.amounts import MOST_LETTERS
from loyalty.batches import clean
from loyalty.models import Batch

INPUT = {"class": "bo-input"}
MODE_HELP = {
    Batch.Mode.RELATIVE: _("Adds to what each has, or deducts with “-” before the amount."),
    Batch.Mode.ABSOLUTE: _("Replaces what each has. 0 writes everything off."),
}


class CashbackForm(forms.Form):
    """Rules and their words are those of loyalty/batches.py, beside the fields they are about."""

    mode = forms.ChoiceField(
        label=_("How the amount is meant"),
        choices=Batch.Mode.choices,
        initial=Batch.Mode.RELATIVE,
        widget=forms.RadioSelect,
    )
    amount = forms.CharField(
        label=_("Cashback amount"),
        max_length=40,
        help_text=_("Such as 10 or 2.50; “-” before it deducts."),
        widget=forms.TextInput(attrs={**INPUT, "inputmode": "text", "autocomplete": "off"}),
    )
    comment = forms.CharField(
        label=_("Comment"),
        max_length=MOST_LETTERS,
        help_text=_("The reason. Customers read it in their cashback history."),
        widget=forms.TextInput(attrs=INPUT),
    )
    expires_at = forms.DateTimeField(
        label=_("Expires"),
        required=False,
        widget=MomentInput,
        input_formats=["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"],
    )
    # Drawn with the empty form: however often that is sent, it is one batch.
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_at"].help_text = _(
            "Optional, for what is credited. Time zone %(zone)s."
        ) % {"zone": timezone.get_current_timezone_name()}

    def clean_amount(self) -> str:
        """People write decimals as they are used to."""
        text: str = self.cleaned_data["amount"]
        return "".join(text.replace("−", "-").replace(",", ".").split())

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        try:
            given |= clean(
                mode=given.get("mode", ""),
                amount=given.get("amount", ""),
                comment=given.get("comment", ""),
                expires_at=given.get("expires_at"),
                at=timezone.now(),
            )
        except ValidationError as error:
            for field, errors in error.error_dict.items():
                if field not in self.errors:
                    self.add_error(field, errors)
        return given

    @property
    def modes(self) -> list[tuple[Any, Any]]:
        """The radio buttons, each with what it means."""
        return [(radio, MODE_HELP[radio.data["value"]]) for radio in self["mode"]]
