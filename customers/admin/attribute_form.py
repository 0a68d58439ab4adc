from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.widgets import UnfoldAdminTextareaWidget

from customers.attributes import rules
from customers.attributes.fields import LIST_SEPARATOR, Field
from customers.attributes.uses import audiences_choosing, customers_choosing
from customers.models import AttributeDefinition
from customers.models.attributes import WITH_CHOICES

MOST_CHOICES = 1000


class Lines(forms.CharField):
    """A list of texts, one a line, each once."""

    widget = UnfoldAdminTextareaWidget

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> list[str]:
        lines = [line for line in map(str.strip, super().clean(value).splitlines()) if line]
        return list(dict.fromkeys(lines))


class AttributeForm(forms.ModelForm):
    """An attribute as staff define it; the admin shows key and type of an existing one only."""

    choices = Lines(
        label=_("Choices"),
        required=False,
        help_text=_(
            "One a line, in the order in which they are offered. For the types “Choice” and"
            " “List of choices”."
        ),
    )

    class Meta:
        model = AttributeDefinition
        fields = ("label", "key", "type", "choices")
        help_texts = {
            "key": _(
                "The name of the column in imports and of the field in the API: small letters,"
                " digits and _. It can't be changed later."
            ),
            "type": _("It can't be changed later."),
        }

    def clean_choices(self) -> list[str]:
        choices: list[str] = self.cleaned_data["choices"]
        unlimited = Field("", "", self.instance.type)
        for choice in choices:
            rules.text(unlimited, choice)
            if LIST_SEPARATOR in choice:
                raise ValidationError(_("A choice can't have the sign | in it."), code="separator")
        if len(choices) > MOST_CHOICES:
            raise ValidationError(
                _("Write at most %(limit)d choices, or make it a text."),
                code="too_many",
                params={"limit": MOST_CHOICES},
            )
        self._refuse_to_remove([c for c in self.instance.choices if c not in choices])
        return choices

    def _refuse_to_remove(self, removed: list[str]) -> None:
        """Three queries if any choice is to go."""
        if not removed or not self.instance.pk:
            return
        field = Field.of(self.instance)
        number = customers_choosing(field, removed).count()
        audiences = audiences_choosing(field.key, removed).values_list("name", flat=True)
        reasons = [
            *([_customers_have(number)] if number else []),
            *(
                [_("These audiences ask for it: %(names)s.") % {"names": ", ".join(audiences)}]
                if audiences
                else []
            ),
        ]
        if reasons:
            kept = _("Keep: %(choices)s.") % {"choices": ", ".join(removed)}
            raise ValidationError(" ".join(map(str, [kept, *reasons])), code="in_use")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        type_ = cleaned.get("type", self.instance.type)
        if type_ and "choices" in cleaned:
            if type_ in WITH_CHOICES and not cleaned["choices"]:
                self.add_error("choices", _("Write at least one choice."))
            if type_ not in WITH_CHOICES and cleaned["choices"]:
                self.add_error("choices", _("Only a choice or a list of choices has choices."))
        return cleaned


def _customers_have(number: int) -> str:
    text = ngettext("%d customer has it.", "%d customers have one of them.", number)
    return text % number
