"""The API of customers: one rule of identity and of values with imports and forms (L3, L4)."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.utils import timezone

from customers.keys import Scope, issue
from customers.models import Customer, CustomerChange, User
from imports import expiry
from imports.models import IdempotencyKey
from offers.assignment import assign
from offers.models import Assignment
from tests.factories import NOON, make_attribute, make_customer, make_offer, make_staff

pytestmark = pytest.mark.django_db
RIGHTS = tuple(f"customers.{verb}_customer" for verb in ("view", "add", "change"))
PATH = "/api/v1/customers"
ANN = {
    "external_id": "C-1",
    "email": " Ann@Example.com",
    "phone": "+48 600 100 200",
    "first_name": "Ann",
    "birth_date": "1990-02-14",
    "attributes": {"district": "Sovetsky", "size": 38.5, "cars": ["Fiat", "Audi"]},
}


def key_of(user: User, *scopes: str) -> dict[str, str]:
    wanted = scopes or (Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE)
    _, secret = issue(name="ERP", scopes=wanted, user=user, at=NOON)
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def key() -> dict[str, str]:
    return key_of(make_staff(*RIGHTS, "customers.view_attributedefinition"))


@pytest.fixture(autouse=True)
def attributes(db):
    make_attribute("district")
    make_attribute("size", "number")
    make_attribute("accepts_marketing", "yes_no")
    make_attribute("cars", "choices", choices=["Audi", "Fiat"])


def send(client: Client, key, method: str, path: str, body, **headers: str):
    call = getattr(client, method)
    return call(PATH + path, body, content_type="application/json", headers={**key, **headers})


def told(answer) -> tuple[int, object]:
    body = answer.json()
    return answer.status_code, body.get("result") or body.get("code")


def read(client: Client, key, customer: str):
    return client.get(f"{PATH}/{customer}", headers=key)


def test_a_customer_is_created_and_read_by_any_address_L3(client, key):
    answer = send(client, key, "post", "", ANN)
    customer = Customer.objects.get()
    assert answer.json() == {"id": customer.pk, "result": "created"}
    assert answer["Location"] == f"{PATH}/id:{customer.pk}"
    shown = {
        "id": customer.pk,
        "external_id": "C-1",
        "email": "ann@example.com",
        "phone": "48600100200",
        "first_name": "Ann",
        "last_name": "",
        "birth_date": "1990-02-14",
        "attributes": {"district": "Sovetsky", "size": 38.5, "cars": ["Audi", "Fiat"]},
    }
    addresses = (f"id:{customer.pk}", "external:C-1", "email:ANN@example.com", "phone:+48600100200")
    for address in addresses:
        found = read(client, key, address).json()
        del found["created_at"]
        assert found == shown


def test_sending_it_again_changes_nothing(client, key):
    send(client, key, "post", "", ANN)
    assert told(send(client, key, "post", "", ANN)) == (200, "unchanged")
    assert Customer.objects.count() == 1
    assert CustomerChange.objects.count() == 1


def test_what_is_missing_stays_and_null_removes(client, key):
    customer = make_customer("ann@example.com", first_name="Ann", district="Here", city="Town")
    customer.attributes = {"size": 38}
    customer.save()
    body = {"last_name": "Nowak", "attributes": {"size": None, "accepts_marketing": False}}
    assert told(send(client, key, "patch", f"/id:{customer.pk}", body)) == (200, "updated")
    customer.refresh_from_db()
    assert (customer.first_name, customer.last_name) == ("Ann", "Nowak")
    assert (customer.district, customer.city) == ("Here", "Town")
    assert (customer.accepts_marketing, customer.attributes) == (False, {})
    body = {"first_name": None, "email": None, "attributes": None}
    assert told(send(client, key, "patch", f"/id:{customer.pk}", body)) == (200, "updated")
    customer.refresh_from_db()
    assert (customer.first_name, customer.email) == ("", "ann@example.com")


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"email": "ann"}, "email: not an e-mail address"),
        ({"phone": "12"}, "phone: not a phone number: 8 to 15 digits with the country code"),
        ({"external_id": "x" * 65}, "external_id: Write at most 64 characters."),
        ({"first_name": "a\0b"}, "first_name: Write it in one line, without control characters."),
        ({"last_name": "\ud800"}, "last_name: Write it in one line, without control characters."),
        ({"birth_date": "14.02.1990"}, "birth_date: Write a date that exists, like 1990-02-14."),
        ({"birth_date": "2199-01-01"}, "birth_date: It is in the future."),
        ({"attributes": {"size": "1e400"}}, "attributes.size: Write a number like 12.5."),
        ({"attributes": {"size": True}}, "attributes.size: Write a number like 12.5."),
        ({"attributes": {"cars": "Audi"}}, "attributes.cars: Write a list."),
        ({"attributes": {"cars": ["Lada"]}}, "attributes.cars: Choose one of: Audi, Fiat."),
        (
            {"attributes": {"anns-secret": 1}},
            "attributes: 1 are not defined. Known are: accepts_marketing, cars, district, size.",
        ),
        ({"email": "x", "phone": "y"}, None),
    ],
)
def test_a_mistake_is_named_and_nothing_is_kept(client, key, body, detail):
    answer = send(client, key, "post", "", json.dumps({"external_id": "C-1", **body}))
    assert told(answer) == (422, "invalid")
    assert detail in (None, answer.json()["detail"])
    assert not Customer.objects.exists()


@pytest.mark.parametrize(
    "body",
    ['{"attributes": {"size": NaN}}', '{"attributes": {"size": 1e400}}'],
)
def test_numbers_that_are_none_are_refused(client, key, body):
    answer = send(client, key, "post", "", body[:-1] + ', "external_id": "C-1"}')
    assert told(answer) == (422, "invalid")


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        '{"email": 5}',
        '{"e_mail": "ann@example.com"}',
        '{"attributes": []}',
        '{"attributes": {"size": ' + "9" * 5000 + "}}",
        "[" * 100_000,
    ],
)
def test_what_is_not_of_the_form_is_refused(client, key, body):
    for path in ("", "/batch"):
        assert told(send(client, key, "post", path, body)) == (422, "malformed")
    assert not Customer.objects.exists()


def test_identities_are_needed_and_found(client, key):
    assert told(send(client, key, "post", "", {"first_name": "Ann"})) == (422, "no_identity")
    assert told(send(client, key, "patch", "/id:1", {})) == (404, "unknown_customer")
    assert told(send(client, key, "patch", "/name:Ann", {})) == (422, "customer_address")
    assert told(read(client, key, "id:1")) == (404, "unknown_customer")


@pytest.mark.parametrize(
    ("address", "body", "status", "code"),
    [
        ("id:{ann}", {"external_id": "C-2"}, 409, "other_customer"),
        ("external:C-1", {"email": "new@example.com"}, 200, "updated"),
        ("id:{ann}", {"email": "new@example.com", "phone": "48600100299"}, 200, "updated"),
        ("email:ann@example.com", {"phone": "48600100299"}, 200, "updated"),
        ("email:ann@example.com", {"email": "new@example.com"}, 409, "other_customer"),
        ("phone:48600100200", {"email": "new@example.com"}, 409, "other_customer"),
        ("phone:48600100200", {"phone": "48600100299"}, 409, "other_customer"),
        ("id:{ann}", {"email": "bob@example.com"}, 409, "different_customers"),
        ("id:{ann}", {"phone": "48600100300"}, 409, "different_customers"),
        ("id:{bob}", {"external_id": "C-1"}, 409, "different_customers"),
        ("email:bob@example.com", {"external_id": "C-2"}, 200, "updated"),
        ("id:{ann}", {"email": "ANN@example.com", "external_id": "C-1"}, 200, "unchanged"),
    ],
)
def test_a_weaker_identity_moves_no_stronger_one(client, key, address, body, status, code):
    ann = make_customer("ann@example.com", external_id="C-1", phone="48600100200")
    bob = make_customer("bob@example.com", phone="48600100300")
    path = "/" + address.format(ann=ann.pk, bob=bob.pk)
    assert told(send(client, key, "patch", path, body)) == (status, code)


def test_a_prospect_becomes_the_customer_and_keeps_what_waited(client, key):
    prospect = Customer.objects.create(email="ann@example.com", is_prospect=True)
    assign(offer=make_offer(), customers=[prospect])
    assert read(client, key, "email:ann@example.com").status_code == 404
    answer = send(client, key, "post", "", {"email": "ann@example.com", "phone": "48600100200"})
    assert answer.json() == {"id": prospect.pk, "result": "created"}
    assert read(client, key, "phone:48600100200").status_code == 200
    assert Assignment.objects.get().customer_id == prospect.pk


def test_a_known_customer_takes_over_what_waits_for_the_address(client, key):
    customer = Customer.objects.create(external_id="C-1")
    prospect = Customer.objects.create(email="ann@example.com", is_prospect=True)
    both, waiting = make_offer(), make_offer()
    assign(offer=both, customers=[customer, prospect])
    assign(offer=waiting, customers=[prospect])
    body = {"external_id": "C-1", "email": "ann@example.com"}
    assert told(send(client, key, "post", "", body)) == (200, "updated")
    assert Customer.objects.get().email == "ann@example.com"
    assert set(Assignment.objects.values_list("customer_id", "offer__assigned_count")) == {
        (customer.pk, 1)
    }
    assert Assignment.objects.count() == 2


def test_each_of_a_batch_has_its_own_result(client, key):
    known = make_customer("bob@example.com", external_id="C-2", first_name="Bob")
    make_customer("eve@example.com", external_id="C-3")
    entries = [
        {"external_id": "C-1", "attributes": {"size": 38}},
        {"external_id": "C-2", "last_name": "Lee"},
        {"external_id": "C-1", "attributes": {"size": 38}},
        {"external_id": "C-1", "attributes": {"size": 40}},
        {"email": "bob@example.com", "external_id": "C-9"},
        {"external_id": "C-2", "email": "eve@example.com"},
        {"email": "nobody"},
        {"emial": "typo@example.com"},
        "no object",
        {"external_id": "C-3"},
    ]
    answer = send(client, key, "post", "/batch", {"customers": entries})
    results = answer.json()["results"]
    created = Customer.objects.get(external_id="C-1")
    assert [(r["result"], r["id"] or r["code"]) for r in results] == [
        ("created", created.pk),
        ("updated", known.pk),
        ("created", created.pk),
        ("refused", "repeated"),
        ("refused", "other_customer"),
        ("refused", "different_customers"),
        ("refused", "invalid"),
        ("refused", "malformed"),
        ("refused", "malformed"),
        ("unchanged", Customer.objects.get(external_id="C-3").pk),
    ]
    known.refresh_from_db()
    assert (known.first_name, known.last_name, created.attributes) == ("Bob", "Lee", {"size": 38})


def test_who_changed_what_is_noted(client, key):
    send(client, key, "post", "", {"email": "ann@example.com", "attributes": {"size": 38}})
    send(client, key, "patch", "/email:ann@example.com", {"first_name": "Ann"})
    noted = CustomerChange.objects.order_by("pk").values_list("way", "created", "fields")
    assert list(noted) == [("api", True, ["email", "size"]), ("api", False, ["first_name"])]


@pytest.mark.parametrize("number", [2, 1000])
def test_a_batch_takes_the_same_queries_however_long(
    client, key, django_assert_num_queries, number
):
    make_customer("c0@example.com")
    entries = [{"email": f"c{n}@example.com", "attributes": {"size": n}} for n in range(number)]
    client.get(PATH, headers=key)
    with django_assert_num_queries(13):
        answer = send(client, key, "post", "/batch", {"customers": entries})
    assert {r["result"] for r in answer.json()["results"]} == {"created", "updated"}
    assert Customer.objects.count() == number


def test_a_batch_has_limits(client, key):
    for entries in ([], [{"email": f"c{n}@example.com"} for n in range(1001)]):
        answer = send(client, key, "post", "/batch", {"customers": entries})
        assert told(answer) == (422, "malformed")
    assert not Customer.objects.exists()


def test_an_idempotency_key_gives_the_same_answer_again_or_a_conflict(client, key):
    once = {"Idempotency-Key": "monday"}
    body = {"external_id": "C-1", "first_name": "Ann"}
    first = send(client, key, "post", "", body, **once)
    Customer.objects.update(first_name="Anna")
    again = send(client, key, "post", "", body, **once)
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert Customer.objects.get().first_name == "Anna"
    other = {**body, "first_name": "Eve"}
    conflict = (409, "idempotency_key_reused")
    assert told(send(client, key, "post", "", other, **once)) == conflict
    assert told(send(client, key, "patch", "/external:C-1", body, **once)) == conflict
    batch = {"customers": [body]}
    assert told(send(client, key, "post", "/batch", batch, **once)) == conflict
    another = key_of(make_staff(*RIGHTS))
    assert told(send(client, another, "post", "", body, **once)) == (200, "updated")


def test_a_refused_request_leaves_its_idempotency_key_free(client, key):
    once = {"Idempotency-Key": "monday"}
    assert told(send(client, key, "post", "", {"email": "ann"}, **once)) == (422, "invalid")
    body = {"email": "ann@example.com"}
    assert told(send(client, key, "post", "", body, **once)) == (201, "created")


def test_answers_are_kept_without_anything_personal_and_for_a_time(client, key, settings):
    once = {"Idempotency-Key": "monday"}
    entries = [ANN, {"email": "nobody@"}]
    send(client, key, "post", "/batch", {"customers": entries}, **once)
    (kept,) = IdempotencyKey.objects.values()
    assert not any(word in str(kept).lower() for word in ("ann", "nobody", "4860", "sovetsky"))
    kept_for = dt.timedelta(days=settings.IMPORT_FILES_KEPT_DAYS)
    expiry.forget_answers(timezone.now() + kept_for / 2)
    assert IdempotencyKey.objects.exists()
    expiry.forget_answers(timezone.now() + kept_for + dt.timedelta(minutes=1))
    assert not IdempotencyKey.objects.exists()


def test_customers_are_listed_page_by_page_without_prospects(client, key):
    ids = [make_customer(first_name="Ann", last_name=f"Lee{n}").pk for n in range(3)]
    Customer.objects.create(email="waits@example.com", is_prospect=True)
    seen: list[list[int]] = []
    after = 0
    while after is not None:
        page = client.get(PATH, {"after": after, "limit": 2}, headers=key).json()
        seen.append([item["id"] for item in page["items"]])
        after = page["next"]
    assert seen == [ids[:2], ids[2:]]


def test_a_search_is_that_of_the_back_office(client, key):
    ann = make_customer("ann@example.com", first_name="Ann", last_name="Kowalska")
    make_customer("bob@example.com", last_name="Kowalski")
    Customer.objects.create(email="kowalska@example.com", is_prospect=True)

    def found(**query: object) -> list[int]:
        answer = client.get(PATH, query, headers=key)
        return [item["id"] for item in answer.json()["items"]]

    assert found(search="kowalska ann") == [ann.pk]
    assert found(search="kowalska ann", after=ann.pk) == []
    for query, code in (({"search": "an"}, "search_short"), ({"limit": 101}, "malformed")):
        assert told(client.get(PATH, query, headers=key)) == (422, code)


def test_definitions_are_read(client, key):
    answer = client.get("/api/v1/attributes", headers=key).json()
    assert answer["items"][1] == {
        "key": "cars",
        "label": "Cars",
        "type": "choices",
        "choices": ["Audi", "Fiat"],
    }


@pytest.mark.parametrize("number", [1, 3])
def test_reading_takes_the_same_queries(client, key, django_assert_num_queries, number):
    for _ in range(number):
        make_customer()
    client.get(PATH, headers=key)
    # The key, its maker's two kinds of permissions, customers, definitions.
    with django_assert_num_queries(5):
        assert len(client.get(PATH, headers=key).json()["items"]) == number


def test_keys_do_what_their_scopes_and_makers_may(client, key):
    ann = make_customer("ann@example.com")
    reader = key_of(make_staff(*RIGHTS), Scope.CUSTOMERS_READ)
    writer = key_of(make_staff(*RIGHTS), Scope.CUSTOMERS_WRITE)
    nobody = key_of(make_staff())
    reads = [PATH, f"{PATH}/id:{ann.pk}", "/api/v1/attributes"]
    writes = [
        ("post", "", {"email": "ann@example.com", "first_name": "X"}),
        ("post", "", {"email": "new@example.com"}),
        ("patch", f"/id:{ann.pk}", {"first_name": "X"}),
    ]
    for headers, code in (({}, 401), (writer, 403), (nobody, 403)):
        assert [client.get(path, headers=headers).status_code for path in reads] == [code] * 3
    for headers, code in (({}, 401), (reader, 403), (nobody, 403)):
        answers = [send(client, headers, *write).status_code for write in writes]
        batch = {"customers": [{"email": "new@example.com"}]}
        answer = send(client, headers, "post", "/batch", batch)
        refused = [result["code"] for result in answer.json().get("results", [])]
        assert answers == [code] * 3
        assert answer.status_code == code or refused == ["permission"]
    adder = key_of(make_staff("customers.add_customer"))
    changer = key_of(make_staff("customers.change_customer"))
    allowed = [
        [send(client, maker, *write).status_code for write in writes] for maker in (adder, changer)
    ]
    assert allowed == [[403, 201, 403], [200, 200, 200]]
    assert Customer.objects.count() == 2


def test_answers_are_the_documented_ones(client, key):
    """Each error by its status and code, as the description of the API says."""
    operations = client.get("/api/v1/openapi.json").json()["paths"]
    make_customer("ann@example.com", external_id="C-1")
    make_customer("bob@example.com", external_id="C-2")
    mixed = {"external_id": "C-1", "email": "bob@example.com"}
    moved = {"external_id": "C-9", "email": "bob@example.com"}
    once = {"Idempotency-Key": "x"}
    send(client, key, "post", "", {"email": "ann@example.com"}, **once)
    one, batch = "/{customer}", "/batch"
    cases = [
        ("post", "", "", mixed, {}, "different_customers"),
        ("post", "", "", moved, {}, "other_customer"),
        ("post", "", "", moved, once, "idempotency_key_reused"),
        ("post", "", "", {"email": 5}, {}, "malformed"),
        ("post", "", "", {"email": "5"}, {}, "invalid"),
        ("post", "", "", {}, {}, "no_identity"),
        ("post", batch, batch, {"customers": [moved]}, once, "idempotency_key_reused"),
        ("post", batch, batch, {"customers": []}, {}, "malformed"),
        ("patch", one, "/external:C-1", mixed, {}, "different_customers"),
        ("patch", one, "/email:bob@example.com", moved, {}, "other_customer"),
        ("patch", one, "/id:1", {"email": []}, {}, "malformed"),
        ("patch", one, "/external:C-1", {"phone": "1"}, {}, "invalid"),
        ("patch", one, "/external:nobody", {}, {}, "unknown_customer"),
        ("patch", one, "/ann", {}, {}, "customer_address"),
    ]
    for method, documented, path, body, headers, code in cases:
        answer = send(client, key, method, path, body, **headers)
        assert answer.json().get("code") == code
        responses = operations[f"{PATH}{documented}"][method]["responses"]
        assert f"`{code}`" in responses[str(answer.status_code)]["description"]


def test_every_field_of_the_schemas_has_a_meaning_or_an_example(client):
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert schemas["CustomerIn"]["properties"]["attributes"]["examples"]
    entry = schemas["BatchIn"]["properties"]["customers"]["items"]
    assert entry["properties"] == schemas["CustomerIn"]["properties"]
    for name in ("CustomerIn", "CustomerOut", "Written", "AttributeOut"):
        assert all(
            {"examples", "description", "enum", "$ref", "format"} & field.keys()
            for field in schemas[name]["properties"].values()
        ), name
