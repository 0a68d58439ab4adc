"""Two processes that read their books of prices at different moments sell by the same (P4, P14)."""

import pytest

from promotions.models import UseCounter
from tests.loyalty.purchases.factories import confirmed, make_order
from tests.loyalty.purchases.till import another_till
from tests.loyalty.purchases.verified import broken
from tests.promotions.factories import make_discount
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def here(receipt, place):
    return str(confirmed(receipt, make_order(place=place)).purchase.discount)


def test_what_one_process_changes_the_other_sells_by_from_then_on_P4(place, tmp_path):
    offer = make_discount(everything=True)
    with another_till(tmp_path) as till:
        assert [till.confirm("A1", place.key), here("B1", place)] == ["10.00", "10.00"]
        offer.value = 30
        offer.save()
        assert [till.confirm("A2", place.key), here("B2", place)] == ["6.00", "6.00"]
        offer.is_active = False
        offer.save()
        assert [till.confirm("A3", place.key), here("B3", place)] == ["0.00", "0.00"]
    assert broken() == {}


def test_a_limit_that_only_one_of_them_has_read_holds_for_both_P14(place, tmp_path):
    offer = make_discount(everything=True)
    with another_till(tmp_path) as till:
        assert [till.confirm("A1", place.key), here("B1", place)] == ["10.00", "10.00"]
        offer.most_uses = 3
        offer.save()
        came = at_once(lambda: till.confirm("A2", place.key), lambda: here("B2", place))
    assert sorted(map(str, came)) == ["0.00", "10.00"]
    assert UseCounter.objects.get().used == 3
    assert broken() == {}


def test_a_process_that_does_not_ask_for_the_version_sells_by_what_it_knew(place, tmp_path):
    """The control."""
    offer = make_discount(everything=True)
    with another_till(tmp_path, is_stale=True) as till:
        assert till.confirm("A1", place.key) == "10.00"
        offer.value = 30
        offer.save()
        assert [till.confirm("A2", place.key), here("B2", place)] == ["10.00", "6.00"]
