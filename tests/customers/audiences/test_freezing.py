"""Freeze now: who is in an audience stays in its copy, whatever becomes of them."""

import pytest
from django.core.exceptions import ValidationError

from customers.audiences.freezing import freeze
from customers.audiences.members import members
from customers.models import Audience
from tests.factories import NOON, make_audience, make_customer

pytestmark = pytest.mark.django_db
NAMED_A = {"field": "first_name", "is": "starts_with", "value": "a"}


def test_a_frozen_audience_keeps_its_people():
    ann, ben = make_customer(first_name="Ann"), make_customer(first_name="Ben")
    make_customer(is_prospect=True)
    audience = make_audience(NAMED_A, description="With an A.")
    frozen = freeze(audience, "June", NOON)
    for each, name in ((ann, "Zoe"), (ben, "Abe")):
        each.first_name = name
        each.save()
    assert list(members(audience, NOON)) == [ben]
    assert list(members(frozen, NOON)) == [ann]
    assert (frozen.name, frozen.description, frozen.kind) == ("June", "With an A.", "static")
    assert (frozen.members_count, frozen.counted_at) == (1, NOON)


def test_a_fixed_audience_is_copied():
    ann = make_customer(first_name="Ann")
    copy = freeze(freeze(make_audience(NAMED_A), "One", NOON), "Two", NOON)
    assert (list(members(copy, NOON)), copy.members_count) == ([ann], 1)


def test_nothing_is_made_of_a_taken_name_or_of_broken_conditions():
    audience = make_audience(NAMED_A, name="Taken")
    with pytest.raises(ValidationError, match="Another audience has this name"):
        freeze(audience, "taken", NOON)
    with pytest.raises(ValidationError):
        freeze(make_audience({"field": "gone", "is": "is_empty"}), "New", NOON)
    assert not Audience.objects.filter(kind="static").exists()
