"""A form whose inputs fit the attributes that staff defined; it works without JavaScript."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from customers.attributes import rules
from customers.attributes.fields import LIST_SEPARATOR, Field
from customers.attributes.values import Value, clean, read, values_of, write
from customers.models import AttributeType, Customer

UNKNOWN = ("", _("not known"))
HINTS = {
    AttributeType.NUMBER: _("For example 12.5."),
    AttributeType.DATES: _("One a line, like 2019-05-01."),
}


class ValueField(forms.Field):
    """One attribute. Its cleaned value is None where nothing is known."""

    def __init__(self, attribute: Field) -> None:
        super().__init__(
            required=False,
            label=attribute.label,
            widget=_widget(attribute),
            help_text=HINTS.get(attribute.type, ""),
        )
        self.attribute = attribute

    def clean(self, value: Any) -> Value | None:
        if isinstance(value, list):
            return clean(self.attribute, value)
        text = value or ""
        if self.attribute.type == AttributeType.DATES:
            text = LIST_SEPARATOR.join(text.splitlines())
        return read(self.attribute, text)

    def prepare_value(self, value: Any) -> Any:
        """What the input shows of a stored value; what was sent stays as it was sent."""
        if self.attribute.type == AttributeType.CHOICES:
            return list(value or ())
        if isinstance(value, tuple):
            return "\n".join(map(str, value))
        return value if isinstance(value, str) else write(self.attribute, value)


class ValuesForm(forms.Form):
    """All attributes of a customer."""

    def __init__(self, fields: dict[str, Field], customer: Customer, data: Any = None) -> None:
        super().__init__(data, initial=values_of(customer, fields.values()), prefix="value")
        self.fields |= {key: ValueField(field) for key, field in fields.items()}


def _widget(attribute: Field) -> forms.Widget:
    match attribute.type:
        case AttributeType.DATE:
            return UnfoldAdminTextInputWidget(
                attrs={"type": "date", "min": str(rules.EARLIEST), "max": str(rules.LATEST)}
            )
        case AttributeType.YES_NO:
            sides = [(rules.YES[0], _("yes")), (rules.NO[0], _("no"))]
            return UnfoldAdminSelectWidget(choices=[UNKNOWN, *sides])
        case AttributeType.CHOICE:
            return UnfoldAdminSelectWidget(choices=[UNKNOWN, *_pairs(attribute)])
        case AttributeType.CHOICES:
            return forms.CheckboxSelectMultiple(choices=_pairs(attribute))
        case AttributeType.DATES:
            return UnfoldAdminTextareaWidget(attrs={"rows": 4})
    mode = "decimal" if attribute.type == AttributeType.NUMBER else "text"
    return UnfoldAdminTextInputWidget(attrs={"inputmode": mode, "autocomplete": "off"})


def _pairs(attribute: Field) -> list[tuple[str, str]]:
    return [(choice, choice) for choice in attribute.choices]
