"""Conditions as they are stored, and as the program holds them.

As JSON, a node is {"all": [node, …]}, {"any": [node, …]}, {"not": node} or a condition
{"field": key, "is": operator, "value": …}, without "value" for operators that take none.
{"all": []} is everybody, {"any": []} nobody. A condition on a missing value is false (but for
is_empty), so that "not" makes it true.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from customers.attributes.rules import CONTROL
from customers.audiences.fields import ConditionField
from customers.audiences.operators import OPERATORS, Operator
from customers.audiences.primitives import Primitive

DEEPEST = 20
MOST_CONDITIONS = 200
MOST_JOINS = 200


@dataclass(frozen=True)
class Condition:
    field: ConditionField
    operator: Operator
    value: Any

    def meaning(self, today: dt.date) -> Primitive:
        return self.operator.meaning(self.value, today)


@dataclass(frozen=True)
class AllOf:
    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class AnyOf:
    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    node: "Node"


Node = Condition | AllOf | AnyOf | Not
EVERYBODY = AllOf(())


class ConditionError(ValidationError):
    """What is wrong, and at which `path` of the tree, such as "all.2.value"; "" is its root."""

    def __init__(self, message: Any, path: str, code: str = "conditions") -> None:
        super().__init__(message, code=code)
        self.path = path


def parse(data: Any, fields: Mapping[str, ConditionField]) -> Node:
    """The tree of what JSON holds. Raises ValidationError of ConditionErrors, all there are."""
    parser = _Parser(fields)
    node = parser.node(data, (), DEEPEST)
    if parser.errors or node is None:
        raise ValidationError(list(parser.errors))
    return node


def parse_all(stored: Mapping[int, Any], fields: Mapping[str, ConditionField]) -> dict[int, Node]:
    """The trees of those among stored conditions that still make sense."""
    found = {}
    for key, data in stored.items():
        try:
            found[key] = parse(data, fields)
        except ValidationError:
            continue
    return found


def errors_by_path(error: ValidationError) -> dict[str, str]:
    """The first message for each place, of an error that `parse` raised."""
    found: dict[str, str] = {}
    for each in error.error_list:
        found.setdefault(getattr(each, "path", ""), each.messages[0])
    return found


def conditions_of(node: Node) -> Iterator[Condition]:
    """All conditions in the tree, in its order."""
    if isinstance(node, Condition):
        yield node
    else:
        for child in (node.node,) if isinstance(node, Not) else node.nodes:
            yield from conditions_of(child)


def quotable(text: str) -> str:
    """The beginning of what somebody sent, fit for a page: half a surrogate pair can't be sent."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text[:50])


class _Parser:
    """Goes on after an error, so that a page can show them all; stops where a tree is too big."""

    def __init__(self, fields: Mapping[str, ConditionField]) -> None:
        self.fields = fields
        self.errors: list[ConditionError] = []
        self.conditions = self.joins = 0

    def node(self, data: Any, path: tuple[str, ...], depth: int) -> Node | None:
        if depth < 1:
            raise self.error(_("Conditions are nested at most %d deep.") % DEEPEST, path)
        keys = set(data) if isinstance(data, dict) else set()
        if "field" in keys:
            return self.condition(data, path)
        if keys not in ({"all"}, {"any"}, {"not"}):
            self.errors.append(self.error(_("This is no condition, nor a group of them."), path))
            return None
        self.joins += 1
        if self.joins > MOST_JOINS:
            raise self.error(_("There are more than %d groups of conditions.") % MOST_JOINS, path)
        if "not" in keys:
            inner = self.node(data["not"], (*path, "not"), depth - 1)
            return inner and Not(inner)
        (key,) = keys
        return self.joined(key, data[key], (*path, key), depth)

    def joined(self, key: str, data: Any, path: tuple[str, ...], depth: int) -> Node | None:
        if not isinstance(data, list):
            self.errors.append(self.error(_("Give a list of conditions."), path))
            return None
        nodes = [self.node(each, (*path, str(i)), depth - 1) for i, each in enumerate(data)]
        found = tuple(node for node in nodes if node)
        return AllOf(found) if key == "all" else AnyOf(found)

    def condition(self, data: dict[str, Any], path: tuple[str, ...]) -> Condition | None:
        self.conditions += 1
        if self.conditions > MOST_CONDITIONS:
            raise self.error(_("There are more than %d conditions.") % MOST_CONDITIONS, path)
        key, name = data["field"], data.get("is")
        field = self.fields.get(key) if isinstance(key, str) else None
        if field is None:
            shown = quotable(key) if isinstance(key, str) else ""
            message = _("There is no attribute “%(key)s” (any more).") % {"key": shown}
            self.errors.append(self.error(message, (*path, "field")))
            return None
        operator = OPERATORS[field.type].get(name) if isinstance(name, str) else None
        if operator is None:
            message = _("“%(field)s” cannot be asked this.") % {"field": field.label}
            self.errors.append(self.error(message, (*path, "is")))
            return None
        return self.checked(data, field, operator, path)

    def checked(
        self, data: dict[str, Any], field: ConditionField, operator: Operator, path: tuple[str, ...]
    ) -> Condition | None:
        takes_value = operator.value.key != "none"
        if extra := set(data) - {"field", "is"} - ({"value"} if takes_value else set()):
            found = quotable(", ".join(sorted(extra)))
            self.errors.append(self.error(_("This does not belong here: %s.") % found, path))
            return None
        try:
            value = operator.value.clean(data.get("value"), field)
        except ValidationError as error:
            self.errors.append(ConditionError(error.messages[0], ".".join((*path, "value"))))
            return None
        return Condition(field, operator, value)

    def error(self, message: str, path: tuple[str, ...]) -> ConditionError:
        return ConditionError(message, ".".join(path))
