"""Who is in a customer group (D1, D2, D4, D10, D16)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from customers.membership import Addition, add, members_of, remove
from customers.models import AudienceMember, CustomerGroup, GroupMember
from tests.factories import NOON, make_audience, make_customer, make_group

pytestmark = pytest.mark.django_db


def phones(group: CustomerGroup) -> list[str | None]:
    return [customer.phone for customer in members_of(group, NOON).order_by("pk")]


def count(group: CustomerGroup) -> int:
    return CustomerGroup.objects.get(pk=group.pk).members_count


def audience_group(audience) -> CustomerGroup:
    return make_group(type=CustomerGroup.Type.AUDIENCE, audience=audience)


def test_known_numbers_become_members_and_unknown_ones_are_listed_D1_D2():
    make_customer(phone="48600100200")
    make_customer(phone="48600100201")
    make_customer(phone="48600100209")
    group, other = make_group(), make_group()
    numbers = ["48600100299", "48600100200", "48600100201", "48600100200", "48600100298"]
    assert add(group=group, numbers=numbers) == Addition(
        added=2, already=0, repeated=1, unknown=("48600100299", "48600100298")
    )
    assert (phones(group), group.members_count, count(group)) == (
        ["48600100200", "48600100201"],
        2,
        2,
    )
    assert (phones(other), count(other)) == ([], 0)


def test_adding_again_changes_nothing_D2():
    make_customer(phone="48600100200")
    group = make_group()
    add(group=group, numbers=["48600100200"])
    again = add(group=group, numbers=["48600100200"])
    assert again == Addition(added=0, already=1, repeated=0, unknown=())
    assert (phones(group), count(group)) == (["48600100200"], 1)


def test_ten_thousand_numbers_are_two_queries(django_assert_num_queries):
    make_customer(phone="48600100200")
    group = make_group()
    numbers = [str(48600100200 + n) for n in range(10_000)]
    with django_assert_num_queries(2 + 2):  # the savepoint around them
        addition = add(group=group, numbers=numbers)
    assert (addition.added, len(addition.unknown)) == (1, 9_999)


def test_who_is_removed_is_in_no_list_of_the_group_D10():
    ann, bob = make_customer(phone="48600100200"), make_customer(phone="48600100201")
    group, other = make_group(), make_group()
    for each in (group, other):
        add(group=each, numbers=["48600100200", "48600100201"])
    assert remove(group=group, customers=[ann]) == 1
    assert remove(group=group, customers=[ann]) == 0
    assert (phones(group), count(group)) == ([bob.phone], 1)
    assert (phones(other), count(other)) == ([ann.phone, bob.phone], 2)


def test_a_group_by_audience_holds_whoever_is_in_it_and_takes_nobody_by_hand():
    ann, bob = make_customer(phone="48600100200"), make_customer(phone="48600100201")
    audience = make_audience()
    AudienceMember.objects.create(customer=ann, audience=audience)
    group = audience_group(audience)
    assert phones(group) == [ann.phone]
    for change in (
        lambda: add(group=group, numbers=[bob.phone]),
        lambda: remove(group=group, customers=[ann]),
    ):
        with pytest.raises(ValidationError, match="whoever is in its audience"):
            change()
    assert phones(group) == [ann.phone]


def test_a_group_follows_the_conditions_of_its_audience_and_never_holds_prospects_D2():
    ann = make_customer(phone="48600100200")
    make_customer("waiting@example.com", is_prospect=True)
    assert phones(audience_group(make_audience({"all": []}))) == [ann.phone]
    assert phones(audience_group(make_audience({"any": []}))) == []


def test_an_audience_that_a_group_follows_is_not_deleted():
    audience = make_audience()
    audience_group(audience)
    with pytest.raises(ProtectedError):
        audience.delete()


def test_a_deleted_customer_is_counted_no_more():
    ann = make_customer(phone="48600100200")
    group = make_group()
    add(group=group, numbers=["48600100200"])
    ann.delete()
    assert (phones(group), count(group)) == ([], 0)


def test_the_database_counts_whoever_changes_members_past_us():
    customers = [make_customer(phone=str(48600100200 + n)) for n in range(3)]
    groups = [make_group(), make_group()]
    GroupMember.objects.bulk_create(
        GroupMember(customer=customer, group=group) for customer in customers for group in groups
    )
    GroupMember.objects.filter(group=groups[0], customer=customers[0]).delete()
    assert [count(group) for group in groups] == [2, 3]


def test_the_database_keeps_groups_and_their_types_D4():
    group = make_group()
    for statement in (
        "DELETE FROM customers_customergroup",
        f"DELETE FROM customers_customergroup WHERE id = {group.pk}",
        "UPDATE customers_customergroup SET type = 'audience'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(DatabaseError), transaction.atomic():
        group.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        CustomerGroup.objects.all().delete()
    assert CustomerGroup.objects.get() == group
