"""E9–E11 as services, and choosing by API (E4, E5, E20, E24)."""

from decimal import Decimal

import pytest

from customers.keys import Scope
from promotions.limits import DISCOUNTS, Given
from tests.api_keys import key_of
from tests.factories import NOON, make_customer, make_group, make_staff
from tests.promotions.factories import (
    make_discount,
    make_list,
    make_personalized_promotion,
    make_product,
    make_product_set,
)
from tests.promotions.personal.reading import chosen, names

pytestmark = pytest.mark.django_db
RIGHT = "promotions.PersonalizedPromotions"
PATH = "/api/v1/personalized-promotions"


@pytest.fixture
def key():
    return key_of(make_staff(RIGHT), Scope.PROMOTIONS_READ, Scope.PROMOTIONS_WRITE)


@pytest.fixture
def promotion():
    return make_personalized_promotion(
        backend_id="your-five", name="Your five", description="Pick two.", max_products=2
    )


@pytest.fixture
def anna():
    return make_customer("anna@example.com", external_id="C/1")


@pytest.fixture
def goods():
    return [
        make_product("Apples", external_id="A", barcodes=["590", "C"]),
        make_product("Bread", external_id="B"),
        make_product("Cheese", external_id="C", price="4.99"),
    ]


@pytest.fixture
def ask(client, key):
    def answer(method, of, body=None, *, customer="email:anna@example.com", **asked):
        to = f"{PATH}/{asked.get('backend_id', 'your-five')}/customers/{customer}/{of}"
        call = getattr(client, method)
        headers = asked.get("key", key)
        if body is None:
            return call(to, headers=headers)
        return call(to, body, content_type="application/json", headers=headers)

    return answer


def told(answer):
    return answer.status_code, answer.json().get("code", answer.json())


def test_E9_E10_E11_a_list_is_made_read_and_cut_by_service(ask, promotion, anna, goods):
    body = {"products": ["B", "590", "A"]}
    assert told(ask("post", "products", body)) == (200, {"added": 2, "already": 0})
    assert told(ask("post", "products", body)) == (200, {"added": 0, "already": 2})
    # C is a product's own number, and a barcode of another: its own number goes before.
    body = {"products": ["C", "B"]}
    assert told(ask("post", "products", body)) == (200, {"added": 1, "already": 1})
    assert told(ask("get", "products", customer="external:C/1")) == (
        200,
        {
            "id": promotion.pk,
            "backend_id": "your-five",
            "name": "Your five",
            "description": "Pick two.",
            "products": [
                {"id": goods[0].pk, "external_id": "A", "name": "Apples", "price": "10.000"},
                {"id": goods[1].pk, "external_id": "B", "name": "Bread", "price": "10.000"},
                {"id": goods[2].pk, "external_id": "C", "name": "Cheese", "price": "4.990"},
            ],
        },
    )
    assert told(ask("delete", "products?product=A&product=C")) == (200, {"removed": 2})
    assert told(ask("delete", "products?product=A&product=C")) == (200, {"removed": 0})
    assert names(promotion, anna) == ["Bread"]


def shown(answer):
    assert answer.status_code == 200, answer.content
    found = answer.json()
    for name in ("chosen", "available"):
        found[name] = [each["name"] for each in found[name]]
    found["default"] = found["default"] and found["default"]["name"]
    return found


def test_E4_E5_E20_a_choice_is_made_repeated_and_final(ask, promotion, anna, goods):
    make_list(promotion, anna, goods)
    make_list(promotion, make_customer("ben@example.com"), goods[:1], chosen=goods[:1])
    promotion.lock_after_apply = True
    promotion.save()
    make_product_set(
        make_discount(start="2020-01-01T00:00Z", end="2199-01-01T00:00Z"),
        personalized_promotion=promotion,
        default_product=goods[2],
        gets_discount=True,
    )
    before = {
        "chosen": [],
        "available": ["Apples", "Bread", "Cheese"],
        "maximum": 2,
        "locked": False,
        "default": "Cheese",
    }
    assert shown(ask("get", "selection")) == before
    assert shown(ask("put", "selection", {"products": []})) == before
    after = {**before, "chosen": ["Apples", "Bread"], "locked": True}
    for products in (["A", "B"], ["B", "590"]):
        assert shown(ask("put", "selection", {"products": products})) == after
    assert told(ask("put", "selection", {"products": ["C"]})) == (409, "locked")
    assert told(ask("put", "selection", {"products": []})) == (409, "locked")
    assert shown(ask("get", "selection")) == after


def test_E20_the_default_is_of_a_discount_for_the_customer(ask, promotion, anna, goods):
    make_list(promotion, anna, goods)
    ever = {"start": "2020-01-01T00:00Z", "end": "2199-01-01T00:00Z"}
    for_others, used_up = make_discount(**ever), make_discount(most_uses=1, **ever)
    for discount, default in (
        (for_others, goods[0]),
        (used_up, goods[1]),
        (make_discount(**ever), goods[2]),
    ):
        make_product_set(
            discount, personalized_promotion=promotion, default_product=default, gets_discount=True
        )
    for_others.items.create(customer_group=make_group())
    assert shown(ask("get", "selection"))["default"] == "Bread"
    DISCOUNTS.claim(purchase="1", customer_id=None, given=[Given(used_up.pk, Decimal(1))], at=NOON)
    assert shown(ask("get", "selection"))["default"] == "Cheese"


def test_E24_what_is_removed_drops_out_of_the_choice(ask, promotion, anna, goods):
    make_list(promotion, anna, goods, chosen=goods[:2])
    ask("delete", "products?product=A")
    assert shown(ask("get", "selection"))["chosen"] == ["Bread"]


@pytest.mark.parametrize(
    ("products", "answer"),
    [
        (["A", "B", "C"], (409, "too_many")),
        (["A", "D"], (409, "not_listed")),
        (["A", "E"], (422, "unknown_product")),
        (["A\0"], (422, "unknown_product")),
        ([""], (422, "malformed")),
        (["x" * 65], (422, "malformed")),
        ("A", (422, "malformed")),
        (None, (422, "malformed")),
    ],
)
def test_E4_E7_a_choice_that_can_t_be_is_refused_whole(
    ask, promotion, anna, goods, products, answer
):
    make_product("Dates, of nobody's list", external_id="D")
    make_list(promotion, anna, goods, chosen=goods[2:])
    assert told(ask("put", "selection", {"products": products})) == answer
    assert chosen(promotion, anna) == ["Cheese"]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"backend_id": "your-six"}, (404, "unknown_promotion")),
        ({"backend_id": "your%00-five"}, (404, "unknown_promotion")),
        ({"customer": "email:eve@example.com"}, (404, "unknown_customer")),
        ({"customer": "email:waits@example.com"}, (404, "unknown_customer")),
        ({"customer": "anna@example.com"}, (422, "customer_address")),
    ],
)
def test_E9_promotion_and_customer_must_exist(ask, promotion, anna, goods, asked, answer):
    waits = make_customer("waits@example.com", is_prospect=True)
    make_list(promotion, waits, goods)
    for method, of, body in (
        ("get", "products", None),
        ("post", "products", {"products": ["A"]}),
        ("delete", "products?product=A", None),
        ("get", "selection", None),
        ("put", "selection", {"products": ["A"]}),
    ):
        assert told(ask(method, of, body, **asked)) == answer, (method, of)
    assert (names(promotion, waits), chosen(promotion, waits)) == (
        ["Apples", "Bread", "Cheese"],
        [],
    )


def test_E10_a_removal_that_names_no_product_removes_nothing(ask, promotion, anna, goods):
    make_list(promotion, anna, goods)
    assert told(ask("delete", "products")) == (422, "malformed")
    assert names(promotion, anna) == ["Apples", "Bread", "Cheese"]


def test_unknown_products_are_told_by_their_places_and_nothing_is_added(
    ask, promotion, anna, goods
):
    answer = ask("post", "products", {"products": ["A", "X", "B", "Y"]})
    assert answer.json() == {
        "detail": "No product has these external IDs or barcodes: products[1], products[3].",
        "code": "unknown_product",
    }
    assert names(promotion, anna) == []


def test_E6_who_is_on_the_other_side_gets_no_list_and_shows_none(ask, promotion, anna, goods):
    make_list(promotion, anna, goods[:1], chosen=goods[:1])
    anna.employee = True
    anna.save()
    assert told(ask("post", "products", {"products": ["B"]})) == (409, "wrong_users")
    assert told(ask("put", "selection", {"products": ["A"]})) == (409, "wrong_users")
    assert ask("get", "products").json()["products"] == []
    assert shown(ask("get", "selection"))["available"] == []


def test_E1_the_key_needs_its_scope_and_its_maker_the_permission(ask, promotion, anna, goods):
    scopes = (Scope.PROMOTIONS_READ, Scope.PROMOTIONS_WRITE)
    may_read = key_of(make_staff(RIGHT), Scope.PROMOTIONS_READ)
    may_write = key_of(make_staff(RIGHT), Scope.PROMOTIONS_WRITE)
    others = key_of(make_staff("customers.view_customer"), *scopes)
    requests = [
        ("get", "products", None),
        ("get", "selection", None),
        ("post", "products", {"products": ["A"]}),
        ("delete", "products?product=A", None),
        ("put", "selection", {"products": []}),
    ]
    reading, writing = requests[:2], requests[2:]
    for wrong, key, code in ((writing, may_read, "scope"), (reading, may_write, "scope")):
        assert {told(ask(*each, key=key)) for each in wrong} == {(403, code)}
    assert {told(ask(*each, key=others)) for each in requests} == {(403, "permission")}
    assert {told(ask(*each, key={})) for each in requests} == {(401, "no_key")}
    for right, key in ((reading, may_read), (writing, may_write)):
        assert {ask(*each, key=key).status_code for each in right} == {200}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [1, 3])
def test_the_services_take_the_same_queries_however_long_the_list(
    ask, promotion, anna, goods, number, django_assert_num_queries
):
    make_list(promotion, anna, goods[:number])
    ask("get", "selection")
    with django_assert_num_queries(4):
        ask("get", "products")
    with django_assert_num_queries(5):
        ask("get", "selection")
