"""The second factor of staff: a code of their phone or a passkey."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from playwright.sync_api import Page

from customers.models import User
from tests.config.staff_door import DOOR, PASSWORD, knock
from tests.factories import make_staff
from tests.pages import user_of

pytestmark = pytest.mark.usefixtures("no_attempts_yet")
SECRET = "JBSWY3DPEHPK3PXP"


def code_of_the_phone(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_the_second_factor_is_asked_for(client):
    staff = make_staff(password=PASSWORD)
    TOTP.activate(staff, SECRET)
    assert knock(client, staff.email)["Location"] == "/admin/security/authenticate/"
    assert client.get("/admin/")["Location"].startswith(DOOR)
    assert client.post("/admin/security/authenticate/", {"code": "000"}).status_code == 200
    assert user_of(client) is None
    answer = client.post("/admin/security/authenticate/", {"code": code_of_the_phone()})
    assert (answer["Location"], user_of(client)) == ("/admin/", staff)


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
