"""The API of customer groups: what keys may see and change, and nothing deleted (D1, D2, D4)."""

import pytest
from django.test import Client

from customers.keys import Scope
from customers.membership import add
from customers.models import AudienceMember, CustomerGroup
from tests.api_keys import key_of
from tests.factories import make_audience, make_customer, make_group, make_staff

pytestmark = pytest.mark.django_db
ANN, BOB = "48600100200", "48600100201"
MAY = [f"customers.{name}" for name in ("view_customergroup", "view_customer", "change_members")]
SCOPES = [Scope.GROUPS_READ, Scope.GROUPS_WRITE]


def key_to(*permissions: str, scopes=SCOPES) -> dict[str, str]:
    return key_of(make_staff(*permissions), *scopes)


@pytest.fixture
def key() -> dict[str, str]:
    return key_to(*MAY)


def get(client: Client, path: str, key, **query):
    return client.get(f"/api/v1/groups{path}", query, headers=key)


def post(client: Client, path: str, key, *numbers: str):
    return client.post(
        f"/api/v1/groups{path}", {"numbers": numbers}, content_type="application/json", headers=key
    )


def follower(**fields) -> CustomerGroup:
    audience = make_audience(**fields)
    return make_group(title="Followers", type=CustomerGroup.Type.AUDIENCE, audience=audience)


def test_groups_of_both_types_are_listed_page_by_page(client, key):
    make_customer(phone=ANN)
    cakes = make_group(title="Cakes")
    add(group=cakes, numbers=[ANN])
    fixed, dynamic = follower(), make_audience({"all": []})
    later = make_group(title="Later", type=CustomerGroup.Type.AUDIENCE, audience=dynamic)
    first = get(client, "", key, limit=2).json()
    assert first == {
        "items": [
            {"id": cakes.pk, "title": "Cakes", "type": "phones", "users_count": 1},
            {"id": fixed.pk, "title": "Followers", "type": "audience", "users_count": 0},
        ],
        "next": fixed.pk,
    }
    assert get(client, "", key, after=first["next"]).json() == {
        "items": [{"id": later.pk, "title": "Later", "type": "audience", "users_count": None}],
        "next": None,
    }


@pytest.mark.parametrize("by_audience", [False, True])
def test_members_come_page_by_page_and_nobody_else_does(client, key, by_audience):
    ann, bob = make_customer(phone=ANN, external_id="C-1"), make_customer(phone=BOB)
    make_customer(phone="48600100209")
    make_customer("waits@example.com", is_prospect=True)
    group = follower() if by_audience else make_group()
    if by_audience:
        for customer in (ann, bob):
            AudienceMember.objects.create(customer=customer, audience=group.audience)
    else:
        add(group=group, numbers=[ANN, BOB])
    pages = [
        get(client, f"/{group.pk}/members", key, limit=1, after=after).json()
        for after in (0, ann.pk)
    ]
    assert pages == [
        {"items": [{"id": ann.pk, "external_id": "C-1", "phone": ANN}], "next": ann.pk},
        {"items": [{"id": bob.pk, "external_id": None, "phone": BOB}], "next": None},
    ]


@pytest.mark.parametrize("customers", [1, 3])
def test_members_are_a_fixed_number_of_queries(client, key, customers, django_assert_num_queries):
    numbers = [make_customer(phone=str(int(ANN) + n)).phone for n in range(customers)]
    group = make_group()
    add(group=group, numbers=numbers)
    get(client, "", key)
    # The key, the zone, the group, ids, customers.
    with django_assert_num_queries(5):
        answer = get(client, f"/{group.pk}/members", key)
    assert len(answer.json()["items"]) == customers


def test_customers_are_added_and_removed_by_number_again_and_again_D1_D2(client, key):
    make_customer(phone=ANN)
    make_customer(phone=BOB)
    group = make_group()
    written = f"+{ANN[:2]} {ANN[2:]}"
    answers = [
        post(client, f"/{group.pk}/members", key, written, BOB, "48600100299") for _ in range(2)
    ]
    assert [answer.json() for answer in answers] == [
        {"added": 2, "already": 0, "unknown": ["48600100299"]},
        {"added": 0, "already": 2, "unknown": ["48600100299"]},
    ]
    answers = [
        post(client, f"/{group.pk}/members/remove", key, ANN, "48600100299") for _ in range(2)
    ]
    assert [answer.json() for answer in answers] == [{"removed": 1}, {"removed": 0}]
    group.refresh_from_db()
    assert (group.members_count, [m.customer.phone for m in group.members.all()]) == (1, [BOB])


@pytest.mark.parametrize("path", ["members", "members/remove"])
def test_one_malformed_number_refuses_all_without_repeating_it_D2(client, key, path):
    make_customer(phone=ANN)
    make_customer(phone=BOB)
    group = make_group()
    add(group=group, numbers=[BOB])
    answer = post(client, f"/{group.pk}/{path}", key, ANN, BOB, "48600abc")
    assert (answer.status_code, answer.json()) == (
        422,
        {
            "code": "phone",
            "detail": "numbers[2]: not a phone number: 8 to 15 digits with the country code",
        },
    )
    assert [member.customer.phone for member in group.members.all()] == [BOB]


@pytest.mark.parametrize("numbers", [[], [ANN] * 10_001, ["1" * 41]])
def test_no_numbers_too_many_and_endless_ones_are_refused(client, key, numbers):
    answer = post(client, f"/{make_group().pk}/members", key, *numbers)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


@pytest.mark.parametrize("path", ["members", "members/remove"])
def test_a_group_by_audience_is_not_changed_by_hand(client, key, path):
    make_customer(phone=ANN)
    answer = post(client, f"/{follower().pk}/{path}", key, ANN)
    assert (answer.status_code, answer.json()["code"]) == (409, "audience_group")


def test_an_unknown_group_is_not_found(client, key):
    for number in (0, 9**30):
        assert get(client, f"/{number}/members", key).json()["code"] == "unknown_group"
        assert post(client, f"/{number}/members", key, ANN).json()["code"] == "unknown_group"


@pytest.mark.parametrize("path", ["", "/{pk}", "/{pk}/members", "/{pk}/members/remove"])
def test_the_api_deletes_no_group_D4(client, path):
    group = make_group()
    key = key_to(*MAY, "customers.change_customergroup")
    answer = client.delete(f"/api/v1/groups{path.format(pk=group.pk)}", headers=key)
    assert answer.status_code in (404, 405)
    assert CustomerGroup.objects.get() == group


def test_a_key_does_what_its_scopes_and_its_maker_may_and_no_more(client):
    make_customer(phone=ANN)
    group = make_group()
    reader, writer = key_to(*MAY, scopes=[SCOPES[0]]), key_to(*MAY, scopes=[SCOPES[1]])
    powerless, no_customers = key_to(), key_to("customers.view_customergroup")
    answers = {
        "read, writing": post(client, f"/{group.pk}/members", reader, ANN),
        "read, removing": post(client, f"/{group.pk}/members/remove", reader, ANN),
        "write, listing": get(client, "", writer),
        "write, looking": get(client, f"/{group.pk}/members", writer),
        "powerless, listing": get(client, "", powerless),
        "powerless, writing": post(client, f"/{group.pk}/members", powerless, ANN),
        "powerless, removing": post(client, f"/{group.pk}/members/remove", powerless, ANN),
        "no customers": get(client, f"/{group.pk}/members", no_customers),
        "no key": get(client, "", {}),
    }
    assert {name: (a.status_code, a.json()["code"]) for name, a in answers.items()} == {
        "read, writing": (403, "scope"),
        "read, removing": (403, "scope"),
        "write, listing": (403, "scope"),
        "write, looking": (403, "scope"),
        "powerless, listing": (403, "permission"),
        "powerless, writing": (403, "permission"),
        "powerless, removing": (403, "permission"),
        "no customers": (403, "permission"),
        "no key": (401, "no_key"),
    }
    assert group.members.count() == 0
