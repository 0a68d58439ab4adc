"""The part of an offer's form that says whom it is aimed at beside its e-mails."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.models import Audience, CustomerGroup
from offers.admin.check_list import CheckList, about_audiences, about_groups
from offers.models import PrivateOffer

TARGETS = {"for_groups": "groups", "for_audiences": "audiences"}


class TargetsForm(forms.ModelForm):
    """Fields of its own: the admin edits no many-to-many whose rows are a model with a history."""

    for_groups = forms.ModelMultipleChoiceField(
        queryset=CustomerGroup.objects.select_related("audience"),
        label=_("Customer groups"),
        required=False,
        widget=CheckList(
            find=_("Find a group"),
            nothing=_("There are no customer groups yet."),
            about=about_groups,
        ),
    )
    for_audiences = forms.ModelMultipleChoiceField(
        queryset=Audience.objects.all(),
        label=_("Audiences"),
        required=False,
        widget=CheckList(
            find=_("Find an audience"),
            nothing=_("There are no audiences yet."),
            about=about_audiences,
        ),
    )

    class Meta:
        model = PrivateOffer
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name, targets in TARGETS.items():
                self.initial[name] = list(getattr(self.instance, targets).all())

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("is_public", self.instance.is_public):
            for name in TARGETS:
                if self.cleaned_data.get(name):
                    self.add_error(name, _("A public offer takes neither groups nor audiences."))
        return cleaned

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc] the stubs don't know it
        for name, targets in TARGETS.items():
            getattr(self.instance, targets).set(self.cleaned_data[name])
