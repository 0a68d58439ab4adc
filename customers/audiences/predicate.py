"""Conditions for one customer: a function of what is known of them."""

import datetime as dt
from collections.abc import Callable

from customers.audiences.facts import Facts
from customers.audiences.tree import AllOf, Condition, Node, Not

Predicate = Callable[[Facts, dt.datetime], bool]


def compile_predicate(node: Node) -> Predicate:
    """Whether the conditions hold of somebody `at` a moment, today being its date in its zone.

    Prospects are not left out; that is the caller's.
    """
    if isinstance(node, Condition):
        return _of_condition(node)
    if isinstance(node, Not):
        inner = compile_predicate(node.node)
        return lambda facts, at: not inner(facts, at)
    parts = [compile_predicate(child) for child in node.nodes]
    join = all if isinstance(node, AllOf) else any
    return lambda facts, at: join(part(facts, at) for part in parts)


def _of_condition(condition: Condition) -> Predicate:
    def holds(facts: Facts, at: dt.datetime) -> bool:
        return condition.meaning(at.date()).holds(facts.items(condition.field, at))

    return holds
