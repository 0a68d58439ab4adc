from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from customers.models import CustomerGroup
from customers.phone_lists import parse

NUMBERS_HELP = _(
    "One a line with the country code, such as 380980000000. +, spaces and dashes don't matter."
    " Only customers who exist become members; other numbers are listed as skipped."
)


class PhoneNumbersField(forms.CharField):
    """A list of pasted numbers; its value is the list of them in their one form (D6)."""

    def __init__(self, **options: Any) -> None:
        attrs = {"rows": 10, "autocomplete": "off", "spellcheck": "false"}
        super().__init__(
            label=_("Customers phone numbers"),
            help_text=NUMBERS_HELP,
            widget=UnfoldAdminTextareaWidget(attrs=attrs),
            strip=False,  # Errors name the lines as they were pasted.
            **options,
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        numbers = parse(text)
        if self.required and not numbers:
            raise ValidationError(self.error_messages["required"], code="required")
        return numbers


class GroupForm(forms.ModelForm):
    """A group and what it is made of; what it is made of is final."""

    class Meta:
        model = CustomerGroup
        fields = ["title", "type", "audience"]

    def clean_title(self) -> str:
        """Said beside the field: the constraint itself speaks for the whole form."""
        title = self.cleaned_data["title"]
        others = CustomerGroup.objects.exclude(pk=self.instance.pk)
        if others.filter(title__iexact=title).exists():
            raise ValidationError(_("Another group has this title."), code="unique")
        return title

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("type") != CustomerGroup.Type.AUDIENCE:
            data["audience"] = None
            return data
        if not data.get("audience") and "audience" not in self.errors:
            self.add_error("audience", _("Choose the audience that the group follows."))
        if data.get("numbers") or "numbers" in self.errors:
            self.add_error(
                "type",
                _("A group by audience takes no phone numbers: clear them or choose another type."),
            )
        return data


class GroupAndNumbersForm(GroupForm):
    """The same for those who may also say who is in it (D5)."""

    numbers = PhoneNumbersField(required=False)


class NumbersForm(forms.Form):
    numbers = PhoneNumbersField()
