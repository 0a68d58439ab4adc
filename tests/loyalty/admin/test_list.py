"""The list of all that staff have given and taken."""

import pytest

from tests.loyalty.admin.cashback import asked, confirm, group_of

# The worker tells its progress over a connection of its own.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_seven_queries(marketer, rows, django_assert_num_queries):
    """Session, user, clock, rights are two, and the list in one, its count in another."""
    group, _members = group_of("5")
    for _ in range(rows):
        confirm(marketer, group, asked("1"))
    marketer.get("/admin/loyalty/batch/")
    with django_assert_num_queries(7):
        assert len(marketer.get("/admin/loyalty/batch/").context["cl"].result_list) == rows
