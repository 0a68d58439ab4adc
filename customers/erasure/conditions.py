"""Audiences may name somebody: “e-mail is any of …”. So may what their history remembers."""

from typing import Any

from django.apps import apps
from django.db.models import TextField
from django.db.models.functions import Cast, Lower

from customers.erasure.person import Person
from customers.models import Audience

IDENTITIES = {"email": "emails", "phone": "phones", "external_id": "external_ids"}
ERASED = "erased"
"""Stands where an identity stood, so that the condition stays one that others can read."""


def erase_conditions(person: Person) -> int:
    """How many audiences, as they are, named the person."""
    event = apps.get_model("customers", "AudienceEvent")  # pghistory's, without a name to import
    named = 0
    for model in (Audience, event):
        for text in person.emails | person.phones | person.external_ids:
            holding = model._default_manager.alias(text=Lower(Cast("conditions", TextField())))
            for row in holding.filter(text__contains=text.lower()).order_by("pk"):
                conditions = _without(row.conditions, person)
                if conditions != row.conditions:
                    model._default_manager.filter(pk=row.pk).update(conditions=conditions)
                    named += model is Audience
    return named


def _without(node: Any, person: Person) -> Any:
    if isinstance(node, list):
        return [_without(each, person) for each in node]
    if not isinstance(node, dict):
        return node
    field = IDENTITIES.get(str(node.get("field")))
    if field is None:
        return {key: _without(value, person) for key, value in node.items()}
    known = {text.casefold() for text in getattr(person, field)}

    def kept(value: Any) -> Any:
        return ERASED if isinstance(value, str) and value.casefold() in known else value

    value = node.get("value")
    return node | {"value": [kept(v) for v in value] if isinstance(value, list) else kept(value)}
