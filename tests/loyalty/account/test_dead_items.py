"""Items of products that are no more are no part of what the account shows (L12)."""

import pytest

from tests.loyalty.account.pages import OFFERS, pills, states
from tests.loyalty.dead_items import give_dead_items
from tests.pages import signed_in


def test_what_is_counted_is_what_is_shown(ann):
    give_dead_items(ann)
    page = signed_in(ann.user).get(OFFERS)
    assert pills(page) == ["All 3", "Waiting 1", "Accepted 1"]
    assert list(states(page)) == ["Half dead", "Waits", "For all"]


@pytest.mark.parametrize(("state", "shown"), [("pending", "Waits"), ("accepted", "Half dead")])
def test_an_offer_is_found_by_the_state_that_it_shows(ann, state, shown):
    give_dead_items(ann)
    assert list(states(signed_in(ann.user).get(f"{OFFERS}?state={state}"))) == [shown]
