"""Duplicating, deleting, the history of a discount, and what the picker of goods is answered."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial

import pytest
from django.db import transaction

from customers.audiences.uses import uses_of
from customers.models import Audience
from promotions.limits import DISCOUNTS, Given
from promotions.models import Discount, DiscountItem, Use
from tests.factories import NOON, make_audience, make_staff
from tests.pages import page_text, signed_in, staff_with
from tests.promotions.admin.discounts.forms import (
    ADD,
    ALL_SEEN,
    EDITOR,
    LIST,
    cards,
    confirmed,
    entries,
)
from tests.promotions.factories import (
    make_category,
    make_discount,
    make_personalized_promotion,
    make_product,
    make_product_group,
    make_product_set,
)
from tests.races import on_own_connection, wait_for_waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return staff_with(*ALL_SEEN, "promotions.delete_discount")


@pytest.fixture
def whole():
    discount = make_discount(name="Whole", value="12.5")
    part = make_product_set(discount, name="These", required=2)
    DiscountItem.objects.create(
        discount=discount, product_set=part, product=make_product("Milk", external_id="milk")
    )
    make_product_set(
        discount,
        name="Own",
        gets_discount=True,
        personalized_promotion=make_personalized_promotion(name="Five"),
    )
    discount.conditions.create(kind="order_amount", minimum=10)
    DiscountItem.objects.create(discount=discount, audience=make_audience(name="Car owners"))
    return discount


def test_a_copy_starts_with_everything_but_the_name_and_saves_as_a_new_one(client, whole):
    page = client.get(f"{ADD}?copy={whole.pk}")
    form = page.context["adminform"].form
    assert form["name"].value() == "Whole (copy)"
    assert form["value"].value() == "12.5"
    body = page.content.decode()
    assert 'name="sets-0-name" value="These"' in body
    assert "product:milk" in body
    assert 'name="sets-1-gets_discount" class="bo-input"' not in body
    assert [card.is_empty for card in form.sets] == [False, False, True, True]
    assert [card.is_empty for card in form.conditions] == [False, True, True]
    assert len(form["for_audiences"].value()) == 1
    assert Discount.objects.count() == 1


def test_a_copy_says_what_it_leaves_out(whole):
    whole.conditions.create(kind="audiences")
    page = page_text(staff_with(*EDITOR).get(f"{ADD}?copy={whole.pk}", follow=True))
    assert "Left out: 1 audience (you may not see which), conditions that you may not see." in page


def test_an_unused_discount_is_deleted_with_its_parts(client, whole):
    url = f"{LIST}{whole.pk}/delete/"
    assert "It was never used." in page_text(client.get(url))
    assert client.post(url, {"post": "yes"}).status_code == 302
    assert (Discount.objects.count(), DiscountItem.objects.count()) == (0, 0)
    assert "This discount was deleted." in page_text(client.get(f"{LIST}{whole.pk}/history/"))


def test_a_used_discount_is_switched_off_instead(client, whole):
    Use.objects.create(discount=whole, purchase="R1", at=NOON, amount=1)
    url = f"{LIST}{whole.pk}/delete/"
    page = page_text(client.get(url))
    assert "It can't be deleted: receipts speak of it. Switch it off instead" in page
    assert "Delete permanently" not in page
    assert client.post(url, {"post": "yes"}).status_code == 200
    assert client.post(url, {"switch_off": "1"}).status_code == 302
    assert not Discount.objects.get().is_active


@pytest.mark.django_db(transaction=True)
def test_a_discount_that_is_used_at_the_last_moment_is_switched_off_instead(client):
    """The purchase is being confirmed when somebody deletes the discount."""
    discount = make_discount()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            given = [Given(discount.pk, Decimal(1))]
            DISCOUNTS.claim(purchase="R1", customer_id=None, given=given, at=NOON)
            post = partial(client.post, f"{LIST}{discount.pk}/delete/", {"post": "yes"})
            answer = pool.submit(on_own_connection, post)
            wait_for_waiting()
        page = page_text(answer.result())
    assert "It can't be deleted: receipts speak of it." in page
    assert (Discount.objects.get(), Use.objects.get().purchase) == (discount, "R1")


def test_who_may_delete_but_not_change_switches_nothing_off(whole):
    client = staff_with("promotions.view_discount", "promotions.delete_discount")
    assert client.post(f"{LIST}{whole.pk}/delete/", {"switch_off": "1"}).status_code == 403
    assert Discount.objects.get().is_active


@pytest.mark.django_db(transaction=True)
def test_the_history_tells_of_all_parts_in_one_timeline():
    client = signed_in(make_staff(*ALL_SEEN, email="ada@example.com"))
    make_product("Milk", external_id="milk")
    sets = cards("sets", {"name": "These", "goods": "milk", "gets_discount": "on"})
    assert confirmed(client, ADD, entries(action="product_sets", **sets)).status_code == 302
    discount = Discount.objects.get()
    (part,) = discount.product_sets.all()
    sets = cards(
        "sets",
        {"id": part.pk, "name": "Those", "contents": "all", "gets_discount": "on"},
        initial=1,
    )
    conditions = cards("conditions", {"kind": "times", "days": [5, 6]})
    changed = entries(action="product_sets", value="25", **sets, **conditions)
    assert confirmed(client, f"{LIST}{discount.pk}/change/", changed).status_code == 302
    entries_ = list(client.get(f"{LIST}{discount.pk}/history/").context["page"])
    assert [(entry.who, entry.did) for entry in entries_] == [
        ("ada@example.com", "changed"),
        ("ada@example.com", "created"),
    ]
    assert [(c.label, c.old, c.new) for c in entries_[0].changes] == [
        ("Value", "20", "25"),
        ("Set “Those” · Name of product set", "These", "Those"),
        ("Set “Those” · All products", "no", "yes"),
        ("Condition", "", "Days and hours"),
        ("Condition “Days and hours” · Days", "", "Sat, Sun"),
        ("Set “Those” · Product", "Milk", ""),
    ]


def test_the_picker_finds_products_categories_and_groups_by_name_id_and_barcode(client):
    make_product("Shampoo", external_id="S1", barcodes=["590"])
    make_category("Shampoos", external_id="C1")
    make_product_group("Shampoo week")
    make_product("Soap")

    def labels(**asked):
        results = client.get(f"{LIST}goods/", asked).json()["results"]
        return [(each["token"], each["label"]) for each in results]

    assert labels(q="shamp") == [
        ("group:Shampoo week", "Shampoo week"),
        ("category:C1", "Shampoos"),
        ("product:S1", "Shampoo"),
    ]
    assert labels(q="590") == [("product:S1", "Shampoo")]
    assert labels(q="shamp", only="product") == [("product:S1", "Shampoo")]
    assert labels(exact="S1\nnothing\ncategory:C1") == [
        ("product:S1", "Shampoo"),
        ("category:C1", "Shampoos"),
    ]
    assert labels(q="") == []


def test_an_audience_says_which_discounts_use_it_once_each_and_is_kept():
    audience = make_audience({"all": []}, name="Car owners")
    discount = make_discount(name="For drivers")
    make_discount(name="For all")
    DiscountItem.objects.create(discount=discount, audience=audience)
    condition = discount.conditions.create(kind="audiences")
    DiscountItem.objects.create(discount=discount, condition=condition, audience=audience)
    uses = uses_of([audience.pk])[audience.pk]
    assert [(str(use.kind), use.name, use.pk) for use in uses] == [
        ("Discount", "For drivers", discount.pk)
    ]
    client = staff_with("customers.view_audience", "customers.delete_audience")
    client.post(f"/admin/customers/audience/{audience.pk}/delete/")
    assert Audience.objects.filter(pk=audience.pk).exists()
