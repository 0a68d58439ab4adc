"""Who is in an audience now, kept as a fixed list."""

import datetime as dt
from typing import Any

from django.db import connection, transaction

from customers.addresses import hold_prospects
from customers.audiences.fields import condition_fields
from customers.audiences.sql import compile_sql
from customers.audiences.tree import parse
from customers.models import Audience, AudienceMember


@transaction.atomic
def freeze(audience: Audience, name: str, at: dt.datetime) -> Audience:
    """A new fixed audience of that name with whoever is in `audience` at this moment.

    The database counts its members. Raises ValidationError for a name that another audience has
    and for conditions that make no sense any more.
    """
    frozen = Audience(
        name=name, description=audience.description, kind=Audience.Kind.STATIC, counted_at=at
    )
    frozen.full_clean()
    found, params = _found(audience, at)
    with connection.cursor() as cursor:
        # Whoever is in it now is still a customer when the list is there.
        hold_prospects(cursor)
        frozen.save()
        cursor.execute(
            f"INSERT INTO customers_audiencemember (customer_id, audience_id) {found}",
            [frozen.pk, *params],
        )
    frozen.refresh_from_db(fields=["members_count"])
    return frozen


def _found(audience: Audience, at: dt.datetime) -> tuple[str, list[Any]]:
    """A query of the customers' ids beside a value to be given first, and its other values."""
    if not audience.is_dynamic:
        table = AudienceMember._meta.db_table
        found = f"SELECT customer_id, %s FROM {table} WHERE audience_id = %s ORDER BY customer_id"
        return found, [audience.pk]
    condition, params = compile_sql(parse(audience.conditions, condition_fields()), at)
    source = f"customers_customer AS customer WHERE NOT is_prospect AND {condition}"
    return f"SELECT customer.id, %s FROM {source} ORDER BY customer.id", params
