import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import Signer
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from customers.audiences.uses import uses_of
from customers.models import Audience


class AudienceForm(forms.ModelForm):
    """An audience. Changed conditions of one that is in use need a confirmation (`confirmation`).

    It is what `seal` makes of the change, so it holds for exactly the one that was shown.
    """

    confirmation = forms.CharField(required=False, widget=forms.HiddenInput)
    unconfirmed = False

    class Meta:
        model = Audience
        fields = ("name", "description", "conditions")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.instance.pk or "conditions" not in self.cleaned_data:
            return cleaned
        sealed = seal(self.instance, self.cleaned_data["conditions"])
        self.unconfirmed = (
            self.cleaned_data["conditions"] != self.instance.conditions
            and not constant_time_compare(self.cleaned_data["confirmation"], sealed)
            and bool(uses_of([self.instance.pk])[self.instance.pk])
        )
        if self.unconfirmed:
            raise ValidationError(_("Look at who comes and who leaves first."), code="unconfirmed")
        return cleaned


def seal(audience: Audience, conditions: Any) -> str:
    """Stands for the change of an audience from the conditions it has to new ones."""
    change = json.dumps([audience.pk, audience.conditions, conditions], sort_keys=True)
    return Signer(salt="audience-change").signature(change)
