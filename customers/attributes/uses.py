"""Who uses an attribute: customers who have a value, audiences whose conditions name it."""

from collections.abc import Collection
from typing import Any

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from customers.attributes.fields import Field
from customers.models import AttributeType, Audience, Customer

NAMES = "jsonb_path_exists(conditions, '$.** ? (@.field == $key)', jsonb_build_object('key', %s))"
CHOOSES = (
    "jsonb_path_exists(conditions, '$.** ? (@.field == $key && @.value[*] == $choices[*])',"
    " jsonb_build_object('key', %s, 'choices', %s::text[]))"
)


def audiences_naming(key: str) -> QuerySet[Audience]:
    """Audiences with a condition on the attribute, by name."""
    return _audiences(NAMES, key)


def audiences_choosing(key: str, choices: Collection[str]) -> QuerySet[Audience]:
    """Audiences with a condition that asks for one of these choices of the attribute, by name."""
    return _audiences(CHOOSES, key, list(choices))


def customers_with(field: Field) -> QuerySet[Customer]:
    """Customers who have a value. Reads the whole table: to be counted when somebody asks."""
    if field.column:
        return Customer.objects.filter(**{f"{field.column}__isnull": False})
    return Customer.objects.filter(attributes__has_key=field.key)


def customers_choosing(field: Field, choices: Collection[str]) -> QuerySet[Customer]:
    """Customers whose value is, or has, one of these choices."""
    is_list = field.type == AttributeType.CHOICES
    if field.column:
        lookup = "overlap" if is_list else "in"
        return Customer.objects.listed().filter(**{f"{field.column}__{lookup}": list(choices)})
    found = Q(pk__in=[])
    for choice in choices:
        found |= Q(attributes__contains={field.key: [choice] if is_list else choice})
    return Customer.objects.listed().filter(found)


def _audiences(condition: str, *params: Any) -> QuerySet[Audience]:
    named = RawSQL(condition, params, output_field=BooleanField())  # noqa: S611 no given text
    return Audience.objects.filter(named).order_by("name")
