"""Strangers learn nothing about who exists."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from tests.customers.sign_in.codes import ASK
from tests.factories import make_customer, make_staff, make_user

pytestmark = pytest.mark.usefixtures("no_attempts_yet")


def masked(text: str) -> str:
    """What is different in every answer: the address itself, codes and tokens."""
    text = re.sub(r"\b\d{6}\b", "CODE", re.sub(r"[\w.]+@example\.com", "ADDRESS", text))
    return re.sub(r'value="\w{64}"', "TOKEN", text)


def test_strangers_cannot_tell_which_addresses_exist(db):
    make_customer("prospect@example.com", is_prospect=True)
    make_customer("customer@example.com", user=make_user("customer@example.com"))
    make_user("closed@example.com", is_active=False)
    make_staff(email="staff@example.com")
    seen = {}
    for name in ("unknown", "prospect", "customer", "closed", "staff"):
        client = Client()
        asked = client.post(ASK, {"email": f"{name}@example.com"}, HTTP_ACCEPT_LANGUAGE="en")
        page = client.get(asked["Location"])
        wrong = client.post(asked["Location"], {"code": "x"})
        message = mail.outbox[-1]
        seen[name] = (
            (asked.status_code, asked["Location"], sorted(asked.cookies)),
            (page.status_code, masked(page.content.decode())),
            (wrong.status_code, masked(wrong.content.decode())),
            (message.to, message.subject, masked(message.body), message.alternatives),
        )
    assert len(mail.outbox) == 5
    same = {name: (*facts[:3], facts[3][1:]) for name, facts in seen.items()}
    assert list(same.values()) == [same["unknown"]] * 5
    assert [facts[3][0] for facts in seen.values()] == [[f"{n}@example.com"] for n in seen]


def test_asking_for_a_code_looks_nobody_up(client):
    """Not the time taken either: no query mentions people."""
    make_user("ann@example.com")
    with connection.execute_wrapper(refuse_tables_of_people):
        assert client.post(ASK, {"email": "ann@example.com"}).status_code == 302


def refuse_tables_of_people(execute, sql, params, many, context):
    assert "customers_" not in sql
    return execute(sql, params, many, context)


@pytest.mark.parametrize("typed", ["", "ann", "ann@", "żółć@example.com", "a@examplе.com"])
def test_what_is_no_address_is_said_so_and_no_mail_is_sent(client, typed):
    response = client.post(ASK, {"email": typed})
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"email"}
    assert mail.outbox == []
