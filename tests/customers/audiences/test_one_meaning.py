"""One meaning, two compilers and an index: all three hold of the same customers."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers.audiences.fields import ConditionField, condition_fields
from customers.audiences.index import CompiledAudiences
from customers.audiences.members import matching
from customers.audiences.operators import OPERATORS, Operator
from customers.audiences.predicate import compile_predicate
from customers.audiences.tree import parse
from tests.customers.audiences.people import (
    MOMENT,
    define_fields,
    facts_by_id,
    make_people,
    value_of,
)

pytestmark = pytest.mark.django_db
ANY_TIME = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def conditions(field: ConditionField, operator: Operator) -> st.SearchStrategy[Any]:
    condition = {"field": field.key, "is": operator.key}
    if operator.value.key == "none":
        return st.just(condition)
    values = value_of(operator.value.key, field)
    if operator.value.key == "days":
        values = values.map(lambda days: min(days, operator.value.most))
    return values.map(lambda value: {**condition, "value": value})


def trees(fields: dict[str, ConditionField]) -> st.SearchStrategy[Any]:
    leaves = st.one_of(
        conditions(field, operator)
        for field in fields.values()
        for operator in OPERATORS[field.type].values()
    )
    return st.recursive(
        leaves,
        lambda node: (
            st.builds(lambda each: {"not": each}, node)
            | st.builds(lambda each: {"all": each}, st.lists(node, max_size=4))
            | st.builds(lambda each: {"any": each}, st.lists(node, max_size=4))
        ),
        max_leaves=12,
    )


@pytest.mark.parametrize("seed", range(3))
def test_sql_predicate_and_index_hold_of_the_same_customers(seed):
    define_fields()
    make_people(90, seed)
    fields, facts = condition_fields(), facts_by_id()

    @ANY_TIME
    @given(st.lists(trees(fields), min_size=1, max_size=6), MOMENT)
    def holds(written: list[Any], at: Any) -> None:
        nodes = [parse(tree, fields) for tree in written]
        compiled = CompiledAudiences(dict(enumerate(nodes)))
        indexed = {pk: compiled.holding(each, at) for pk, each in facts.items()}
        for number, node in enumerate(nodes):
            in_sql = set(matching(node, at).values_list("pk", flat=True))
            predicate = compile_predicate(node)
            assert in_sql == {pk for pk, each in facts.items() if predicate(each, at)}
            assert in_sql == {pk for pk, found in indexed.items() if number in found}

    holds()


def test_each_operator_of_each_field_holds_of_the_same_customers():
    define_fields()
    make_people(90, seed=7)
    fields, facts = condition_fields(), facts_by_id()
    asked = [
        (field, operator)
        for field in fields.values()
        for operator in OPERATORS[field.type].values()
    ]
    for field, operator in asked:
        check_one(conditions(field, operator), fields, facts)


def check_one(written: st.SearchStrategy[Any], fields: Any, facts: Any) -> None:
    @settings(ANY_TIME, max_examples=6)
    @given(written, MOMENT)
    def holds(tree: Any, at: Any) -> None:
        node = parse(tree, fields)
        in_sql = set(matching(node, at).values_list("pk", flat=True))
        predicate = compile_predicate(node)
        assert in_sql == {pk for pk, each in facts.items() if predicate(each, at)}
        compiled = CompiledAudiences({1: node})
        assert in_sql == {pk for pk, each in facts.items() if compiled.holding(each, at)}

    holds()
