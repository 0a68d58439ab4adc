"""Files and the API take the same items, refuse the same, and store the same (L9, L16–L20)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers.models import Customer
from loyalty.models import OfferItems
from loyalty.personal.judging import Sent
from loyalty.personal.uploading import Entry, Mode, Refused, upload
from tests.imports.runs import rejects
from tests.loyalty.personal.item_files import had, run

pytestmark = pytest.mark.django_db(transaction=True)
DAYS = ["", "2026-08-30", "2026-09-05", "2026-09-05 12:00", "2026-09-20", "2026-10-01", "soon"]


def sent(targets, thresholds):
    return st.builds(
        Sent,
        target=st.sampled_from(targets),
        threshold=st.sampled_from(thresholds),
        preference=st.sampled_from(["", "discount", " Points "]),
        method=st.sampled_from(["", "percent", "amount", "gift"]),
        value=st.sampled_from(["", "5", "30.00", "100.5", "x"]),
        start=st.sampled_from(DAYS),
        end=st.sampled_from(DAYS),
    )


OFFERS = {
    "bags": sent(["PURSE", " HANDBAG ", "NOTHING"], ["", "", "", "1"]),
    "baskets": sent(["", "", "", "PURSE"], ["100", "200.50", "300", ""]),
    "school": sent(["all for school", "Nothing"], [""]),
}


def by_file(offer, items):
    OfferItems.objects.all().delete()
    lines = (
        f"{offer},C-1 ,{each.target},{each.threshold},{each.preference},{each.method},"
        f"{each.value},{each.start},{each.end}".replace("C-1 ", "external:C-1")
        for each in items
    )
    return rejects(run(*lines)), had()


def by_api(offer, items):
    OfferItems.objects.all().delete()
    customer = ("id", Customer.objects.get(external_id="C-1").pk)
    (result,) = upload([Entry(customer, offer, items)], mode=Mode.REPLACE)
    return result, had()


@pytest.mark.parametrize("offer", list(OFFERS))
def test_an_item_is_judged_alike(shop, offer):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(OFFERS[offer])
    def judged(item):
        (refused, by_lines), (result, by_request) = by_file(offer, [item]), by_api(offer, [item])
        code = result.code if isinstance(result, Refused) else None
        assert ((code and [(code, 1, 2)]) or []) == refused
        assert by_lines == by_request

    judged()


@pytest.mark.parametrize("offer", list(OFFERS))
def test_several_items_are_judged_alike(shop, offer):
    good = OFFERS[offer].filter(
        lambda each: (
            each.value in ("", "5", "30.00")
            and each.method in ("", "percent")
            and "soon" not in (each.start, each.end)
            and each.target != "NOTHING"
        )
    )

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(good, min_size=2, max_size=4))
    def judged(items):
        (refused, by_lines), (result, by_request) = by_file(offer, items), by_api(offer, items)
        assert bool(refused) == isinstance(result, Refused)
        assert by_lines == by_request or refused

    judged()
