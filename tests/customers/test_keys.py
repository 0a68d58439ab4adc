"""API keys: made once, shown once, as good as their maker, revocable."""

import datetime as dt
import hashlib

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from customers.keys import ApiKey, Scope, find, issue, revoke
from tests.factories import NOON, make_staff

READ = [Scope.PRIVATE_OFFERS_READ]


@pytest.fixture
def key(db) -> tuple[ApiKey, str]:
    return issue(name="App", scopes=READ, user=make_staff(), at=NOON)


def test_a_key_is_kept_as_a_hash_only(key):
    stored, secret = key
    assert stored.hash == hashlib.sha256(secret.encode()).hexdigest()
    assert secret.startswith(stored.prefix)
    assert len(secret) - len(stored.prefix) > 30
    assert secret not in str(list(ApiKey.objects.values()))


def test_a_key_is_found_by_its_text_and_by_nothing_else(key):
    stored, secret = key
    assert find(secret, at=NOON) == stored
    assert [find(text, at=NOON) for text in (secret[:-1], stored.hash, stored.prefix, "")] == [
        None
    ] * 4


def test_its_use_is_noted_at_most_once_a_minute(key, django_assert_num_queries):
    stored, secret = key
    with django_assert_num_queries(2):
        find(secret, at=NOON)
    with django_assert_num_queries(1):
        find(secret, at=NOON + dt.timedelta(seconds=59))
    stored.refresh_from_db()
    assert stored.last_used_at == NOON
    with django_assert_num_queries(2):
        find(secret, at=NOON + dt.timedelta(seconds=60))
    stored.refresh_from_db()
    assert stored.last_used_at == NOON + dt.timedelta(seconds=60)


def test_a_revoked_key_is_none_and_stays_revoked_since_then(key):
    stored, secret = key
    assert revoke(ApiKey.objects.all(), at=NOON) == 1
    assert revoke(ApiKey.objects.all(), at=NOON + dt.timedelta(days=1)) == 0
    stored.refresh_from_db()
    assert (find(secret, at=NOON), stored.revoked_at) == (None, NOON)


def test_a_key_ends_with_its_makers_account(key):
    stored, secret = key
    stored.created_by.is_active = False
    stored.created_by.save()
    assert find(secret, at=NOON) is None


def test_the_back_office_shows_a_new_key_once(client: Client, db):
    staff = make_staff("customers.add_apikey", "customers.view_apikey")
    client.force_login(staff)
    page = client.post(
        "/admin/customers/apikey/add/", {"name": "App", "scopes": ["private-offers:read"]}
    )
    stored = ApiKey.objects.get()
    secret = page.context["secret"]
    assert (find(secret, at=NOON), stored.created_by) == (stored, staff)
    assert page["Cache-Control"].startswith("no-store")
    for path in ("", f"{stored.pk}/change/"):
        later = client.get(f"/admin/customers/apikey/{path}")
        assert later.status_code == 200
        assert secret not in later.content.decode()
        assert stored.hash not in later.content.decode()


def test_making_and_revoking_keys_each_needs_its_own_permission(client: Client, key):
    stored, secret = key
    action = {"action": "revoke_keys", "_selected_action": [stored.pk]}
    client.force_login(make_staff("customers.view_apikey"))
    client.post("/admin/customers/apikey/", action)
    assert find(secret, at=NOON) == stored
    assert client.get("/admin/customers/apikey/add/").status_code == 403
    client.force_login(make_staff("customers.view_apikey", "customers.revoke_apikey"))
    client.post("/admin/customers/apikey/", action)
    assert find(secret, at=NOON) is None


@pytest.mark.parametrize("how", ["own", "by group", "superuser", "none"])
def test_a_key_may_what_its_maker_may(db, how):
    permission = Permission.objects.get(codename="view_customer")
    maker = make_staff(is_superuser=how == "superuser")
    if how == "own":
        maker.user_permissions.add(permission)
    if how == "by group":
        group = Group.objects.create(name="Tills")
        group.permissions.add(permission)
        maker.groups.add(group)
    _stored, secret = issue(name="App", scopes=READ, user=maker, at=NOON)
    found = find(secret, at=NOON)
    asked = ("customers.view_customer", "customers.change_customer")
    assert [found.may(each) for each in asked] == [maker.has_perm(each) for each in asked]
    assert found.may("customers.view_customer") == (how != "none")
