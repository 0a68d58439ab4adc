"""Everything held on one person, for the person to have: a JSON file that people can read, too."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import structlog
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.attributes.fields import defined
from customers.attributes.values import to_json, values_of
from customers.audiences.index import audiences_of
from customers.models import Audience, Customer, CustomerGroup, GroupMember, User
from imports.models import Export, UndoRecord
from imports.registry import other_exports

Part = Callable[[Customer, dt.datetime], Any]
"""What a room holds on a customer, as JSON has it; empty if nothing. A fixed number of queries."""

EXPORT = "personal-data"
other_exports[EXPORT] = _("Everything held on a customer")
parts: dict[str, Part] = {}
log = structlog.get_logger(__name__)


def holds(name: str) -> Callable[[Part], Part]:
    """A decorator, for each app's personal_data.py: add a part by that name to the file."""

    def add(part: Part) -> Part:
        parts[name] = part
        return part

    return add


def export(*, customer: Customer, user: User | None, at: dt.datetime) -> str:
    """The file's text. Writes down who took it, and nothing of what it holds."""
    held = {name: part(customer, at) for name, part in parts.items()}
    record = Export.objects.create(
        type=EXPORT, filters={"customer": customer.pk}, format="json", rows=1, user=user
    )
    log.info("personal_data_exported", export=record.pk, customer=customer.pk)
    content = {"exported": at, **held}
    return json.dumps(content, indent=2, ensure_ascii=False, cls=DjangoJSONEncoder) + "\n"


@holds("profile")
def profile(customer: Customer, at: dt.datetime) -> dict[str, Any]:
    names = ("email", "phone", "external_id", "first_name", "last_name", "birth_date", "created_at")
    return {"id": customer.pk, **{name: getattr(customer, name) for name in names}}


@holds("attributes")
def attributes(customer: Customer, at: dt.datetime) -> dict[str, Any]:
    """One query."""
    fields = defined()
    values = values_of(customer, fields.values())
    return {fields[key].label: to_json(value) for key, value in values.items()}


@holds("sign_in")
def sign_in(customer: Customer, at: dt.datetime) -> dict[str, Any] | None:
    """One query."""
    user = customer.user
    if user is None:
        return None
    return {"email": user.email, "first": user.date_joined, "last": user.last_login}


@holds("groups_and_audiences")
def groups_and_audiences(customer: Customer, at: dt.datetime) -> dict[str, list[str]]:
    """Two queries beside those of audiences_of."""
    within = audiences_of(customer, at)
    listed = GroupMember.objects.filter(customer=customer).values("group_id")
    groups = CustomerGroup.objects.filter(Q(pk__in=listed) | Q(audience_id__in=within))
    audiences = Audience.objects.filter(pk__in=within)
    return {
        "groups": list(groups.values_list("title", flat=True)),
        "audiences": list(audiences.values_list("name", flat=True)),
    }


@holds("changes")
def changes(customer: Customer, at: dt.datetime) -> list[dict[str, Any]]:
    """When something was changed by hand or by the API, and what; one query."""
    found = customer.changes.order_by("pk").values("at", "way", "created", "fields")
    return [dict(row) for row in found]


@holds("imports")
def imports(customer: Customer, at: dt.datetime) -> list[dict[str, Any]]:
    """Imports and other jobs that changed something about them, as far as they can be undone."""
    records = UndoRecord.objects.filter(ids__contains=[customer.pk])
    found = records.order_by("job_id").values("job_id", "job__type", "job__created_at")
    names = {"job_id": "number", "job__type": "type", "job__created_at": "started"}
    return [{names[key]: value for key, value in row.items()} for row in found.distinct()]
