"""The operators of conditions, each stated once.

An operator brings its value, as of a day, down to one of the primitives; from these come the SQL,
the predicate and the index alike. To add one, add it to its table.
"""

from collections.abc import Mapping
from typing import Any

from customers.audiences.fields import GROUPS, ConditionField
from customers.audiences.operators.dates import DATE, DATES
from customers.audiences.operators.operator import Operator
from customers.audiences.operators.others import (
    CHOICE,
    CHOICES,
    IN_GROUPS,
    IN_NO_GROUP,
    IS_EMPTY,
    NONE_LISTED,
    NUMBER,
    TEXT,
    YES_NO,
)
from customers.models import AttributeType

__all__ = ["OPERATORS", "TABLE", "Operator", "catalogue"]

TABLE: dict[str, list[Operator]] = {
    AttributeType.TEXT: [*TEXT, IS_EMPTY],
    AttributeType.NUMBER: [*NUMBER, IS_EMPTY],
    AttributeType.DATE: [*DATE, IS_EMPTY],
    AttributeType.YES_NO: [*YES_NO, IS_EMPTY],
    AttributeType.CHOICE: [*CHOICE, IS_EMPTY],
    AttributeType.DATES: [*DATES, NONE_LISTED],
    AttributeType.CHOICES: [*CHOICES, NONE_LISTED],
    GROUPS: [*IN_GROUPS, IN_NO_GROUP],
}
OPERATORS: dict[str, dict[str, Operator]] = {
    str(type_): {each.key: each for each in operators} for type_, operators in TABLE.items()
}
"""All operators of a type of field, by key."""


def catalogue(fields: Mapping[str, ConditionField]) -> dict[str, Any]:
    """What a page needs to build conditions, as JSON: fields, and operators by type of field."""
    return {
        "fields": [
            {
                "key": field.key,
                "label": str(field.label),
                "type": field.type,
                "options": [{"value": v, "label": label} for v, label in field.options.items()],
            }
            for field in fields.values()
        ],
        "operators": {
            type_: [
                {"key": each.key, "label": str(each.label), "value": each.value.key}
                for each in operators.values()
            ]
            for type_, operators in OPERATORS.items()
        },
    }
