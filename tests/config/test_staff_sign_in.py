"""Staff sign in by password; nothing else opens the back-office."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from customers.models import User
from tests.config.staff_door import DOOR, PASSWORD, knock
from tests.factories import make_staff, make_user
from tests.pages import user_of

pytestmark = pytest.mark.usefixtures("no_attempts_yet")


def test_staff_sign_in_by_password(client):
    staff = make_staff(password=PASSWORD)
    assert knock(client, staff.email.upper())["Location"] == "/admin/"
    assert user_of(client) == staff
    assert client.get("/admin/").status_code == 200
    assert client.cookies["sessionid"]["max-age"] == ""


def test_signing_out_leads_to_the_same_door(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    client.force_login(make_staff())
    assert client.post("/admin/logout/")["Location"] == DOOR
    assert user_of(client) is None


def test_signing_in_leads_back(client):
    staff = make_staff(password=PASSWORD, is_superuser=True)
    lost = client.get("/admin/auth/group/?q=a")
    assert lost["Location"] == f"{DOOR}?next=%2Fadmin%2Fauth%2Fgroup%2F%3Fq%3Da"
    answer = knock(client, staff.email, query="?next=/admin/auth/group/?q=a")
    assert answer["Location"] == "/admin/auth/group/?q=a"


def test_a_customers_sign_in_left_half_way_is_no_hindrance(client):
    staff = make_staff(password=PASSWORD)
    client.post("/account/sign-in/", {"email": "ann@example.com"})
    assert client.get(DOOR).status_code == 200
    knock(client, staff.email)
    assert user_of(client) == staff


def test_every_refusal_reads_the_same(client):
    """A wrong password, an unknown address, a customer and a closed account with the right one."""
    make_staff(email="staff@example.com", password=PASSWORD)
    make_user("customer@example.com", password=PASSWORD)
    make_staff(email="closed@example.com", password=PASSWORD, is_active=False)
    answers = [
        knock(Client(), "staff@example.com", "wrong"),
        knock(Client(), "unknown@example.com"),
        knock(Client(), "customer@example.com"),
        knock(Client(), "closed@example.com"),
    ]
    pages = [
        re.sub(r'value="(\w{64}|\w+@example\.com)"', "", answer.content.decode())
        for answer in answers
    ]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert "not correct" in pages[0]
    assert pages == [pages[0]] * 4


def test_passwords_are_not_guessed_for_long():
    staff = make_staff(password=PASSWORD)
    for _ in range(5):
        knock(Client(), staff.email, "wrong")
    knock(late := Client(), staff.email)
    assert user_of(late) is None


def test_the_page_of_too_many_attempts_is_ours(client):
    answers = [knock(client, f"a{number}@example.com", "wrong") for number in range(31)]
    assert answers[-1].status_code == 429
    assert "Too many attempts" in answers[-1].content.decode()


def test_customers_are_strangers_in_the_back_office(client):
    client.force_login(customer := make_user(password=PASSWORD))
    assert client.get("/admin/")["Location"] == f"{DOOR}?next=%2Fadmin%2F"
    assert client.get("/admin/security/")["Location"].startswith(DOOR)
    assert client.get(DOOR).status_code == 200
    assert user_of(client) == customer


def test_becoming_staff_does_not_open_the_back_office_to_a_session_begun_by_code(client):
    client.force_login(customer := make_user())
    customer.is_staff = customer.is_superuser = True
    customer.save()
    assert client.get("/admin/")["Location"].startswith(DOOR)
    assert user_of(client) is None


def test_losing_staff_closes_the_back_office_at_once(client):
    client.force_login(staff := make_staff(is_superuser=True))
    User.objects.filter(pk=staff.pk).update(is_staff=False)
    assert client.get("/admin/")["Location"].startswith(DOOR)


def test_every_page_under_admin_is_closed_to_strangers(client):
    """Whatever is added later: only the named pages open without signing in."""
    reached = set()
    for pattern in get_resolver("config.backoffice.urls").url_patterns:
        path = f"/admin/{pattern.pattern}".replace("^", "")
        if not re.search(r"[<(]", path) and client.get(path).status_code == 200:
            reached.add(path)
    assert reached == {DOOR, "/admin/password-reset/"} | {
        f"/admin/password-reset/{done}/" for done in ("sent", "done")
    }
