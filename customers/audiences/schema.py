"""The JSON schema of conditions, for whoever writes them other than by the page."""

from typing import Any

from customers.audiences.cleaning import MOST_VALUES
from customers.audiences.fields import BUILT_IN, GROUPS
from customers.audiences.operators import OPERATORS
from customers.audiences.values import Kind

FIELD = {
    "type": "string",
    "description": f"{', '.join(BUILT_IN)}, {GROUPS} or the key of an attribute.",
}


def schema() -> dict[str, Any]:
    """JSON schema 2020-12 of a tree. Which operators a field takes, its type decides."""
    node = {"$ref": "#/$defs/node"}
    nodes = {"type": "array", "items": node, "maxItems": MOST_VALUES}
    joins = [
        {"title": "everybody of whom all are true", **_object({"all": nodes})},
        {"title": "everybody of whom any is true", **_object({"any": nodes})},
        {"title": "everybody else", **_object({"not": node})},
    ]
    conditions = [_condition(key, value, types) for (key, value), types in _operators().items()]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Conditions of an audience",
        "$ref": "#/$defs/node",
        "$defs": {"field": FIELD, "node": {"anyOf": [*joins, *conditions]}},
    }


def _operators() -> dict[tuple[str, Kind], list[str]]:
    """The types of fields that each takes; several operators may share a key."""
    types: dict[tuple[str, Kind], list[str]] = {}
    for type_, operators in OPERATORS.items():
        for each in operators.values():
            types.setdefault((each.key, each.value), []).append(type_)
    return types


def _condition(key: str, value: Kind, types: list[str]) -> dict[str, Any]:
    properties: dict[str, Any] = {"field": {"$ref": "#/$defs/field"}, "is": {"const": key}}
    if value.key != "none":
        properties["value"] = value.schema()
    return {"title": f"a field of the type {' or '.join(types)}", **_object(properties)}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
