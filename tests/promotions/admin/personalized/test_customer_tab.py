"""E12: the tab Loyalty of a customer, and what staff put on their lists there."""

import re

import pytest
from django.urls import reverse

from tests.factories import make_customer
from tests.pages import page_text, staff_with
from tests.promotions.factories import make_list, make_personalized_promotion, make_product
from tests.promotions.personal.reading import chosen, names

pytestmark = pytest.mark.django_db
RIGHTS = ("promotions.PersonalizedPromotions", "customers.view_customer")


@pytest.fixture
def client():
    return staff_with(*RIGHTS)


@pytest.fixture
def anna():
    return make_customer(first_name="Anna")


def tab(client, customer, asked=""):
    page = f"/admin/customers/customer/{customer.pk}/change/?tab=loyalty{asked}"
    return page_text(client.get(page))


def test_E12_the_tab_shows_the_customer_s_lists_what_is_chosen_and_locked(client, anna):
    tea, cake = make_product("Tea", external_id="T"), make_product("Cake", external_id="C")
    free = make_personalized_promotion(name="Free choice", max_products=2)
    final = make_personalized_promotion(name="Final choice", lock_after_apply=True)
    make_list(free, anna, [tea, cake])
    make_list(final, anna, [tea], chosen=[tea])
    for promotion, customer in (
        (make_personalized_promotion(name="For employees", users="employees"), anna),
        (make_personalized_promotion(name="Of Ben"), make_customer()),
    ):
        make_list(promotion, customer, [make_product("Not hers")])
    text = tab(client, anna)
    assert "Loyalty" in text
    head = "Product Chosen? ID Remove"
    assert f"Final choice 1 chosen of 1 on the list. locked {head} Tea chosen T Remove" in text
    assert (
        f"Free choice 0 chosen of 2 on the list, at most 2. {head} Cake – C Remove Cake Tea – T"
        in text
    )
    assert "Not hers" not in text
    assert "For employees" not in text


def test_a_long_list_is_shown_by_the_page_what_is_chosen_first(client, anna):
    goods = [make_product(f"Tea {number:02}") for number in range(1, 27)]
    promotion = make_personalized_promotion()
    make_list(promotion, anna, goods, chosen=goods[24:])
    make_list(make_personalized_promotion(), anna, [make_product("Of a short list")])
    for asked, numbers, words in (
        ("", [25, 26, *range(1, 23)], "Page 1 of 2 Next"),
        ("&page=2", [23, 24], "Previous Page 2 of 2"),
        ("&page=9", [23, 24], "Previous Page 2 of 2"),
        ("&find=TEA+2", [25, 26, *range(20, 25)], "Find a product: Search"),
        ("&find=coffee", [], "No product of the list matches."),
    ):
        text = tab(client, anna, f"&promotion={promotion.pk}{asked}")
        shown = re.findall(r"Tea (\d\d) (?:chosen|–)", text)
        assert [int(number) for number in shown] == numbers
        assert "2 chosen of 26 on the list" in text
        assert (words in text, "Of a short list –" in text) == (True, True)


def test_E9_staff_put_products_on_a_list_by_id_or_barcode(client, anna):
    promotion = make_personalized_promotion(name="Free choice")
    make_product("Tea", external_id="T", barcodes=["590"])
    make_product("Cake", external_id="C")
    page = reverse("admin:listed_products_add", args=[anna.pk])
    sent = {"promotion": promotion.pk, "products": " 590\r\n\r\nC\nT"}
    response = client.post(page, sent, follow=True)
    assert "2 products added to the list of “Free choice”." in page_text(response)
    assert names(promotion, anna) == ["Cake", "Tea"]


@pytest.mark.parametrize(
    ("products", "message"),
    [
        ("T\nX\nY", "No product has these: X, Y."),
        ("", "This field is required."),
        ("T\n" * 101, "At most 100 at once; import a file of more."),
    ],
)
def test_E9_mistakes_are_named_and_nothing_is_added(client, anna, products, message):
    promotion = make_personalized_promotion()
    make_product("Tea", external_id="T")
    page = reverse("admin:listed_products_add", args=[anna.pk])
    response = client.post(page, {"promotion": promotion.pk, "products": products})
    assert message in page_text(response)
    assert names(promotion, anna) == []


def test_E6_promotions_of_the_other_side_can_t_be_chosen(client, anna):
    promotion = make_personalized_promotion(users="employees")
    make_product("Tea", external_id="T")
    page = reverse("admin:listed_products_add", args=[anna.pk])
    response = client.post(page, {"promotion": promotion.pk, "products": "T"})
    assert "Select a valid choice" in page_text(response)
    assert names(promotion, anna) == []


def test_E10_E24_taking_a_product_off_asks_first_and_says_that_it_was_chosen(client, anna):
    promotion, tea, cake = make_personalized_promotion(), make_product("Tea"), make_product("Cake")
    make_list(promotion, anna, [tea, cake], chosen=[tea, cake])
    page = reverse("admin:listed_product_remove", args=[anna.pk, promotion.pk, tea.pk])
    assert "it drops out of their choice, too" in page_text(client.get(page))
    assert names(promotion, anna) == ["Cake", "Tea"]
    client.post(page)
    assert (names(promotion, anna), chosen(promotion, anna)) == (["Cake"], ["Cake"])


def test_E1_the_list_is_changed_only_by_who_may_see_customers(anna):
    promotion, tea = make_personalized_promotion(), make_product("Tea", external_id="T")
    make_list(promotion, anna, [tea])
    client = staff_with(RIGHTS[0])
    remove = reverse("admin:listed_product_remove", args=[anna.pk, promotion.pk, tea.pk])
    add = reverse("admin:listed_products_add", args=[anna.pk])
    sent = {"promotion": promotion.pk, "products": "T"}
    assert [client.post(page, sent).status_code for page in (remove, add)] == [403, 403]
    assert names(promotion, anna) == ["Tea"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_tab_takes_the_same_queries_however_much_is_on_it(
    client, anna, number, django_assert_num_queries
):
    for _ in range(number):
        make_list(make_personalized_promotion(), anna, [make_product() for _ in range(number)])
    tab(client, anna)
    with django_assert_num_queries(10):
        tab(client, anna)
