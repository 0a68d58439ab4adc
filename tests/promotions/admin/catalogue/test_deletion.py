"""What is needed can't be deleted, and the page says by what."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.utils import timezone

from promotions.models import Category, DiscountItem, PointOfSale, Product, ProductGroup, ProductSet
from tests.factories import make_altshop, make_customer, make_offer
from tests.loyalty.purchases.factories import make_purchase
from tests.pages import links, page_text, staff_with
from tests.promotions.admin.catalogue.rights import POINTS, VIEW, all_of
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_personalized_promotion,
    make_point_of_sale,
    make_product,
    make_product_group,
)
from tests.races import locked, on_own_connection, wait_for_waiting

pytestmark = pytest.mark.django_db
MAKERS = {
    "product": make_product,
    "category": make_category,
    "product_group": make_product_group,
    "point_of_sale": make_point_of_sale,
}


@pytest.fixture
def client():
    rights = [right for name in ("product", "category", "productgroup") for right in all_of(name)]
    return staff_with(*rights, *POINTS, *VIEW)


def page_of(thing):
    return f"/admin/promotions/{thing._meta.model_name}/{thing.pk}/delete/"


@pytest.mark.parametrize("name", MAKERS)
def test_what_nothing_needs_is_deleted_after_a_question(client, name):
    thing, other = MAKERS[name](), MAKERS[name]()
    asked = page_text(client.get(page_of(thing)))
    assert f"“{thing}” will be deleted permanently." in asked
    assert type(thing).objects.count() == 2
    there = f"/admin/promotions/{thing._meta.model_name}/"
    assert client.post(page_of(thing)).headers["Location"] == there
    assert list(type(thing).objects.all()) == [other]


@pytest.mark.django_db(transaction=True)
def test_what_begins_to_need_it_at_the_last_moment_is_told(client):
    """It is stopped after it looked for what needs it, when it is about to be deleted."""
    category = make_category("Cakes")
    with ThreadPoolExecutor(1) as pool:
        with locked("SELECT FROM promotions_category FOR KEY SHARE"):
            answer = pool.submit(on_own_connection, partial(client.post, page_of(category)))
            wait_for_waiting()
            make_product("Cake", category=category)
        told = page_text(answer.result())
    assert "“Cakes” can't be deleted while it is needed: 1 product in it" in told
    assert Category.objects.get() == category


@pytest.mark.parametrize("name", MAKERS)
def test_what_a_discount_names_stays_and_the_discount_is_told(client, name):
    thing, discount = MAKERS[name](), make_discount(name="Ten off")
    make_discount(name="Another")
    DiscountItem.objects.create(discount=discount, **{name: thing})
    for answer in (client.get(page_of(thing)), client.post(page_of(thing))):
        told = page_text(answer)
        assert f"“{thing}” can't be deleted while it is needed: Discount “Ten off”" in told
        assert "Another" not in told
    assert type(thing).objects.count() == 1
    form = client.get(page_of(thing).replace("delete", "change"))
    there = f"/admin/promotions/discount/{discount.pk}/change/"
    assert ("Discount “Ten off”", there) in links(form)


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_point_of_sale_with_receipts_stays_and_no_receipt_is_named(client, verb):
    """They have no page among the models', and may be millions."""
    place = make_point_of_sale()
    for receipt in ("R-1", "R-2"):
        make_purchase(receipt=receipt, customer=make_customer(), place=place, now=timezone.now())
    told = page_text(getattr(client, verb)(page_of(place)))
    assert f"“{place}” can't be deleted while it is needed: Purchases" in told
    assert told.count("Purchases") == 1
    assert "R-1" not in told
    assert PointOfSale.objects.get() == place


def test_a_discount_is_led_to_by_those_only_who_may_look_at_it():
    product, discount = make_product(), make_discount(name="Ten off")
    DiscountItem.objects.create(discount=discount, product=product)
    staff = staff_with(*all_of("product"))
    there = f"/admin/promotions/discount/{discount.pk}/change/"
    for page in (page_of(product), page_of(product).replace("delete", "change")):
        answer = staff.get(page)
        assert "Ten off" in page_text(answer)
        assert there not in answer.content.decode()


def test_a_default_product_of_a_product_set_stays(client):
    product, discount = make_product(), make_discount(name="Your five")
    ProductSet.objects.create(
        discount=discount,
        name="Five",
        personalized_promotion=make_personalized_promotion(),
        default_product=product,
    )
    assert "Discount “Your five”" in page_text(client.post(page_of(product)))
    assert Product.objects.count() == 1


def test_a_category_with_products_or_categories_stays_and_they_are_counted(client):
    food = make_category("Food")
    make_category(parent=food)
    for _ in range(3):
        make_product(category=food)
    told = client.post(page_of(food))
    assert "is needed: 3 products in it 1 category below it Back" in page_text(told)
    assert ("3 products in it", f"/admin/promotions/product/?category={food.pk}") in links(told)
    assert Category.objects.count() == 2


def test_t29_what_a_private_offer_opens_stays(client):
    product = make_product()
    category = make_category(id=product.pk)
    make_offer(name="cakes", link_type="product", object_id=str(product.pk))
    make_offer(name="custom", object_id=str(product.pk))
    assert "is needed: Private offer “cakes” Back" in page_text(client.post(page_of(product)))
    # The category has the same number, and nothing opens it.
    assert "will be deleted permanently" in page_text(client.get(page_of(category)))
    assert Product.objects.count() == 1


def test_a_point_of_sale_at_which_an_altshop_sells_stays(client):
    web = make_point_of_sale(channel="online")
    make_altshop(name="Outlet", point_of_sale=web)
    assert "is needed: Altshop “Outlet” Back" in page_text(client.post(page_of(web)))
    assert PointOfSale.objects.count() == 1


def test_a_product_leaves_its_groups_when_it_is_deleted(client):
    product, other = make_product(barcodes=["1"]), make_product()
    group = make_product_group(products=[product, other])
    client.post(page_of(product))
    assert (ProductGroup.objects.count(), group.members.count()) == (1, 1)
