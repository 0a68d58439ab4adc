"""Conditions for sets: one expression of SQL over the customers' table."""

import datetime as dt

from django.db.models import BooleanField, F, Func
from django.db.models.sql.compiler import SQLCompiler

from customers.audiences.comparisons import Sql
from customers.audiences.storage import column_of
from customers.audiences.tree import AllOf, Condition, Node, Not


def compile_sql(node: Node, at: dt.datetime, customer: str = "customer") -> Sql:
    """SQL and its parameters: whether the conditions hold `at`, true or false, never NULL.

    `customer` is the alias of customers_customer. Today is the date of `at` in its own zone.
    Prospects are not left out; that is the caller's.
    """
    if isinstance(node, Condition):
        return column_of(node.field, customer, at).test(node.meaning(at.date()))
    if isinstance(node, Not):
        inner, params = compile_sql(node.node, at, customer)
        return f"NOT ({inner})", params
    if not node.nodes:
        return ("true" if isinstance(node, AllOf) else "false"), []
    joined = " AND " if isinstance(node, AllOf) else " OR "
    found = [compile_sql(child, at, customer) for child in node.nodes]
    params = [param for _, params in found for param in params]
    return f"({joined.join(sql for sql, _ in found)})", params


class Matching(Func):
    """The conditions as an expression of the ORM, on whatever alias a query gives its customers."""

    conditional = True

    def __init__(self, node: Node, at: dt.datetime) -> None:
        super().__init__(F("pk"), output_field=BooleanField())
        self.node, self.at = node, at

    def as_sql(self, compiler: SQLCompiler, connection, **context):  # type: ignore[override]
        (pk,) = self.get_source_expressions()
        sql, params = compile_sql(self.node, self.at, compiler.quote_name_unless_alias(pk.alias))
        return f"({sql})", params
