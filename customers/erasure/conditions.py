"""Audiences may name somebody: “e-mail is any of …”. So may what their history remembers."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import TextField
from django.db.models.functions import Cast

from customers.audiences.identities import ERASED, whole
from customers.erasure.person import Person
from customers.models import Audience

IDENTITIES = {"email": "emails", "phone": "phones", "external_id": "external_ids"}
ASKING_FOR_ONE = rf'"field": "({"|".join(IDENTITIES)})"'
"""In the text of conditions, as PostgreSQL writes jsonb."""


def erase_conditions(person: Person) -> int:
    """How many audiences, as they are, named the person."""
    event = apps.get_model("customers", "AudienceEvent")  # pghistory's, without a name to import
    named = 0
    for model in (Audience, event):
        texts = model._default_manager.alias(text=Cast("conditions", TextField()))
        for row in texts.filter(text__regex=ASKING_FOR_ONE).order_by("pk"):
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
    key = str(node.get("field"))
    if key not in IDENTITIES:
        return {key: _without(value, person) for key, value in node.items()}
    known = {text.casefold() for text in getattr(person, IDENTITIES[key])}

    def kept(value: Any) -> Any:
        return ERASED if isinstance(value, str) and _stored(value, key) in known else value

    value = node.get("value")
    return node | {"value": [kept(v) for v in value] if isinstance(value, list) else kept(value)}


def _stored(text: str, key: str) -> str:
    try:
        return whole(text, key).casefold()
    except ValidationError:
        return text.casefold()
