"""The import of products to customers' lists (E8): from file to lists, and back."""

import pytest
from django.core.exceptions import ValidationError

from customers.models import Customer
from imports import exports, registry
from promotions.models import ListedProduct
from promotions.personal import sweeping
from promotions.personal.selection import choose
from tests.factories import NOON
from tests.imports.runs import checked, counts, imported, rejects, undone
from tests.promotions.factories import make_list, make_personalized_promotion, make_product
from tests.promotions.personal.list_files import HEADER, SLUG, data, listed, run, the

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "mention",
    [
        "email:ann@example.com",
        "ann@example.com",
        " Email: ANN@example.com ",
        "phone:48600100200",
        "phone:+48 600-100-200",
        "+48 600 100 200",
        "external:C-1",
        "external: C-1",
        "id:{id}",
        "id:00{id}",
    ],
)
def test_a_customer_is_found_however_they_are_mentioned(shop, mention):
    job = run(f"picks,{mention.format(id=the('ann@example.com').pk)},CAKE")
    assert counts(job) == {"created": 1}
    assert listed() == {("picks", "ann@example.com", "CAKE")}


def test_a_file_may_mention_customers_and_products_in_all_ways_at_once(shop):
    job = run(
        "picks,email:ann@example.com,CAKE",
        "picks,external:C-1,TEA",
        f"picks,id:{the('bob@example.com').pk}, 5901234123457 ",
        "staff,external:C-3,TEA",
        "picks,phone:48600100200,5901234123457",
        " picks ,Ann@Example.com,TEA",
    )
    assert counts(job) == {"created": 4, "unchanged": 2}
    assert listed() == {
        ("picks", "ann@example.com", "CAKE"),
        ("picks", "ann@example.com", "TEA"),
        ("picks", "bob@example.com", "CAKE"),
        ("staff", "eve@example.com", "TEA"),
    }


def test_bad_lines_are_refused_with_reasons_and_the_others_taken(shop):
    lines = (
        "picks,ann@example.com,TEA",
        "nothing,ann@example.com,TEA",
        "picks,nobody@example.com,TEA",
        "picks,waits@example.com,TEA",
        "picks,email:waits@example.com,TEA",
        "picks,ann@example.com,COFFEE",
        "picks,,TEA",
        "picks,whoever,TEA",
        "picks,id:99999999999,TEA",
        "picks,email:ann,TEA",
        "picks,eve@example.com,TEA",
        "staff,ann@example.com,TEA",
        "staff,email:BOB@example.com,TEA",
        "picks,ann@example.com,",
    )
    dry, job = checked(SLUG, data(*lines)), run(*lines)
    assert counts(dry) == counts(job) == {"created": 1, "rejected": 13}
    assert rejects(dry) == rejects(job)
    assert sorted(rejects(job)) == [
        ("address", 2, 9),
        ("email", 1, 11),
        ("for_consumers", 1, 12),
        ("for_employees", 2, 13),
        ("no_customer", 1, 8),
        ("unknown_customer", 3, 4),
        ("unknown_product", 2, 7),
        ("unknown_promotion", 1, 3),
    ]
    assert listed() == {("picks", "ann@example.com", "TEA")}


def test_a_dry_run_changes_nothing_and_the_same_file_again_neither(shop):
    lines = ("picks,ann@example.com,TEA", "picks,external:C-1,TEA", "staff,external:C-3,CAKE")
    assert counts(checked(SLUG, data(*lines))) == {"created": 2, "unchanged": 1}
    assert listed() == set()
    run(*lines)
    before = listed()
    assert counts(run(*lines)) == {"unchanged": 3}
    assert listed() == before


def test_what_is_chosen_stays_chosen_when_a_list_grows(shop):
    picks = make_personalized_promotion(backend_id="more")
    ann, cake = the("ann@example.com"), make_product(external_id="PIE")
    make_list(picks, ann, [cake], chosen=[cake])
    run("more,ann@example.com,PIE", "more,ann@example.com,TEA")
    rows = ListedProduct.objects.values_list("product__external_id", "is_chosen")
    assert set(rows) == {("PIE", True), ("TEA", False)}


def test_an_undo_takes_back_what_was_added_and_the_choice_with_it_E24(shop):
    run("picks,ann@example.com,TEA")
    before = listed()
    job = run(
        "picks,ann@example.com,TEA", "picks,ann@example.com,CAKE", "picks,bob@example.com,TEA"
    )
    ann = the("ann@example.com")
    promotion = ListedProduct.objects.filter(customer=ann).first().promotion
    products = [row.product for row in ListedProduct.objects.filter(customer=ann)]
    choose(promotion=promotion, customer=ann, products=products, at=NOON)
    undone(job)
    assert listed() == before
    assert list(ListedProduct.objects.values_list("is_chosen", flat=True)) == [True]


def test_an_undo_leaves_what_a_later_import_put_there_again(shop):
    first = run("picks,ann@example.com,TEA", "picks,ann@example.com,CAKE")
    ListedProduct.objects.filter(product__external_id="TEA").delete()
    run("picks,ann@example.com,TEA")
    undone(first)
    assert listed() == {("picks", "ann@example.com", "TEA")}


def test_a_chosen_promotion_needs_only_customers_and_products(shop):
    picks = make_personalized_promotion(backend_id="chosen")
    options = {"promotion": picks.pk}
    job = run("ann@example.com,TEA", header="Customer,Product", options=options)
    assert counts(job) == {"created": 1}
    job = run(",ann@example.com,CAKE", "picks,ann@example.com,CAKE", options=options)
    assert (counts(job), rejects(job)) == (
        {"created": 1, "rejected": 1},
        [("other_promotion", 1, 3)],
    )
    with pytest.raises(ValidationError, match="does not exist any more"):
        registry.get(SLUG).clean_options({"promotion": picks.pk + 1000})


def test_an_export_can_be_imported_again_and_leaves_out_what_is_gone(shop):
    run("picks,external:C-1,TEA", "picks,external:C-1,CAKE", "staff,external:C-3,TEA")
    gone = make_product(external_id="GONE")
    make_list(make_personalized_promotion(), the("ann@example.com"), [gone])
    gone.delete()
    record = exports.begin(type=SLUG, format="csv", user=None)
    file = b"".join(exports.chunks(record))
    assert file.decode().splitlines() == [
        HEADER,
        "picks,email:ann@example.com,CAKE",
        "picks,email:ann@example.com,TEA",
        "staff,email:eve@example.com,TEA",
    ]
    ListedProduct.objects.all().delete()
    assert counts(imported(SLUG, file)) == {"created": 3}


def test_what_is_left_of_the_deleted_is_swept_away(shop):
    run("picks,ann@example.com,TEA", "picks,ann@example.com,CAKE", "picks,bob@example.com,TEA")
    Customer.objects.filter(email="bob@example.com").delete()
    make_product(external_id="TEA2")
    ListedProduct.objects.filter(
        product__external_id="CAKE"
    ).first().product.barcodes.all().delete()
    ListedProduct.objects.filter(product__external_id="CAKE").first().product.delete()
    assert (ListedProduct.objects.count(), sweeping.sweep_orphans()) == (3, 2)
    assert listed() == {("picks", "ann@example.com", "TEA")}
