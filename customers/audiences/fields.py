"""What conditions can be about: the attributes that staff defined, and what everybody has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from customers.attributes.fields import defined
from customers.models import AttributeType, CustomerGroup
from imports.resources import Text

GROUPS = "groups"
"""The type of the one field that is no attribute: the groups that somebody is in."""

LISTS = (AttributeType.DATES, AttributeType.CHOICES, GROUPS)

# A key in Customer.attributes can't be one of these: they are reserved, or have a column.
BUILT_IN: dict[str, tuple[Text, str]] = {
    "birth_date": (_("Birth date"), AttributeType.DATE),
    "registered": (_("Registered"), AttributeType.DATE),
    "signed_in": (_("Has signed in"), AttributeType.YES_NO),
    "email": (_("E-mail"), AttributeType.TEXT),
    "phone": (_("Phone"), AttributeType.TEXT),
    "external_id": (_("External ID"), AttributeType.TEXT),
    "first_name": (_("First name"), AttributeType.TEXT),
    "last_name": (_("Last name"), AttributeType.TEXT),
}


@dataclass(frozen=True)
class ConditionField:
    """`options` are the values to choose from with their labels, if there is such a choice.

    `is_custom` says that the value is in Customer.attributes, not in a column of its own.
    """

    key: str
    label: Text = field(compare=False)
    type: str
    options: Mapping[Any, str] = field(default_factory=dict, compare=False)
    is_custom: bool = False

    @property
    def is_list(self) -> bool:
        return self.type in LISTS

    @property
    def is_moment(self) -> bool:
        """Whether it is stored as a moment, which is taken for its date."""
        return self.key == "registered"


def condition_fields() -> dict[str, ConditionField]:
    """All fields by key: built in, then attributes by label, then groups. Two queries."""
    fields = [ConditionField(key, label, type_) for key, (label, type_) in BUILT_IN.items()]
    fields += [
        ConditionField(
            key=each.key,
            label=each.label,
            type=each.type.value,
            options={choice: choice for choice in each.choices},
            is_custom=each.column is None,
        )
        for each in defined().values()
    ]
    phones = CustomerGroup.objects.filter(type=CustomerGroup.Type.PHONES)
    titles = dict(phones.values_list("pk", "title"))
    fields.append(ConditionField("groups", _("Groups"), GROUPS, options=titles))
    return {each.key: each for each in fields}
