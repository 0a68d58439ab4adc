"""Items of personal offers by the API (L9, L10, L16, L22): one customer's, and in batches."""

import pytest

from customers.keys import Scope
from customers.models import Customer
from loyalty.models import OfferAnswer, OfferItems, PersonalOffer
from promotions.models import Product
from tests.api_keys import key_of
from tests.factories import make_staff
from tests.loyalty.factories import answer
from tests.loyalty.personal.conftest import shop  # noqa: F401
from tests.loyalty.personal.item_files import had

pytestmark = pytest.mark.django_db
ANN = "ann@example.com"


@pytest.fixture
def send(client, shop):  # noqa: F811
    key = key_of(make_staff("loyalty.import_items"), Scope.PERSONAL_OFFERS_WRITE)

    def send(method, path, body):
        call = getattr(client, method)
        answer = call(f"/api/v1{path}", body, content_type="application/json", headers=key)
        return answer.status_code, answer.json()

    return send


def path(offer="bags", customer="email:ann@example.com"):
    number = PersonalOffer.objects.get(name=offer).pk
    return f"/customers/{customer}/personal-offers/{number}/items"


def product(code):
    return Product.objects.get(external_id=code).pk


def test_one_customers_items_are_replaced_and_taken_away(send):
    both = {"items": [{"target": "PURSE", "value": "30"}, {"target": "HANDBAG", "value": "50"}]}
    assert send("put", path(), both) == (200, {"result": "created"})
    assert send("put", path(), both) == (200, {"result": "unchanged"})
    assert had() == {
        ("bags", ANN): [[product("HANDBAG"), None, None, 50], [product("PURSE"), None, None, 30]]
    }
    assert send("put", path(), {"items": both["items"][:1]}) == (200, {"result": "updated"})
    assert had() == {("bags", ANN): [[product("PURSE"), None, None, 30]]}
    assert send("put", path(), {"items": []}) == (200, {"result": "removed"})
    assert (send("put", path(), {"items": []}), had()) == ((200, {"result": "unchanged"}), {})


def test_merging_replaces_the_same_targets_and_keeps_the_rest(send):
    send("put", path(), {"items": [{"target": "PURSE", "value": "30"}], "needs_acceptance": True})
    more = {"items": [{"target": "HANDBAG", "value": "5"}, {"target": "PURSE", "value": "7"}]}
    assert send("patch", path(), more) == (200, {"result": "updated"})
    assert had() == {
        ("bags", ANN): [[product("HANDBAG"), None, None, 5], [product("PURSE"), None, None, 7]]
    }
    assert OfferItems.objects.get().needs_acceptance is True
    baskets = path("baskets")
    send("put", baskets, {"items": [{"threshold": "100", "value": "1"}]})
    assert send("patch", baskets, {"items": [{"threshold": "50", "value": "2"}]}) == (
        422,
        {
            "code": "threshold_smaller",
            "detail": "A higher threshold can't give less than the one before it.",
        },
    )
    send("patch", baskets, {"items": [{"threshold": "200", "value": "2"}]})
    assert had()["baskets", ANN] == [[100, None, None, 1], [200, None, None, 2]]


def test_l22_items_say_whether_they_are_asked_and_where_they_are_announced(send):
    body = {"items": [{"target": "PURSE", "value": "1"}], "channels": ["app", "push"]}
    send("put", path(), {**body, "needs_acceptance": False})
    row = OfferItems.objects.get()
    assert (row.needs_acceptance, row.channels) == (False, ["app", "push"])


def test_answers_go_with_products_that_go(send):
    bags, ann = PersonalOffer.objects.get(name="bags"), Customer.objects.get(email=ANN)
    both = {"items": [{"target": "PURSE", "value": "30"}, {"target": "HANDBAG", "value": "50"}]}
    send("put", path(), both)
    for code in ("PURSE", "HANDBAG"):
        answer(bags, ann, item=product(code))
    send("put", path(), {"items": [{"target": "PURSE", "value": "1"}]})
    assert list(OfferAnswer.objects.values_list("item", flat=True)) == [product("PURSE")]
    send("put", path(), {"items": []})
    assert not OfferAnswer.objects.exists()


@pytest.mark.parametrize(
    ("offer", "item", "code"),
    [
        ("bags", {"target": "BRIEFCASE", "value": "1"}, "unknown_products"),
        ("bags", {"target": "PURSE"}, "no_value"),
        ("bags", {"target": "PURSE", "value": "1", "preference": "gift"}, "preference"),
        ("bags", {"target": "PURSE", "value": "1", "method": "half"}, "method"),
        ("bags", {"target": "PURSE", "value": "-1"}, "value"),
        ("bags", {"target": "PURSE", "value": "101"}, "percentage"),
        ("bags", {"target": "PURSE", "value": "1", "method": "amount"}, "no_currency"),
        ("bags", {"target": "PURSE", "value": "1", "start": "2026-02-30"}, "start"),
        ("bags", {"target": "PURSE", "value": "1", "end": "2026-08-31"}, "outside"),
        ("bags", {"target": "PURSE", "value": "1", "threshold": "1"}, "threshold_of_goods"),
        ("baskets", {"value": "1"}, "no_threshold"),
        ("baskets", {"value": "1", "threshold": "1", "target": "PURSE"}, "target_of_receipt"),
        ("cosmetics", {"target": "PURSE"}, "unknown_categories"),
        ("school", {"target": "PURSE", "value": "1"}, "unknown_product_groups"),
    ],
)
def test_bad_items_are_refused_with_a_code_and_nothing_is_half_done(send, offer, item, code):
    good = {"threshold": "1", "value": "1"} if offer == "baskets" else None
    items = [item] if good is None else [item, good]
    status, body = send("put", path(offer), {"items": items})
    assert (status, body["code"], body["detail"].startswith("items[0]: ")) == (422, code, True)
    assert had() == {}


@pytest.mark.parametrize(
    ("offer", "items", "code"),
    [
        (
            "bags",
            [("HANDBAG", "5", ""), ("PURSE", "9", "2026-09-20"), ("PURSE", "5", "")],
            "overlap",
        ),
        ("baskets", [("100", "5", ""), ("90", "9", "")], "thresholds"),
        ("baskets", [("100", "5", ""), ("200", "5", "2026-09-20")], "threshold_terms"),
        ("baskets", [("100", "5", ""), ("200", "4", "")], "threshold_smaller"),
    ],
)
def test_of_items_that_clash_the_one_at_fault_is_named(send, offer, items, code):
    name = "threshold" if offer == "baskets" else "target"
    sent = [{name: what, "value": value, "start": start} for what, value, start in items]
    status, body = send("put", path(offer), {"items": sent})
    assert (status, body["code"], body["detail"][:10]) == (422, code, "items[1]: ")
    entry = {"offer": offer, "customer": "email:ann@example.com", "items": sent}
    _status, body = send("post", "/personal-offers/items", {"entries": [entry]})
    assert [(each["code"], each["item"]) for each in body["results"]] == [(code, 1)]
    assert had() == {}


def test_a_batch_takes_what_it_can_and_says_why_not_of_the_others(send):
    def entry(offer, customer, *items):
        return {"offer": offer, "customer": customer, "items": list(items)}

    purse, makeup = {"target": "PURSE", "value": "30"}, {"target": "MAKEUP"}
    entries = [
        entry("Bags ", "email:ANN@example.com", purse),
        entry("cosmetics", "external:C-1", makeup),
        entry("bags", "phone:48600100200", purse),
        entry("nothing", "external:C-1", makeup),
        entry("everybody", "external:C-1", purse),
        entry("bags", "external:C-9", purse),
        entry("bags", "email:waits@example.com", purse),
        entry("bags", "whoever", purse),
        entry("bags", "external:C-2", purse, {"target": "NOTHING", "value": "1"}),
    ]
    status, body = send("post", "/personal-offers/items", {"entries": entries})
    results = [each["result"] or (each["code"], each["item"]) for each in body["results"]]
    assert (status, results) == (
        200,
        [
            *("created", "created"),
            *(("repeated_entry", None), ("unknown_offer", None), ("no_items", None)),
            *(("unknown_customer", None), ("unknown_customer", None), ("customer_address", None)),
            ("unknown_products", 1),
        ],
    )
    assert set(had()) == {("bags", ANN), ("cosmetics", ANN)}


def test_queries_do_not_grow_with_entries(send, django_assert_num_queries):
    def batch(*customers):
        items = [{"target": "PURSE", "value": "30"}, {"target": "HANDBAG", "value": "50"}]
        entries = [{"offer": "bags", "customer": each, "items": items} for each in customers]
        return {"entries": entries}

    send("post", "/personal-offers/items", batch("external:C-2"))  # notes that the key is used
    for customers in (["external:C-1"], ["external:C-1", "external:C-2"]):
        OfferItems.objects.all().delete()
        with django_assert_num_queries(15):
            send("post", "/personal-offers/items", batch(*customers))
