"""E1–E6, E24: the overview of personalized promotions, their form, and deleting one."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from promotions.models import ListedProduct, PersonalizedPromotion
from promotions.personal.counting import count_lists
from tests.factories import DAY, NOON, make_customer
from tests.pages import column, errors, page_text, rows, staff_with
from tests.promotions.factories import (
    make_discount,
    make_list,
    make_personalized_promotion,
    make_product,
    make_product_set,
)

pytestmark = pytest.mark.django_db
RIGHT = "promotions.PersonalizedPromotions"
LIST = "/admin/promotions/personalizedpromotion/"


@pytest.fixture
def client():
    return staff_with(RIGHT)


def form(**fields):
    filled = {"name": "Your five", "backend_id": "your-five", "users": "consumers"}
    return {**filled, "description": "", "max_products": "", **fields}


def test_E1_E2_E3_with_the_one_permission_a_promotion_is_added_changed_and_deleted(client):
    client.post(f"{LIST}add/", form(max_products="2", lock_after_apply="on", users="employees"))
    promotion = PersonalizedPromotion.objects.get()
    assert (promotion.backend_id, promotion.max_products, promotion.users) == (
        "your-five",
        2,
        "employees",
    )
    assert promotion.lock_after_apply
    client.post(f"{LIST}{promotion.pk}/change/", form(name="Your six", description="Pick."))
    promotion.refresh_from_db()
    assert (promotion.name, promotion.description, promotion.max_products) == (
        "Your six",
        "Pick.",
        None,
    )
    history = page_text(client.get(f"{LIST}{promotion.pk}/history/"))
    assert "Your six" in history
    changes = r"(Maximum distinct products|Lock after first apply) ((?:\W*(?:before|after): \w+)+)"
    assert re.findall(changes, history) == [
        ("Maximum distinct products", "before: 2"),
        ("Lock after first apply", "before: yes → after: no"),
        ("Maximum distinct products", "after: 2"),
        ("Lock after first apply", "after: yes"),
    ]
    client.post(f"{LIST}{promotion.pk}/delete/")
    assert not PersonalizedPromotion.objects.exists()


def test_E4_E5_E6_changing_a_promotion_says_what_becomes_of_what_was_chosen(client):
    promotion = make_personalized_promotion()
    texts = "Lists of the other side stop", "who has chosen more keeps it", "all that were saved"
    for page, are_said in ((f"{promotion.pk}/change/", True), ("add/", False)):
        shown = page_text(client.get(LIST + page))
        assert [text in shown for text in texts] == [are_said] * 3


@pytest.mark.parametrize("method", ["get", "post"])
def test_E1_without_the_permission_nothing_opens(method):
    promotion, customer, tea = make_personalized_promotion(), make_customer(), make_product("Tea")
    make_list(promotion, customer, [tea])
    client = staff_with("customers.view_customer", "promotions.view_discount")
    doors = [LIST, f"{LIST}add/"]
    doors += [f"{LIST}{promotion.pk}/{page}/" for page in ("change", "delete", "history")]
    doors += [
        reverse("admin:listed_products_add", args=[customer.pk]),
        reverse("admin:listed_product_remove", args=[customer.pk, promotion.pk, tea.pk]),
    ]
    assert {getattr(client, method)(door).status_code for door in doors} == {403}
    assert (PersonalizedPromotion.objects.count(), ListedProduct.objects.count()) == (1, 1)
    tab = client.get(f"/admin/customers/customer/{customer.pk}/change/?tab=loyalty")
    assert "Tea" not in tab.content.decode()


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"backend_id": ""}, "backend_id", "This field is required."),
        (
            {"backend_id": "a b"},
            "backend_id",
            "Write letters, digits, dots, dashes and underscores.",
        ),
        (
            {"backend_id": "taken"},
            "backend_id",
            "Personalized promotion with this BackendID already exists.",
        ),
        ({"max_products": "0"}, "max_products", "Ensure this value is greater than or equal to 1."),
        ({"users": "all"}, "users", None),
    ],
)
def test_E3_E4_mistakes_are_named(client, fields, field, message):
    make_personalized_promotion(backend_id="taken")
    found = errors(client.post(f"{LIST}add/", form(**fields)))
    assert list(found) == [field]
    assert message is None or found[field] == [message]


def test_E2_the_overview_says_what_is_set_and_how_many_have_lists(client):
    first = make_personalized_promotion(
        name="A", backend_id="a", max_products=2, lock_after_apply=True
    )
    make_personalized_promotion(name="B", backend_id="b", users="employees")
    goods = [make_product(), make_product()]
    for number in range(3):
        make_list(first, make_customer(), goods, chosen=goods[: min(number, 1)])
    count_lists(NOON)
    make_personalized_promotion(name="C", backend_id="c")
    assert [list(row.values()) for row in rows(client.get(LIST))] == [
        ["A", "a", "Consumers", "2", "yes", "3", "2"],
        ["B", "b", "Employees", "whole list", "no", "0", "0"],
        ["C", "c", "Consumers", "whole list", "no", "–", "–"],
    ]


def test_counting_again_follows_what_changed():
    promotion, goods = make_personalized_promotion(), [make_product(), make_product()]
    make_list(promotion, make_customer(), goods, chosen=goods)
    count_lists(NOON)
    make_list(promotion, make_customer(), goods)
    ListedProduct.objects.update(is_chosen=False)
    count_lists(NOON + DAY)
    promotion.refresh_from_db()
    count = promotion.count
    assert (count.customers, count.customers_who_chose, count.counted_at) == (2, 0, NOON + DAY)


def test_E2_filters_by_users_lock_and_use_and_a_search(client):
    now = timezone.now()
    used = make_personalized_promotion(name="Used", backend_id="u", users="employees")
    live = make_discount(start=now - DAY, end=now + DAY)
    make_product_set(live, personalized_promotion=used)
    make_product_set(live, everything=True)
    over = make_personalized_promotion(name="Over", backend_id="o", lock_after_apply=True)
    make_product_set(make_discount(start=now - DAY, end=now), personalized_promotion=over)
    for query, expected in (
        ("used=yes", ["Used"]),
        ("used=no", ["Over"]),
        ("users=consumers", ["Over"]),
        ("lock=yes", ["Over"]),
        ("lock=no", ["Used"]),
        ("q=use", ["Used"]),
        ("q=nothing", []),
    ):
        assert column(client.get(f"{LIST}?{query}"), "shown_name") == expected, query


def test_E24_what_a_discount_uses_is_not_deleted_and_the_discounts_are_named(client):
    promotion = make_personalized_promotion()
    for name in ("Half price", "Another"):
        make_product_set(make_discount(name=name), personalized_promotion=promotion)
    make_product_set(make_discount(name="Of something else"), everything=True)
    refused = client.post(f"{LIST}{promotion.pk}/delete/")
    text = page_text(refused)
    assert "Discount “Another” Discount “Half price”" in text
    assert "Of something else" not in text
    assert PersonalizedPromotion.objects.filter(pk=promotion.pk).exists()
    shown = page_text(client.get(f"{LIST}{promotion.pk}/change/"))
    assert "Discount “Another” Discount “Half price”" in shown


@pytest.mark.parametrize("number", [1, 3])
def test_the_overview_takes_the_same_queries_however_long(
    client, number, django_assert_num_queries
):
    for _ in range(number):
        make_personalized_promotion()
    count_lists(NOON)
    client.get(LIST)
    with django_assert_num_queries(7):
        client.get(LIST)


def lookup(client, promotion, query):
    return page_text(client.get(f"{LIST}{promotion.pk}/change/?tab=lists&q={query}"))


def test_of_a_long_list_the_beginning_is_shown_what_is_chosen_first():
    goods = [make_product(f"Tea {number:02}") for number in range(1, 27)]
    promotion, anna = make_personalized_promotion(), make_customer(first_name="Anna")
    make_list(promotion, anna, goods, chosen=goods[25:])
    text = lookup(staff_with(RIGHT, "customers.view_customer"), promotion, "Anna")
    assert re.findall(r"Tea \d\d", text) == [f"Tea {n:02}" for n in (26, *range(1, 24))]
    assert "of 26 products" in text


def test_one_customer_s_list_is_looked_up():
    promotion, other = make_personalized_promotion(), make_personalized_promotion()
    tea, cake = make_product("Tea"), make_product("Cake")
    anna = make_customer(first_name="Anna", last_name="Nowak")
    make_customer(first_name="Annabel", last_name="Listless")
    changed = make_customer(first_name="Annette", last_name="Sides", employee=True)
    make_list(promotion, anna, [tea, cake], chosen=[tea])
    make_list(promotion, changed, [cake])
    make_list(other, anna, [make_product("Of another promotion")])
    text = lookup(staff_with(RIGHT, "customers.view_customer"), promotion, "Ann")
    assert "Anna Nowak Tea chosen Cake" in text
    assert "Annabel Listless no list" in text
    assert "Annette Sides no list" in text
    assert "Of another promotion" not in text
    assert "Nowak" not in lookup(staff_with(RIGHT), promotion, "Ann")
