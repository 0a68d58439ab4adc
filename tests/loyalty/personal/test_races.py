"""Other systems that say what a customer has at the same moment (L9)."""

import pytest

from customers.models import Customer
from loyalty.models import OfferItems
from loyalty.personal.judging import Sent
from loyalty.personal.uploading import Entry, Mode, Result, upload
from tests.loyalty.personal.item_files import had
from tests.races import held, stopped_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("has_some", [False, True])
def test_of_two_who_merge_neither_loses_what_they_sent(shop, has_some):
    """Also where there is no row yet to wait for."""
    ann = ("id", Customer.objects.get(external_id="C-1").pk)

    def merges(target):
        return lambda: upload([Entry(ann, "bags", [Sent(target, value="5")])], mode=Mode.MERGE)

    if has_some:
        upload([Entry(ann, "bags", [Sent("PURSE", value="1")])], mode=Mode.REPLACE)
    first, second = stopped_at(held("loyalty_offeritems"), merges("PURSE"), merges("HANDBAG"))
    assert first == ([Result.UPDATED] if has_some else [Result.CREATED])
    assert second == [Result.UPDATED]
    ((_, items),) = had().items()
    assert [item[3] for item in items] == [5, 5]
    assert OfferItems.objects.count() == 1
