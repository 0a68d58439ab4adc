"""Which lines of customers' items are refused, and why (L9, L16, L20)."""

import pytest
from django.core.exceptions import ValidationError

from imports import registry
from loyalty.models import PersonalOffer
from tests.imports.runs import checked, counts, rejects
from tests.loyalty.personal.item_files import ANN, SLUG, data, had, run

pytestmark = pytest.mark.django_db(transaction=True)


def test_bad_lines_are_refused_with_reasons_and_the_others_taken(shop):
    lines = (
        "bags,ann@example.com,PURSE,,discount,percent,30,,",
        "nothing,ann@example.com,PURSE,,discount,percent,30,,",
        "everybody,ann@example.com,PURSE,,discount,percent,30,,",
        "bags,waits@example.com,PURSE,,discount,percent,30,,",
        "bags,,PURSE,,discount,percent,30,,",
        "bags,bob@example.com,BRIEFCASE,,discount,percent,30,,",
        "cosmetics,bob@example.com,PURSE,,discount,percent,30,,",
        "school,bob@example.com,,,points,percent,30,,",
        "bags,bob@example.com,PURSE,,gift,percent,30,,",
        "bags,bob@example.com,PURSE,,discount,half,30,,",
        "bags,bob@example.com,PURSE,,discount,percent,-30,,",
        "bags,bob@example.com,PURSE,,discount,percent,101,,",
        "bags,bob@example.com,PURSE,,discount,percent,,,",
        "bags,bob@example.com,PURSE,,discount,amount,3,,",
        "bags,bob@example.com,PURSE,,discount,percent,30,2026-02-30,",
        "bags,bob@example.com,PURSE,,discount,percent,30,2026-09-02,someday",
        "bags,bob@example.com,PURSE,,discount,percent,30,2026-09-05,2026-09-04",
        "bags,bob@example.com,PURSE,,discount,percent,30,2026-10-01,",
        "bags,bob@example.com,PURSE,100,discount,percent,30,,",
        "baskets,bob@example.com,PURSE,100,discount,percent,30,,",
        "baskets,bob@example.com,,,discount,percent,30,,",
        "baskets,bob@example.com,,much,discount,percent,30,,",
    )
    dry, job = checked(SLUG, data(*lines)), run(*lines)
    assert counts(dry) == counts(job) == {"created": 1, "rejected": 21}
    assert rejects(dry) == rejects(job)
    assert [code for code, _, _ in sorted(rejects(job), key=lambda each: each[2])] == [
        *("unknown_offer", "no_items", "unknown_customer", "no_customer", "unknown_products"),
        *("unknown_categories", "unknown_product_groups", "preference", "method", "value"),
        *("percentage", "no_value", "no_currency", "start", "end", "reversed", "outside"),
        *("threshold_of_goods", "target_of_receipt", "no_threshold", "threshold"),
    ]


def test_items_that_overlap_are_refused_and_those_that_follow_taken(shop):
    job = run(
        "bags,ann@example.com,PURSE,,,,30,2026-09-01,2026-09-09",
        "bags,ann@example.com,PURSE,,,,40,2026-09-10,2026-09-20",
        "bags,ann@example.com,PURSE,,,,50,2026-09-11,2026-09-12",
        "bags,bob@example.com,PURSE,,,,30,,",
        "bags,bob@example.com,PURSE,,,,30,,2026-09-20",
        "bags,bob@example.com,HANDBAG,,,,30,,",
    )
    assert (counts(job), rejects(job)) == ({"created": 4, "rejected": 2}, [("overlap", 2, 4)])


def test_thresholds_rise_and_give_no_less_and_share_their_terms(shop):
    job = run(
        "baskets,ann@example.com,,1000,points,percent,10,,",
        "baskets,ann@example.com,,900,points,percent,20,,",
        "baskets,ann@example.com,,1000.00,points,percent,20,,",
        "baskets,ann@example.com,,2000,discount,percent,20,,",
        "baskets,ann@example.com,,3000,points,percent,20,,",
        "baskets,ann@example.com,,4000,points,percent,5,,",
    )
    assert sorted(rejects(job)) == [
        ("threshold_smaller", 1, 7),
        ("threshold_terms", 1, 5),
        ("thresholds", 2, 3),
    ]
    assert had() == {("baskets", ANN): [[1000, "p", "%", 10], [3000, "p", "%", 20]]}


def test_an_offer_for_an_audience_takes_no_file(shop):
    everybody = PersonalOffer.objects.get(name="everybody")
    with pytest.raises(ValidationError, match="takes no items"):
        registry.get(SLUG).clean_options({"offer": everybody.pk})


def test_l20_a_higher_threshold_that_says_nothing_gives_no_less_than_the_one_before(shop):
    """The offer's size counts where a line has none: 10 here."""
    PersonalOffer.objects.filter(name="baskets").update(value=10)
    job = run("baskets,external:C-1,,1000,,,20,,", "baskets,external:C-1,,3000,,,,,")
    assert rejects(job) == [("threshold_smaller", 1, 3)]
    job = run("baskets,external:C-2,,1000,,,5,,", "baskets,external:C-2,,3000,,,,,")
    assert rejects(job) == []
