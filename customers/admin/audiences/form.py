import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import Signer
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from customers.audiences.uses import uses_of
from customers.models import Audience

BACK_TO_EDITING = "_edit"
"""The button that leads from the confirmation back to the form."""
CONFIRMATION = "confirmation"
"""Sent along by the confirmation's page; no field, as whatever else is sent confirms nothing."""


class AudienceForm(forms.ModelForm):
    """An audience. Changed conditions of one that is in use need a confirmation.

    It is what `seal` makes of the change, so it holds for exactly the one that was shown.
    """

    unconfirmed = False

    class Meta:
        model = Audience
        fields = ("name", "description", "conditions")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.instance.pk or "conditions" not in self.cleaned_data:
            return cleaned
        self.unconfirmed = BACK_TO_EDITING in self.data or (
            self.cleaned_data["conditions"] != self.instance.conditions
            and not self._is_confirmed()
            and bool(uses_of([self.instance.pk])[self.instance.pk])
        )
        if self.unconfirmed:
            raise ValidationError(_("Look at who comes and who leaves first."), code="unconfirmed")
        return cleaned

    def _is_confirmed(self) -> bool:
        sealed = seal(self.instance, self.cleaned_data["conditions"])
        return constant_time_compare(self.data.get(CONFIRMATION, ""), sealed)


def seal(audience: Audience, conditions: Any) -> str:
    """Stands for the change of an audience from the conditions it has to new ones."""
    change = json.dumps([audience.pk, audience.conditions, conditions], sort_keys=True)
    return Signer(salt="audience-change").signature(change)
