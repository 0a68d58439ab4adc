"""Returns and cancellations that are refused, and what tills are told to do (P1)."""

import pytest

from tests.loyalty.api.receipts import cancel, confirm, give_back, said
from tests.loyalty.api.tills import line

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"id": ""}, (422, "return_id")),
        ({"id": "RT1", "lines": []}, (422, "no_lines")),
        ({"id": "RT1", "lines": [{"id": "1", "quantity": "1"}] * 2}, (422, "repeated_line")),
        ({"id": "RT1", "lines": [{"id": "7", "quantity": "1"}]}, (422, "unknown_line")),
        ({"id": "RT1", "lines": [{"id": "1", "quantity": "2.001"}]}, (422, "quantity")),
        ({"id": "RT1", "lines": [{"id": "1", "quantity": "-1"}]}, (422, "quantity")),
        ({"id": "RT1", "lines": [{"id": "1", "quantity": "1e-999999999"}]}, (422, "quantity")),
        ({"id": "RT1", "lines": [{"id": "1", "quantity": "NaN"}]}, (422, "malformed")),
        ({"id": "RT1", "at": "2199-01-01T00:00:00Z"}, (422, "moment_ahead")),
        ({"id": "RT1", "at": "1800-01-01T00:00:00Z"}, (422, "moment_range")),
        ({"lines": None}, (422, "malformed")),
    ],
)
def test_returns_that_can_not_be_are_refused(client, till, place, body, answer):
    confirm(client, till)
    assert said(give_back(client, till, **body)) == answer


@pytest.mark.parametrize("quantity", ["1e1000000", "1e-999999999"])
def test_a_return_that_is_there_is_not_compared_with_numbers_that_can_not_be(
    client, till, place, quantity
):
    confirm(client, till)
    give_back(client, till, id="RT1", lines=[{"id": "1", "quantity": "1"}])
    again = give_back(client, till, id="RT1", lines=[{"id": "1", "quantity": quantity}])
    assert said(again) == (422, "quantity")


def test_what_comes_too_late_is_a_conflict(client, till, place):
    for receipt in ("R1", "R2"):
        confirm(client, till, receipt)
    cancel(client, till, "R1")
    give_back(client, till, "R2", id="RT1")
    assert said(give_back(client, till, "R1", id="RT1")) == (409, "cancelled")
    assert said(give_back(client, till, "R2", id="RT2")) == (409, "nothing_left")
    one = [{"id": "1", "quantity": "1"}]
    assert said(give_back(client, till, "R2", id="RT1", lines=one)) == (409, "return_used")
    assert said(cancel(client, till, "R2")) == (409, "has_returns")
    assert said(cancel(client, till, "R2", {"at": "2199-01-01T00:00:00Z"})) == (422, "moment_ahead")


def test_who_sends_something_else_again_is_told_to_look_before_naming_it_anew(client, till, place):
    """Else one sale that a till sent twice, not quite the same, becomes two."""
    confirm(client, till, "R1", line())
    give_back(client, till, id="RT1", lines=[{"id": "1", "quantity": "1"}])
    answers = [confirm(client, till, "R1", line(quantity="3")), give_back(client, till, id="RT1")]
    assert [each.json()["detail"] for each in answers] == [
        "This receipt is there, and says something else: ask for it, and name yours differently"
        " only if it is another purchase.",
        "A return of this id is there, and says something else: ask for its purchase, and name"
        " yours differently only if it is another return.",
    ]
