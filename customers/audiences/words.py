"""Conditions as a sentence."""

from django.utils.translation import gettext as _

from customers.audiences.tree import AllOf, Condition, Node, Not
from imports.resources import Text


def in_words(node: Node) -> str:
    """In the current language; parentheses where a join stands within another."""
    sentence = _phrase(node)
    return sentence[:1].upper() + sentence[1:]


def _phrase(node: Node, within: bool = False) -> str:
    if isinstance(node, Condition):
        return _said(node.operator.words, node)
    if isinstance(node, Not):
        return _negated(node.node)
    if not node.nodes:
        return _("everybody") if isinstance(node, AllOf) else _("nobody")
    if len(node.nodes) == 1:
        return _phrase(node.nodes[0], within)
    joined = _(" and ") if isinstance(node, AllOf) else _(" or ")
    sentence = joined.join(_phrase(child, within=True) for child in node.nodes)
    return f"({sentence})" if within else sentence


def _said(words: Text, condition: Condition) -> str:
    value = condition.operator.value.words(condition.value, condition.field)
    return str(words) % {"field": condition.field.label, "value": value}


def _negated(node: Node) -> str:
    if isinstance(node, Condition) and node.operator.opposite:
        return _said(node.operator.opposite, node)
    if isinstance(node, AllOf) and not node.nodes:
        return _("nobody")
    return _("not (%(condition)s)") % {"condition": _phrase(node)}
