"""Staff sign in by password and second factor; nothing else opens the back-office."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver
from playwright.sync_api import Page

from customers.models import User
from tests.factories import make_staff, make_user

DOOR = "/admin/login/"
PASSWORD = "correct-horse-7"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def no_attempts_yet(db):
    cache.clear()


def knock(client: Client, email: str, password: str = PASSWORD, query: str = ""):
    return client.post(f"{DOOR}{query}", {"login": email, "password": password})


def signed_in(client: Client) -> User | None:
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


def code_of_the_phone(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_staff_sign_in_by_password(client):
    staff = make_staff(password=PASSWORD)
    assert knock(client, staff.email.upper())["Location"] == "/admin/"
    assert signed_in(client) == staff
    assert client.get("/admin/").status_code == 200
    assert client.cookies["sessionid"]["max-age"] == ""


def test_signing_out_leads_to_the_same_door(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    client.force_login(make_staff())
    assert client.post("/admin/logout/")["Location"] == DOOR
    assert signed_in(client) is None


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
    assert signed_in(client) == staff


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
    assert signed_in(late) is None


def test_the_page_of_too_many_attempts_is_ours(client):
    answers = [knock(client, f"a{number}@example.com", "wrong") for number in range(31)]
    assert answers[-1].status_code == 429
    assert "Too many attempts" in answers[-1].content.decode()


def test_customers_are_strangers_in_the_back_office(client):
    client.force_login(customer := make_user(password=PASSWORD))
    assert client.get("/admin/")["Location"] == f"{DOOR}?next=%2Fadmin%2F"
    assert client.get("/admin/security/")["Location"].startswith(DOOR)
    assert client.get(DOOR).status_code == 200
    assert signed_in(client) == customer


def test_becoming_staff_does_not_open_the_back_office_to_a_session_begun_by_code(client):
    client.force_login(customer := make_user())
    customer.is_staff = customer.is_superuser = True
    customer.save()
    assert client.get("/admin/")["Location"].startswith(DOOR)
    assert signed_in(client) is None


def test_losing_staff_closes_the_back_office_at_once(client):
    client.force_login(staff := make_staff(is_superuser=True))
    User.objects.filter(pk=staff.pk).update(is_staff=False)
    assert client.get("/admin/")["Location"].startswith(DOOR)


def test_the_second_factor_is_asked_for(client):
    staff = make_staff(password=PASSWORD)
    TOTP.activate(staff, SECRET)
    assert knock(client, staff.email)["Location"] == "/admin/security/authenticate/"
    assert client.get("/admin/")["Location"].startswith(DOOR)
    assert client.post("/admin/security/authenticate/", {"code": "000"}).status_code == 200
    assert signed_in(client) is None
    answer = client.post("/admin/security/authenticate/", {"code": code_of_the_phone()})
    assert (answer["Location"], signed_in(client)) == ("/admin/", staff)


OTHER_PAGES = ["/admin/", "/admin/auth/group/", "/admin/customers/user/", "/admin/password_change/"]


@pytest.mark.parametrize("path", OTHER_PAGES)
def test_without_a_compulsory_second_factor_nothing_else_is_reached(client, settings, path):
    settings.STAFF_MFA_REQUIRED = True
    client.force_login(make_staff(is_superuser=True))
    for answer in (client.get(path), client.post(path)):
        assert (answer.status_code, answer["Location"]) == (302, "/admin/security/")


def test_a_compulsory_second_factor_is_set_up_and_opens_the_rest(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    staff = make_staff(password=PASSWORD, is_superuser=True)
    knock(client, staff.email)
    page = client.get("/admin/", follow=True)
    assert page.redirect_chain == [("/admin/security/", 302)]
    assert "asks for a second step" in page.content.decode()
    client.get("/admin/security/totp/activate/")
    code = code_of_the_phone(client.session["mfa.totp.secret"])
    client.post("/admin/security/totp/activate/", {"code": code})
    assert Authenticator.objects.filter(user=staff, type="totp").count() == 1
    assert client.get("/admin/auth/group/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    client.force_login(staff := make_staff(is_superuser=True))
    Authenticator.objects.create(user=staff, type="recovery_codes", data={})
    assert client.get("/admin/")["Location"] == "/admin/security/"


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


def test_a_forgotten_password_is_chosen_anew_by_mail(client):
    staff = make_staff()
    client.post("/admin/password-reset/", {"email": staff.email.upper()})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    assert signed_in(client) is None
    knock(client, staff.email)
    assert signed_in(client) == staff
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


def test_a_passkey_is_set_up_and_used(transactional_db, live_server, page: Page):
    """In a real browser with its virtual authenticator, under the policy as it is served."""
    staff = make_staff(password=PASSWORD, is_superuser=True)
    home = live_server.url.replace("127.0.0.1", "localhost")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    refused = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)

    page.goto(f"{home}{DOOR}?next=/admin/security/webauthn/add/")
    sign_in_with_password(page, staff)
    page.get_by_label("Name").fill("Laptop")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/admin/security/recovery-codes/")
    assert Authenticator.objects.filter(user=staff, type="webauthn").count() == 1

    page.context.clear_cookies()
    page.goto(f"{home}{DOOR}")
    sign_in_with_password(page, staff)
    page.get_by_role("button", name="Use a security key").click()
    page.wait_for_url(f"{home}/admin/")
    assert refused == []


def sign_in_with_password(page: Page, staff: User) -> None:
    page.get_by_label("E-mail address").fill(staff.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
