"""Staff choose a forgotten password anew by mail; strangers learn nothing."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.config.staff_door import PASSWORD, knock
from tests.factories import make_staff, make_user
from tests.pages import user_of

pytestmark = pytest.mark.usefixtures("no_attempts_yet")


def test_a_forgotten_password_is_chosen_anew_by_mail(client):
    staff = make_staff()
    client.post("/admin/password-reset/", {"email": staff.email.upper()})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    assert user_of(client) is None
    knock(client, staff.email)
    assert user_of(client) == staff
    assert Client().get(link).context["token_fail"]


def test_asking_for_a_password_does_not_tell_who_is_staff():
    make_staff(email="staff@example.com")
    make_user("customer@example.com")
    make_staff(email="closed@example.com", is_active=False)
    names = ["staff", "customer", "closed", "unknown"]
    answers = [
        Client().post("/admin/password-reset/", {"email": f"{name}@example.com"}) for name in names
    ]
    assert {(a.status_code, a["Location"]) for a in answers} == {
        (302, "/admin/password-reset/sent/")
    }
    assert [message.to for message in mail.outbox] == [[f"{name}@example.com"] for name in names]
    assert ["/admin/password-reset/" in message.body for message in mail.outbox] == [
        True,
        False,
        False,
        False,
    ]
