"""The list of customer groups (D3)."""

import pytest

from customers.membership import add
from tests.customers.admin.groups.pages import ANN, LIST, follower
from tests.factories import make_customer, make_group
from tests.pages import headers, links, page_text, rows

pytestmark = pytest.mark.django_db


def test_the_list_has_exactly_the_columns_of_the_document_D3(marketer):
    make_customer(phone=ANN)
    cakes = make_group(title="Cakes")
    add(group=cakes, numbers=[ANN])
    follower("Bikers")
    follower("New", counted_at=None, members_count=0)
    page = marketer.get(LIST)
    assert headers(page) == ["Name", "Type", "Users count", "Edit"]
    assert [list(row.values()) for row in rows(page)] == [
        ["Bikers", "Audience: of Bikers", "7", "Edit Bikers"],
        ["Cakes", "Phone numbers", "1", "Edit Cakes"],
        ["New", "Audience: of New", "–", "Edit New"],
    ]
    assert ("Edit Cakes", f"{LIST}{cakes.pk}/change/") in links(page)


@pytest.mark.parametrize(
    ("order", "titles"),
    [("0", ["A", "B", "C"]), ("-0", ["C", "B", "A"]), ("2", ["B", "A", "C"])],
)
def test_the_list_sorts_by_name_and_by_users_of_both_types_D3(marketer, order, titles):
    make_customer(phone=ANN)
    add(group=make_group(title="A"), numbers=[ANN])
    make_group(title="B")
    follower("C")
    assert [row["name"] for row in rows(marketer.get(LIST, {"o": order}))] == titles


def test_the_list_is_searched_by_title(marketer):
    make_group(title="Cakes")
    make_group(title="Bikes")
    assert [row["name"] for row in rows(marketer.get(LIST, {"q": "cak"}))] == ["Cakes"]
    assert "No group matches" in page_text(marketer.get(LIST, {"q": "x"}))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_is_as_many_queries_for_one_group_as_for_three(
    marketer, number, django_assert_num_queries
):
    for each in range(number):
        follower(f"Group {each}")
    with django_assert_num_queries(7):
        marketer.get(LIST)
