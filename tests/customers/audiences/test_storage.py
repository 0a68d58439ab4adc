"""SQL of conditions: which index serves it, and that nothing stored makes it fail."""

from typing import Any

import pytest
from django.db import connection

from customers.audiences.fields import condition_fields
from customers.audiences.index import CompiledAudiences
from customers.audiences.members import matching
from customers.audiences.operators import OPERATORS
from customers.audiences.predicate import compile_predicate
from customers.audiences.sql import compile_sql
from customers.audiences.tree import parse
from customers.models import Customer
from tests.customers.audiences.people import TYPES, define_fields, facts_by_id
from tests.factories import NOON, make_attribute, make_customer

pytestmark = pytest.mark.django_db
VALUES: dict[str, Any] = {
    "text": "a", "texts": ["a"], "number": 1, "number_pair": [1, 2], "days": 1, "years": 1,
    "years_pair": [1, 2], "date_pair": ["2020-01-01", "2021-01-01"], "months": [2],
    "choices": ["red"],
}  # fmt: skip


@pytest.mark.parametrize(
    "condition",
    [
        {"field": "tier", "is": "equals_any", "value": ["gold", "silver"]},
        {"field": "visits", "is": "equals", "value": 12.5},
        {"field": "likes", "is": "contains_any", "value": ["tea"]},
        {"field": "likes", "is": "contains_all", "value": ["tea", "milk"]},
    ],
)
def test_equality_on_a_custom_attribute_uses_its_index(condition):
    make_attribute("tier", "choice", choices=["gold", "silver"])
    make_attribute("visits", "number")
    make_attribute("likes", "choices", choices=["tea", "milk"])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO customers_customer (attributes) SELECT jsonb_build_object('tier', n::text,"
            " 'visits', n, 'likes', ARRAY[n]) FROM generate_series(1, 3000) AS n;"
            # As autovacuum does soon: what was just written is read one by one until then.
            " SELECT gin_clean_pending_list('customer_attributes'); ANALYZE customers_customer"
        )
    queryset = matching(parse(condition, condition_fields()), NOON)
    assert "Bitmap Index Scan on customer_attributes" in queryset.explain()


@pytest.mark.parametrize("stored", [None, 5, "x", True, [], {}, [1, None, {"a": [2]}], ""])
def test_values_of_another_type_are_no_error(stored):
    define_fields()
    make_customer(attributes={f"own_{type_}": stored for type_ in TYPES})
    fields, facts = condition_fields(), facts_by_id()
    for type_ in TYPES:
        for operator in OPERATORS[type_].values():
            condition = {"field": f"own_{type_}", "is": operator.key}
            if operator.value.key in VALUES:
                condition["value"] = VALUES[operator.value.key]
            node = parse(condition, fields)
            for each in facts.values():
                held = compile_predicate(node)(each, NOON)
                assert CompiledAudiences({1: node}).holding(each, NOON) == ({1} if held else set())
            sql, params = compile_sql(node, NOON)
            assert answers(sql, params) <= {True, False}


def answers(sql: str, params: list[Any]) -> set[bool | None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql} FROM customers_customer AS customer", params)
        return {answer for (answer,) in cursor.fetchall()}


def test_conditions_follow_the_alias_of_a_query_within_a_query():
    make_attribute("city", "text")
    ann = make_customer(city="Łódź")
    make_customer(city="Gdynia")
    node = parse({"field": "city", "is": "equals_any", "value": ["Łódź"]}, condition_fields())
    inner = matching(node, NOON).values("pk")
    assert list(Customer.objects.filter(pk__in=inner, pk__gt=0)) == [ann]
    assert matching(node, NOON).count() == 1
    assert not matching(node, NOON).exclude(pk=ann.pk).exists()


def test_more_values_than_are_asked_one_by_one_mean_the_same():
    make_attribute("tier", "text")
    gold, none = make_customer(attributes={"tier": "gold"}), make_customer()
    values = [f"level {n}" for n in range(20)] + ["gold"]
    fields = condition_fields()
    condition = {"field": "tier", "is": "equals_any", "value": values}
    assert list(matching(parse(condition, fields), NOON)) == [gold]
    assert list(matching(parse({"not": condition}, fields), NOON)) == [none]
