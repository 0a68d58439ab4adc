"""The groups of a customer, of both types: exactly those whose members they are among (D16)."""

import pytest

from customers.membership import add, groups_of, members_of
from customers.models import AudienceMember, CustomerGroup
from tests.factories import NOON, make_audience, make_customer, make_group

pytestmark = pytest.mark.django_db
FROM_ANN = {"field": "first_name", "is": "equals_any", "value": ["Ann"]}


def follower(title: str, audience) -> CustomerGroup:
    return make_group(title=title, type=CustomerGroup.Type.AUDIENCE, audience=audience)


def test_a_customers_groups_are_those_that_hold_them_D16():
    ann = make_customer(first_name="Ann", phone="48600100200")
    bob = make_customer(first_name="Bob", phone="48600100201")
    pasted, fixed = make_group(title="pasted"), make_audience()
    add(group=pasted, numbers=["48600100200"])
    AudienceMember.objects.create(customer=bob, audience=fixed)
    follower("fixed", fixed)
    follower("by name", make_audience(FROM_ANN))
    follower("everybody", make_audience({"all": []}))
    follower("among the pasted", make_audience({"all": [in_group(pasted)]}))
    make_group(title="nobody's")
    expected = {
        ann: {"pasted", "by name", "everybody", "among the pasted"},
        bob: {"fixed", "everybody"},
    }
    for customer, titles in expected.items():
        assert {group.title for group in groups_of(customer, NOON)} == titles
        holding = [g for g in CustomerGroup.objects.all() if customer in members_of(g, NOON)]
        assert {group.title for group in holding} == titles


def in_group(group: CustomerGroup) -> dict[str, object]:
    return {"field": "groups", "is": "in_any", "value": [group.pk]}


def test_a_prospect_is_in_no_group_D2():
    waiting = make_customer(is_prospect=True)
    follower("everybody", make_audience({"all": []}))
    assert list(groups_of(waiting, NOON)) == []
