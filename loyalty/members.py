"""Sets of customers as relations in SQL, for plans. A relation is named `members`."""

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

from customers.models import Customer

ONE = "(VALUES (%(customer)s::int)) AS members (customer_id)"
SOME = "unnest(%(customers)s::int[]) AS members (customer_id)"


def ids_sql(customers: QuerySet[Customer]) -> str:
    """A query of their ids with its parameters written into it: no `%` in it has a meaning."""
    query = customers.order_by().values("pk").query
    sql, parameters = query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False).as_sql()
    with connection.cursor() as cursor:
        written: str = cursor.mogrify(sql, parameters)
    return written


def relation(customers: QuerySet[Customer]) -> str:
    """For statements that have parameters of their own."""
    return f"({ids_sql(customers).replace('%', '%%')}) AS members (customer_id)"
