"""Whoever may not be signed in any more is out with the next request, on the real page."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_altshop, make_customer, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    make_altshop(is_default=True)
    return make_customer(user=make_user())


@pytest.fixture
def client(ann):
    client = Client()
    client.force_login(ann.user)
    return client


def is_signed_in(client):
    return client.get("/account/offers/").status_code == 200


def test_signing_out_ends_it_for_a_copied_cookie_too(client):
    copy = Client()
    copy.cookies = client.cookies.copy()
    assert is_signed_in(copy)
    client.post("/account/sign-out/")
    assert not is_signed_in(copy)


def test_a_user_who_is_switched_off_is_out(client, ann):
    assert is_signed_in(client)
    type(ann.user).objects.update(is_active=False)
    assert not is_signed_in(client)


def test_a_deleted_user_is_out(client, ann):
    assert is_signed_in(client)
    ann.user.delete()
    assert not is_signed_in(client)


def test_a_changed_password_ends_the_session(client, ann):
    assert is_signed_in(client)
    ann.user.set_password("another one")
    ann.user.save()
    assert not is_signed_in(client)


def test_an_expired_session_is_over(client):
    assert is_signed_in(client)
    client.session.model.objects.update(expire_date=timezone.now())
    assert not is_signed_in(client)


def test_a_session_that_never_was_is_nobodys(ann):
    stranger = Client()
    stranger.cookies["sessionid"] = "x" * 32
    assert not is_signed_in(stranger)


def test_the_user_is_as_the_orm_knows_them(client, ann):
    user = client.get("/account/offers/").wsgi_request.user
    stored = type(ann.user).objects.get(pk=ann.user.pk)
    fields = [field.attname for field in stored._meta.concrete_fields]
    assert [getattr(user, name) for name in fields] == [getattr(stored, name) for name in fields]
