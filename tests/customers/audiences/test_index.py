"""What a process knows of audiences: as much as is true, as long as it is."""

import threading

import pytest
from django.db import connection, transaction

from customers.audiences.fields import condition_fields
from customers.audiences.index import CompiledAudiences, audiences_of
from customers.audiences.tree import parse
from customers.models import Audience, AudienceMember, GroupMember
from tests.customers.audiences.people import facts_by_id
from tests.factories import DAY, NOON, make_audience, make_customer, make_group

NAMED_A = {"field": "first_name", "is": "starts_with", "value": "a"}


@pytest.mark.django_db
def test_audiences_of_both_kinds_are_found():
    ann, ben = make_customer(first_name="Ann"), make_customer(first_name="Ben")
    named, listed, empty = make_audience(NAMED_A), make_audience(), make_audience()
    AudienceMember.objects.create(customer=ben, audience=listed)
    assert [audiences_of(each, NOON) for each in (ann, ben)] == [{named.pk}, {listed.pk}]
    assert empty.pk not in audiences_of(ann, NOON)
    ann.delete()
    ann.pk = 0
    assert audiences_of(ann, NOON) == frozenset()


@pytest.mark.django_db(transaction=True)
def test_one_query_while_nothing_changes_and_changes_are_seen_at_once(django_assert_num_queries):
    ann = make_customer(first_name="Ann")
    named, everybody = make_audience(NAMED_A), make_audience({"all": []})
    assert audiences_of(ann, NOON) == {named.pk, everybody.pk}
    with django_assert_num_queries(1):
        audiences_of(ann, NOON)
    Audience.objects.filter(pk=everybody.pk).update(conditions={"any": []})
    with django_assert_num_queries(4):
        assert audiences_of(ann, NOON) == {named.pk}
    ann.first_name = "Zoe"
    ann.save()
    with django_assert_num_queries(1):
        assert audiences_of(ann, NOON) == frozenset()


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_was_never_known_to_others():
    ann = make_customer(first_name="Ann")
    named = make_audience(NAMED_A)
    seen: list[frozenset[int]] = []

    def look() -> None:
        seen.append(audiences_of(ann, NOON))
        connection.close()

    with transaction.atomic():
        Audience.objects.all().update(conditions={"any": []})
        assert audiences_of(ann, NOON) == frozenset()
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        transaction.set_rollback(True)
    assert (seen, audiences_of(ann, NOON)) == ([{named.pk}], {named.pk})


@pytest.mark.django_db
def test_days_go_by_and_conditions_too_wide_for_the_index_are_run_as_they_are():
    ann = make_customer(first_name="Ann", birth_date=NOON.date() - 30 * DAY)
    groups = [make_group() for _ in range(2)]
    GroupMember.objects.create(customer=ann, group=groups[0])
    young = {"field": "birth_date", "is": "within_last_days", "value": 30}
    pair = {"any": [young, NAMED_A, {"field": "groups", "is": "in_any", "value": [groups[1].pk]}]}
    fields = condition_fields()
    nodes = {1: parse(young, fields), 2: parse({"all": [pair] * 4}, fields)}
    compiled = CompiledAudiences(nodes)
    (facts,) = facts_by_id().values()
    found = [compiled.holding(facts, NOON + n * DAY) for n in (0, 1, 2, 3, 4, 0)]
    assert found == [{1, 2}, {2}, {2}, {2}, {2}, {1, 2}]
    assert list(compiled.days[NOON.date()].wide) == [2]
