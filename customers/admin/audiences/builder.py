"""The field of a form in which conditions are built."""

import json
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dates import MONTHS_3
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.admin.target_rights import condition_fields_seen_by
from customers.audiences.fields import BUILT_IN, GROUPS, ConditionField, condition_fields
from customers.audiences.operators import catalogue
from customers.audiences.tree import errors_by_path, parse

LONGEST_JSON = 1_000_000


def read(text: str, fields: Mapping[str, ConditionField]) -> Any:
    """Conditions as JSON holds them, once they are known to parse. Raises ValidationError."""
    try:
        # The parser would read NaN and infinities, which are no JSON.
        data = json.loads(text[:LONGEST_JSON], parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ValidationError(_("This is no JSON, or nested too deep."), code="json") from None
    parse(data, fields)
    return data


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def places(error: ValidationError) -> list[dict[str, str]]:
    """What is wrong, and with which condition, as the builder's script takes it."""
    return [{"path": path, "message": text} for path, text in errors_by_path(error).items()]


class ConditionsBuilder(forms.Textarea):
    """A textarea of JSON, which a script turns into groups of conditions, for `user`."""

    class Media:
        css = {"all": ["customers/audience.css"]}
        js = [
            "customers/audience-tree.js",
            "customers/audience-builder.js",
            "customers/audience-count.js",
        ]

    def __init__(self, user: Any) -> None:
        attrs = {"rows": 10, "spellcheck": "false", "x-on:change": "readJson()"}
        super().__init__({**attrs, "class": "bo-input au-textarea"})
        self.user = user
        self.refused: list[dict[str, str]] = []

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        fields = condition_fields_seen_by(self.user)
        context = {
            "textarea": super().render(name, value, attrs, renderer),
            "catalogue": {**catalogue(fields), "months": _months(), "words": _words()},
            "choices": _by_origin(fields),
            "errors": self.refused,
            "schema_url": reverse("api:audience_conditions_schema"),
        }
        return render_to_string("admin/customers/audience/builder.html", context)


class ConditionsField(forms.CharField):
    widget: ConditionsBuilder

    def __init__(self, user: Any) -> None:
        super().__init__(
            label=gettext_lazy("Conditions"), initial={"all": []}, widget=ConditionsBuilder(user)
        )

    def prepare_value(self, value: Any) -> Any:
        """What was stored as JSON; what somebody sent as it stands."""
        if isinstance(value, str):
            return value
        return json.dumps(value, indent=2, ensure_ascii=False)

    def clean(self, value: Any) -> Any:
        try:
            return read(super().clean(value), condition_fields())
        except ValidationError as error:
            self.widget.refused = places(error)
            raise ValidationError(
                _("Some conditions don't fit yet. Each says what it needs."), code="conditions"
            ) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(json.loads(data) != initial)
        except (ValueError, TypeError, RecursionError):
            return True


def _by_origin(fields: Mapping[str, ConditionField]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The fields as a drop-down groups them: label of the group, then keys and labels."""

    def origin(field: ConditionField) -> str:
        if field.key in BUILT_IN:
            return _("Profile")
        return _("Membership") if field.type == GROUPS else _("Attributes")

    return [
        (label, [(field.key, str(field.label)) for field in alike])
        for label, alike in groupby(fields.values(), key=origin)
    ]


def _months() -> list[dict[str, Any]]:
    return [{"value": number, "label": capfirst(name)} for number, name in MONTHS_3.items()]


def _words() -> dict[str, str]:
    """What the builder's script says."""
    return {
        "and": _("and"),
        "or": _("or"),
        "customers_who": _("Customers who"),
        "who": _("who"),
        "group": _("Group of conditions"),
        "condition": _("Condition"),
        "all": _("No condition yet: everybody meets this."),
        "any": _("No condition yet: nobody meets this."),
        "deleted": _("deleted"),
        "remove": _("Remove"),
        "remove_group": _("Remove the group"),
        "remove_condition": _("Remove the condition"),
        "removed": _("Removed."),
        "moved": _("Moved."),
        "first": _("This is the first already."),
        "last": _("This is the last already."),
        "one_incomplete": _("One condition is not complete yet and is not counted."),
        "incomplete": _("Some conditions are not complete yet and are not counted."),
    }
