"""What customers have of personal offers as a file, which says the same when it is imported."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers.models import Customer
from imports import exports
from loyalty.models import OfferItems, PersonalOffer
from loyalty.personal.items import Item
from loyalty.personal.judging import Sent
from loyalty.personal.uploading import Entry, Mode, upload
from promotions.models import Product
from tests.imports.runs import imported, rejects
from tests.loyalty.factories import Mechanic, give_items, make_personal_offer
from tests.loyalty.personal.item_files import HEADER, SLUG, had, run
from tests.promotions.factories import make_product

pytestmark = pytest.mark.django_db(transaction=True)
# In Warsaw a clock says 02:30 twice on October 25, and never on March 28 of the year after.
MOMENTS = [
    *("", "2026-09-05", "2026-09-05 12:00", "2026-10-24 23:59:59", "2026-10-25"),
    *("2026-10-25 02:30", "2026-10-25 03:00", "2027-03-28", "2027-03-28 02:30", "2027-03-29"),
]


def exported(**options):
    record = exports.begin(type=SLUG, format="csv", user=None, options=options)
    return b"".join(exports.chunks(record))


def lines(**options):
    return exported(**options).decode("utf-8-sig").splitlines()


@pytest.fixture
def autumn(shop):
    PersonalOffer.objects.update(
        start="2026-09-01T00:00Z", end="2027-05-01T00:00Z", time_zone="Europe/Warsaw"
    )


items = st.builds(
    Sent,
    target=st.sampled_from(["PURSE", "HANDBAG"]),
    preference=st.sampled_from(["", "discount", "points"]),
    method=st.sampled_from(["", "percent", "amount"]),
    value=st.sampled_from(["5", "0.125", "100.00", "12345678901.5"]),
    start=st.sampled_from(MOMENTS),
    end=st.sampled_from(MOMENTS),
)


def test_l9_what_is_exported_imports_to_the_same(autumn):
    ann = ("id", Customer.objects.get(external_id="C-1").pk)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(items, min_size=1, max_size=3))
    def comes_back(sent):
        OfferItems.objects.all().delete()
        upload([Entry(ann, "bags", [each]) for each in sent], mode=Mode.MERGE)
        upload([Entry(ann, "bags", sent)], mode=Mode.REPLACE)
        before, file = had(), exported()
        OfferItems.objects.all().delete()
        if before:
            assert rejects(imported(SLUG, file)) == []
        assert had() == before

    comes_back()


def test_moments_that_a_clock_says_twice_or_never_are_the_same_by_file_and_by_request(autumn):
    ann = ("id", Customer.objects.get(external_id="C-1").pk)
    for moment in MOMENTS[5:]:
        OfferItems.objects.all().delete()
        run(f"bags,external:C-1,PURSE,,,,5,{moment},")
        by_file = had()
        OfferItems.objects.all().delete()
        upload(
            [Entry(ann, "bags", [Sent(target="PURSE", value="5", start=moment)])], mode=Mode.MERGE
        )
        assert had() == by_file != {}


def test_each_item_is_a_line_with_its_target_as_the_offer_names_it(shop):
    run(
        "bags,external:C-2,HANDBAG,,discount,percent,50,2026-09-01,2026-09-15",
        "bags,external:C-2,PURSE,,points,amount,3.50,2026-09-16 08:00,2026-09-30 20:00",
        "cosmetics,email:ann@example.com,MAKEUP,,,,,,",
        "school,external:C-2,all for school,,points,,30,,",
        "baskets,email:ann@example.com,,1000,points,percent,10,,",
        "baskets,email:ann@example.com,,3000.50,points,percent,20,,",
    )
    assert lines() == [
        HEADER,
        "cosmetics,email:ann@example.com,MAKEUP,,,,,,",
        "baskets,email:ann@example.com,,1000,points,percent,10,,",
        "baskets,email:ann@example.com,,3000.5,points,percent,20,,",
        "bags,email:bob@example.com,HANDBAG,,discount,percent,50,2026-09-01,2026-09-15",
        "bags,email:bob@example.com,PURSE,,points,amount,3.5,2026-09-16 08:00,2026-09-30 20:00",
        "school,email:bob@example.com,All for School,,points,,30,,",
    ]
    baskets = PersonalOffer.objects.get(name="baskets")
    assert [line.split(",")[3] for line in lines(offer=baskets.pk)] == [
        "Threshold",
        "1000",
        "3000.5",
    ]


def test_internal_ids_and_what_is_gone(shop):
    ann, purse = Customer.objects.get(external_id="C-1"), Product.objects.get(external_id="PURSE")
    gone = make_product(external_id="GONE")
    offer = make_personal_offer(Mechanic.PRODUCTS, name="inside", identifiers="internal")
    give_items(offer, ann, Item(purse.pk, value=Decimal("1.5")), Item(gone.pk, value=2))
    gone.delete()
    OfferItems.objects.create(customer_id=ann.pk, offer_id=offer.pk + 1, items=[[purse.pk]])
    assert lines() == [HEADER, f"inside,email:ann@example.com,{purse.pk},,,,1.5,,"]


def test_as_many_queries_for_a_line_as_for_many(shop):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            exported()
        return len(captured)

    run("bags,external:C-2,HANDBAG,,,,5,,")
    few = queries()
    run(*[f"bags,external:C-{n},{what},,,,5,," for n in (1, 2) for what in ("HANDBAG", "PURSE")])
    assert (len(lines()), queries()) == (5, few)
