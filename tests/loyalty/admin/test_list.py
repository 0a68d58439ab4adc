"""The list of all that staff have given and taken."""

import pytest

from tests.loyalty.admin.cashback import asked, confirm, group_of, of_customer
from tests.pages import links, page_text, rows

LIST = "/admin/loyalty/batch/"
# The worker tells its progress over a connection of its own.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_seven_queries(marketer, number, django_assert_num_queries):
    """Session, user, clock, rights are two, and the list in one, its count in another."""
    group, _members = group_of("5")
    for _ in range(number):
        confirm(marketer, group, asked("1"))
    marketer.get("/admin/loyalty/batch/")
    with django_assert_num_queries(7):
        assert len(marketer.get("/admin/loyalty/batch/").context["cl"].result_list) == number


def test_batches_are_filtered_by_whom_and_how_they_are_for(marketer):
    group, (ann,) = group_of("5")
    confirm(marketer, group, asked("1"))
    marketer.post(of_customer(ann), asked("9", mode="absolute", comment="Sorry"))

    def found(**chosen):
        return [row["asked"] for row in rows(marketer.get(LIST, chosen))]

    assert found() == ["= 9.00", "+1.00"]
    assert found(kind="group") == found(mode="relative") == ["+1.00"]
    assert found(kind="single") == found(mode="absolute") == found(q="Sorry") == ["= 9.00"]
    page = marketer.get(LIST, {"kind": "single"}).content.decode()
    assert '<option value="single" selected>' in page


def test_an_empty_list_says_what_to_do(marketer):
    assert "They are made in the tab Cashback" in page_text(marketer.get(LIST))
    none = marketer.get(LIST, {"q": "gone"})
    assert "No batch matches" in page_text(none)
    assert ("Show all batches", "?") in links(none)
