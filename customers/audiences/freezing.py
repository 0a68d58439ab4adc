"""Who is in an audience now, kept as a fixed list."""

import datetime as dt

from django.db import connection, transaction

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
    frozen = Audience(name=name, description=audience.description, kind=Audience.Kind.STATIC)
    frozen.full_clean()
    if audience.is_dynamic:
        node = parse(audience.conditions, condition_fields())
        condition, params = compile_sql(node, at)
        source = f"customers_customer AS customer WHERE NOT is_prospect AND {condition}"
        found = f"SELECT customer.id, %s FROM {source} ORDER BY customer.id"
    else:
        params = [audience.pk]
        table = AudienceMember._meta.db_table
        found = f"SELECT customer_id, %s FROM {table} WHERE audience_id = %s ORDER BY customer_id"
    frozen.counted_at = at
    frozen.save()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO customers_audiencemember (customer_id, audience_id) {found}",
            [frozen.pk, *params],
        )
    frozen.refresh_from_db(fields=["members_count"])
    return frozen
