"""The import of products to customers' lists (E8): from file to lists, and back."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from customers import personal_data
from customers.models import Customer
from imports import exports, registry
from imports.models import Job, State
from promotions.models import ListedProduct
from promotions.personal import adding, sweeping
from promotions.personal.lists import add_products
from promotions.personal.selection import choose
from tests.customers.traces import erase
from tests.factories import NOON, make_customer
from tests.imports.runs import applied, checked, confirmed, counts, imported, rejects, undone
from tests.promotions.factories import make_list, make_personalized_promotion, make_product
from tests.races import (
    at_once,
    held,
    locked,
    on_own_connection,
    stopped_at,
    wait_for_waiting,
)

pytestmark = pytest.mark.django_db(transaction=True)
SLUG = "personalized-promotion-products"
HEADER = "Promotion,Customer,Product"


def data(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *lines, ""]).encode()


def run(*lines: str, header: str = HEADER, **fields) -> Job:
    return imported(SLUG, data(*lines, header=header), **fields)


@pytest.fixture
def shop() -> None:
    """Two promotions, two consumers, an employee, somebody without an account; two products."""
    make_personalized_promotion(backend_id="picks")
    make_personalized_promotion(backend_id="staff", users="employees")
    make_customer("ann@example.com", phone="48600100200", external_id="C-1")
    make_customer("bob@example.com", employee=False)
    make_customer("eve@example.com", employee=True, external_id="C-3")
    make_customer("waits@example.com", is_prospect=True)
    make_product(external_id="CAKE", barcodes=["5901234123457"])
    make_product(external_id="TEA")


def listed() -> set[tuple[str, str, str]]:
    names = ("promotion__backend_id", "customer__email", "product__external_id")
    return set(ListedProduct.objects.values_list(*names))


def the(email: str) -> Customer:
    return Customer.objects.get(email=email)


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


def test_who_has_a_list_is_not_deleted_by_undoing_the_import_that_made_them(shop):
    made = imported("customers", b"Email\nnew@example.com\nother@example.com\n")
    run("picks,new@example.com,TEA")
    undone(made)
    assert set(Customer.objects.filter(email__in=["new@example.com", "other@example.com"])) == {
        the("new@example.com")
    }
    assert not the("new@example.com").is_prospect


def test_the_same_file_twice_at_once_gives_each_row_once(shop):
    people = [make_customer() for _ in range(100)]
    lines = [f"picks,{who.email},{what}" for who in people for what in ("CAKE", "TEA")]
    jobs = [confirmed(SLUG, data(*order)) for order in (lines, lines[::-1])]
    at_once(*(lambda job=job: applied(job) for job in jobs))
    assert set(Job.objects.values_list("state", "message")) == {(State.DONE, "")}
    assert sum(Job.objects.values_list("created", flat=True)) == len(lines) == len(listed())
    for job in jobs:
        job.refresh_from_db()
        if job.created:
            undone(job)
    assert listed() == set()


def both_compare_before_either_adds() -> list[object]:
    one, two = (confirmed(SLUG, data("picks,ann@example.com,TEA")) for _ in range(2))
    stopped_at(held("promotions_listedproduct"), lambda: applied(one), lambda: applied(two))
    return sorted(Job.objects.values_list("state", "created"))


def test_two_imports_that_both_miss_a_row_add_it_once(shop):
    assert both_compare_before_either_adds() == [(State.DONE, 0), (State.DONE, 1)]


def test_control_without_leaving_out_what_others_added_the_second_would_fail(shop, monkeypatch):
    monkeypatch.setattr(adding, "LEAVE_OUT", "UPDATE {{added}} SET product_id = 0 WHERE false")
    with pytest.raises(IntegrityError, match="duplicate key"):
        both_compare_before_either_adds()


def test_an_undo_after_a_race_takes_back_only_what_the_import_added(shop):
    both_compare_before_either_adds()
    assert [job.can_be_undone for job in Job.objects.order_by("created")] == [False, True]
    undone(Job.objects.get(created=1))
    assert listed() == set()


def test_nobody_waits_for_an_import_to_choose_or_to_add(shop):
    """It is stopped where all its rows are in and nobody sees them yet."""
    ann, bob = the("ann@example.com"), the("bob@example.com")
    tea = make_product(external_id="GREEN-TEA")
    picks = make_personalized_promotion(backend_id="more")
    make_list(picks, ann, [tea])
    job = confirmed(SLUG, data("more,ann@example.com,CAKE", "more,bob@example.com,CAKE"))
    with ThreadPoolExecutor(1) as pool:
        with locked(held("imports_undorecord")):
            done = pool.submit(on_own_connection, lambda: applied(job))
            wait_for_waiting()
            choose(promotion=picks, customer=ann, products=[tea], at=NOON)
            add_products(promotion=picks, customer=bob, products=[tea])
            assert not done.done()
        done.result()
    assert counts(job) == {"created": 2}
    assert ListedProduct.objects.filter(promotion=picks).count() == 4
    assert ListedProduct.objects.get(is_chosen=True).product == tea


def test_an_erased_customer_is_on_no_list_and_no_undo_brings_them_back(shop):
    everybody = [make_customer(f"c{number}@example.com") for number in range(3)]
    job = run(*(f"picks,{who.email},{what}" for who in everybody for what in ("CAKE", "TEA")))
    _, who, _ = everybody
    promotion = ListedProduct.objects.first().promotion
    products = [row.product for row in ListedProduct.objects.filter(customer=who)]
    choose(promotion=promotion, customer=who, products=products, at=NOON)
    done = erase(who)
    assert "Products on lists of personalized promotions: 2" in done.notes
    assert len(listed()) == ListedProduct.objects.count() == 4
    assert promotion.choices.count() == 0
    assert not job.undo_records.filter(ids__contains=[who.pk]).exists()
    undone(job)
    assert ListedProduct.objects.count() == 0


def test_what_is_held_on_a_person_has_their_lists_and_choices(shop):
    run("picks,ann@example.com,TEA", "picks,ann@example.com,CAKE", "picks,bob@example.com,TEA")
    ann = the("ann@example.com")
    tea = ListedProduct.objects.get(customer=ann, product__external_id="TEA")
    choose(promotion=tea.promotion, customer=ann, products=[tea.product], at=NOON)
    told = json.loads(personal_data.export(customer=ann, user=None, at=NOON))
    found = told["personalized_promotions"]
    assert {(each["product"], each["chosen"]) for each in found["products"]} == {
        ("TEA", True),
        ("CAKE", False),
    }
    moment = "2026-06-15T12:00:00Z"
    assert found["choices"] == [{"promotion": "picks", "first_saved": moment, "last_saved": moment}]
    assert {each["type"] for each in told["imports"]} == {SLUG}
