"""The JSON schema of conditions, for whoever writes them other than by the page."""

from typing import Any

from customers.audiences.cleaning import MOST_VALUES
from customers.audiences.operators import OPERATORS, Operator


def schema() -> dict[str, Any]:
    """JSON schema 2020-12 of a tree. Which operators a field takes, its type decides."""
    operators = {
        (each.key, each.value): each for table in OPERATORS.values() for each in table.values()
    }
    node = {"$ref": "#/$defs/node"}
    nodes = {"type": "array", "items": node, "maxItems": MOST_VALUES}
    conditions = [_condition(each) for each in operators.values()]
    joins = [
        {"title": "everybody of whom all are true", **_object({"all": nodes})},
        {"title": "everybody of whom any is true", **_object({"any": nodes})},
        {"title": "everybody else", **_object({"not": node})},
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Conditions of an audience",
        "$ref": "#/$defs/node",
        "$defs": {"node": {"anyOf": [*joins, *conditions]}},
    }


def _condition(operator: Operator) -> dict[str, Any]:
    properties: dict[str, Any] = {"field": {"type": "string"}, "is": {"const": operator.key}}
    if operator.value.key != "none":
        properties["value"] = operator.value.schema()
    return _object(properties)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
