"""The import of customers' items (L9, L10, L16–L20): from the file to what they have."""

import datetime as dt

import pytest

from loyalty.models import OfferCount, PersonalOffer
from promotions.models import Category, ProductGroup
from tests.imports.runs import counts, rejects
from tests.loyalty.personal.item_files import ANN, had, product, run

pytestmark = pytest.mark.django_db(transaction=True)


def seconds(*moment):
    return int(dt.datetime(*moment, tzinfo=dt.UTC).timestamp())


def test_l17_products_have_a_size_and_a_time_of_their_own(shop):
    lines = (
        "bags,email:ann@example.com,HANDBAG,,discount,percent,50,2026-09-01,2026-09-15",
        "bags,external:C-1,PURSE,,Discount,Percent,30.0,2026-09-16,2026-09-30",
        "bags,48600100200, PURSE ,,discount,%,30,2026-09-16,2026-09-30 ",
    )
    job = run(*lines)
    assert (counts(job), rejects(job)) == ({"created": 2, "unchanged": 1}, [])
    assert had() == {
        ("bags", ANN): [
            [product("HANDBAG"), "d", "%", 50, seconds(2026, 9, 1), seconds(2026, 9, 16)],
            [product("PURSE"), "d", "%", 30, seconds(2026, 9, 16), seconds(2026, 10, 1)],
        ]
    }
    assert counts(run(*lines)) == {"unchanged": 3}


def test_l18_l19_categories_and_product_groups_and_what_is_as_the_offer_says(shop):
    run(
        "cosmetics,ann@example.com,MAKEUP,,,,,,2026-09-10",
        "school,ann@example.com,all for SCHOOL,,,,30,2026-09-20 08:30,",
    )
    makeup, school = Category.objects.get().pk, ProductGroup.objects.get().pk
    assert had() == {
        ("cosmetics", ANN): [[makeup, None, None, None, None, seconds(2026, 9, 11)]],
        ("school", ANN): [[school, None, None, 30, seconds(2026, 9, 20, 8, 30)]],
    }


def test_l20_l21_thresholds_are_one_attribute(shop):
    run(
        "baskets,ann@example.com,,1800,discount,amount,500,,",
        "baskets,ann@example.com,,3600.50,discount,amount,1000,,",
        "baskets,bob@example.com,,1000,points,percent,10,,",
    )
    assert had() == {
        ("baskets", ANN): [[1800, "d", "a", 500], [3600.5, "d", "a", 1000]],
        ("baskets", "bob@example.com"): [[1000, "p", "%", 10]],
    }


def test_l16_internal_ids_where_the_offer_declares_them(shop):
    PersonalOffer.objects.filter(name="bags").update(identifiers="internal")
    job = run(
        f"bags,ann@example.com,{product('PURSE')},,,,5,,", "bags,ann@example.com,PURSE,,,,5,,"
    )
    assert rejects(job) == [("unknown_products", 1, 3)]
    assert had() == {("bags", ANN): [[product("PURSE"), None, None, 5]]}


def test_a_days_end_is_the_next_midnight_in_the_offers_zone(shop):
    PersonalOffer.objects.filter(name="bags").update(time_zone="Europe/Warsaw")
    run("bags,ann@example.com,PURSE,,,,5,2026-09-02,2026-09-03")
    begin, end = seconds(2026, 9, 1, 22), seconds(2026, 9, 3, 22)
    assert had() == {("bags", ANN): [[product("PURSE"), None, None, 5, begin, end]]}


def test_a_file_for_one_offer_need_not_name_it(shop):
    bags = PersonalOffer.objects.get(name="bags")
    lines = ("ann@example.com,PURSE,30", "bob@example.com,PURSE,20")
    run(*lines, header="Customer,Target,Value", options={"offer": bags.pk})
    assert set(had()) == {("bags", ANN), ("bags", "bob@example.com")}
    job = run("cosmetics,ann@example.com,MAKEUP,,,,,,", options={"offer": bags.pk})
    assert rejects(job) == [("other_offer", 1, 2)]


def test_offers_are_no_drafts_from_the_import_on(shop):
    run("bags,external:C-1,PURSE,,,,5,,", "bags,external:C-2,PURSE,,,,5,,")
    run("bags,external:C-1,PURSE,,,,6,,", "school,external:C-1,All for School,,,,6,,")
    counted = OfferCount.objects.values_list("offer__name", "customers")
    assert dict(counted) == {"bags": 2, "school": 1}
