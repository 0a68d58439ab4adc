"""The kinds of values that operators take: how each is checked, published and said in words."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.attributes import rules
from customers.audiences.cleaning import MOST_VALUES, as_attribute, clean_list, clean_whole
from customers.audiences.fields import ConditionField
from customers.audiences.identities import part, whole
from customers.audiences.phrases import all_of, one_of, quoted
from customers.models import AttributeType
from customers.models.attributes import LONGEST_TEXT


class Kind:
    """A kind of value. `key` tells the builder's page which input to show."""

    key = "none"

    def clean(self, value: Any, field: ConditionField) -> Any:
        """The value as operators take it, hashable. Raises ValidationError."""

    def schema(self) -> dict[str, Any]:
        """JSON schema of the value as it is written."""
        return {}

    def words(self, value: Any, field: ConditionField) -> str:
        """A cleaned value in words."""
        return ""


NOTHING = Kind()


@dataclass(frozen=True)
class Text(Kind):
    """A text, or a part of one."""

    key = "text"

    def clean(self, value: Any, field: ConditionField) -> str:
        return part(as_attribute(rules.text, AttributeType.TEXT, value), field.key)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}

    def words(self, value: str, field: ConditionField) -> str:
        return quoted(value)


@dataclass(frozen=True)
class Texts(Kind):
    """Whole texts."""

    key = "texts"

    def clean(self, value: Any, field: ConditionField) -> frozenset[str]:
        texts = [as_attribute(rules.text, AttributeType.TEXT, each) for each in clean_list(value)]
        return frozenset(whole(text, field.key) for text in texts)

    def schema(self) -> dict[str, Any]:
        return list_schema(Text().schema())

    def words(self, value: frozenset[str], field: ConditionField) -> str:
        return one_of([quoted(each) for each in sorted(value)])


@dataclass(frozen=True)
class Options(Kind):
    """Some of the field's own options: choices, or groups by id."""

    key: str = "choices"
    item: type = str
    joined_by_and: bool = False

    def clean(self, value: Any, field: ConditionField) -> frozenset[Any]:
        for each in (listed := clean_list(value)):
            # By type too: true and 1.0 are equal to the group 1.
            if type(each) is not self.item or each not in field.options:
                raise ValidationError(_("There is no such choice (any more)."))
        return frozenset(listed)

    def schema(self) -> dict[str, Any]:
        return list_schema({"type": "integer" if self.item is int else "string"})

    def words(self, value: frozenset[Any], field: ConditionField) -> str:
        chosen = [label for option, label in field.options.items() if option in value]
        return all_of(chosen) if self.joined_by_and else one_of(chosen)


@dataclass(frozen=True)
class Months(Kind):
    key = "months"

    def clean(self, value: Any, field: ConditionField) -> frozenset[int]:
        return frozenset(clean_whole(each, 1, 12) for each in clean_list(value))

    def schema(self) -> dict[str, Any]:
        return list_schema({"type": "integer", "minimum": 1, "maximum": 12})

    def words(self, value: frozenset[int], field: ConditionField) -> str:
        return one_of([str(MONTHS[month]) for month in sorted(value)])


@dataclass(frozen=True)
class Whole(Kind):
    """A number of days or of years."""

    key: str = "days"
    most: int = 0

    def clean(self, value: Any, field: ConditionField) -> int:
        return clean_whole(value, 0, self.most)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": 0, "maximum": self.most}

    def words(self, value: int, field: ConditionField) -> str:
        if self.key == "days":
            return ngettext("%(number)d day", "%(number)d days", value) % {"number": value}
        return ngettext("%(number)d year", "%(number)d years", value) % {"number": value}


@dataclass(frozen=True)
class Number(Kind):
    key = "number"

    def clean(self, value: Any, field: ConditionField) -> Decimal:
        number: Decimal = as_attribute(rules.number, AttributeType.NUMBER, value)
        return number

    def schema(self) -> dict[str, Any]:
        return {"type": "number"}

    def words(self, value: Decimal, field: ConditionField) -> str:
        return f"{value:f}"


@dataclass(frozen=True)
class Date(Kind):
    key = "date"

    def clean(self, value: Any, field: ConditionField) -> dt.date:
        day: dt.date = as_attribute(rules.date, AttributeType.DATE, value)
        return day

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def words(self, value: dt.date, field: ConditionField) -> str:
        return value.isoformat()


@dataclass(frozen=True)
class Pair(Kind):
    """The first and the last of a range, both included."""

    of: Kind

    @property
    def key(self) -> str:  # type: ignore[override]
        return f"{self.of.key}_pair"

    def clean(self, value: Any, field: ConditionField) -> tuple[Any, Any]:
        if not isinstance(value, list) or len(value) != 2:
            raise ValidationError(_("Give two values: from and to."))
        low, high = (self.of.clean(each, field) for each in value)
        if low > high:
            raise ValidationError(_("The first value must not be above the second."))
        return low, high

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.of.schema(), "minItems": 2, "maxItems": 2}

    def words(self, value: tuple[Any, Any], field: ConditionField) -> str:
        low, high = (self.of.words(each, field) for each in value)
        return _("%(low)s and %(high)s") % {"low": low, "high": high}


def list_schema(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": 1, "maxItems": MOST_VALUES}
