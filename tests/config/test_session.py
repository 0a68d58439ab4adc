"""T2: the environment's name and the countdown; the session really ends then."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from config.backoffice.session import ENDS_AT
from tests.factories import make_staff

PASSWORD = "correct-horse-7"


@pytest.fixture
def staff_client(db) -> Client:
    client = Client()
    client.force_login(make_staff(is_superuser=True))
    return client


def ends_in(client: Client) -> float:
    return client.session[ENDS_AT] - timezone.now().timestamp()


def let_end_in(client: Client, seconds: float) -> None:
    session = client.session
    session[ENDS_AT] = timezone.now().timestamp() + seconds
    session.save()


def test_t2_the_top_bar_shows_the_environment_and_the_time_left(staff_client, settings):
    page = staff_client.get("/admin/").content.decode()
    assert re.search(r">\s*Test\s*</span>", page)
    assert re.search(r"Session ends in (30min 0s|2\dmin \d+s)<", page)


def test_t2_every_page_starts_the_time_anew(staff_client):
    let_end_in(staff_client, 100)
    staff_client.get("/admin/")
    assert 1700 < ends_in(staff_client) <= 1800


def test_t2_the_session_is_written_at_most_once_a_minute(staff_client):
    let_end_in(staff_client, 1750)
    before = staff_client.session[ENDS_AT]
    staff_client.get("/admin/")
    assert staff_client.session[ENDS_AT] == before


@pytest.mark.parametrize("path", ["/admin/", "/admin/session/", "/admin/auth/group/"])
def test_t2_what_the_page_asks_by_itself_extends_nothing(staff_client, path):
    let_end_in(staff_client, 100)
    assert staff_client.get(path, headers={"x-background": "1"}).status_code == 200
    assert ends_in(staff_client) <= 100


def test_t2_pages_outside_the_back_office_extend_nothing(staff_client):
    let_end_in(staff_client, 100)
    staff_client.get("/account/sign-in/")
    assert ends_in(staff_client) <= 100


def test_t2_staying_signed_in(staff_client):
    let_end_in(staff_client, 100)
    assert 1700 < staff_client.post("/admin/session/").json()["seconds"] <= 1800
    assert 1700 < ends_in(staff_client) <= 1800


def test_t2_staying_signed_in_needs_the_pages_token(staff_client):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = staff_client.cookies
    let_end_in(staff_client, 100)
    assert strict.post("/admin/session/").status_code == 403


def test_t2_asking_tells_the_time_left(staff_client):
    let_end_in(staff_client, 100)
    answer = staff_client.get("/admin/session/", headers={"x-background": "1"}).json()
    assert 50 <= answer["seconds"] <= 100


def test_t2_the_session_ends_and_the_sign_in_page_says_why(staff_client):
    let_end_in(staff_client, 0)
    key = staff_client.session.session_key
    answer = staff_client.get("/admin/auth/group/?q=a")
    place = urlsplit(answer["Location"])
    assert (answer.status_code, place.path) == (302, "/admin/login/")
    assert parse_qs(place.query) == {"next": ["/admin/auth/group/?q=a"], "ended": ["1"]}
    assert "Your session has ended" in staff_client.get(answer["Location"]).content.decode()
    assert not staff_client.session.exists(key)


def test_t2_a_session_that_has_ended_changes_nothing(staff_client):
    let_end_in(staff_client, 0)
    answer = staff_client.post("/admin/auth/group/add/", {"name": "Marketing"})
    assert answer["Location"].startswith("/admin/login/")
    assert staff_client.get("/admin/")["Location"] == "/admin/login/?next=%2Fadmin%2F"


def test_t2_background_requests_learn_that_it_has_ended(staff_client):
    let_end_in(staff_client, 0)
    assert staff_client.get("/admin/session/", headers={"x-background": "1"}).status_code == 401


def test_t2_it_has_ended_outside_the_back_office_too(staff_client):
    let_end_in(staff_client, 0)
    staff_client.get("/account/sign-in/")
    assert "_auth_user_id" not in staff_client.session


def test_customers_have_no_countdown(client, db):
    client.post("/account/sign-in/", {"email": "ann@example.com"})
    assert ENDS_AT not in client.session


# --- in a browser -------------------------------------------------------------------------------


@pytest.fixture
def signed_in(transactional_db, live_server, page: Page) -> Page:
    staff = make_staff(is_superuser=True, password=PASSWORD)
    page.goto(f"{live_server.url}/admin/login/")
    page.get_by_label("E-mail address").fill(staff.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
    return page


@pytest.fixture
def unused(signed_in: Page) -> Page:
    """A page on which nobody did anything for as long as its `clock` is let run."""
    signed_in.clock.install()
    signed_in.reload()
    return signed_in


def client_of(page: Page) -> Client:
    """A client in the session of the page."""
    client = Client()
    (client.cookies["sessionid"],) = (
        each["value"] for each in page.context.cookies() if each["name"] == "sessionid"
    )
    return client


def test_t2_the_time_runs(signed_in: Page):
    clock = signed_in.locator(".session-clock")
    at_first = clock.text_content()
    expect(clock).not_to_have_text(at_first)
    assert re.fullmatch(r"Session ends in 2\dmin \d+s", clock.text_content())


@pytest.mark.parametrize("path", ["/admin/auth/group/add/", "/admin/customers/user/"])
def test_t2_there_is_room_for_it_on_a_phone(signed_in: Page, path):
    signed_in.set_viewport_size({"width": 360, "height": 740})
    signed_in.goto(signed_in.url.replace("/admin/", path))
    expect(signed_in.locator(".session-clock")).to_be_in_viewport(ratio=1)
    assert signed_in.evaluate("document.documentElement.scrollWidth") == 360


def test_t2_before_the_end_it_warns_and_can_be_extended(unused: Page):
    warning = unused.get_by_role("alertdialog", name="Your session is about to end.")
    expect(warning).to_be_hidden()
    let_end_in(client_of(unused), 90)
    unused.clock.fast_forward("28:30")
    expect(warning).to_be_visible()
    alarm = unused.locator("[role=alert].session-spoken")
    assert alarm.text_content() == "Your session is about to end."
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    expect(unused.locator("[role=status].session-spoken")).to_have_text("You stay signed in.")
    assert 1700 < ends_in(client_of(unused)) <= 1800


def test_t2_when_it_is_over_the_page_leads_to_the_sign_in(unused: Page):
    unused.goto(unused.url + "auth/group/?q=a")
    let_end_in(client_of(unused), 0)
    unused.clock.fast_forward("30:01")
    unused.wait_for_url("**/admin/login/?**")
    assert parse_qs(urlsplit(unused.url).query)["next"] == ["/admin/auth/group/?q=a"]
    expect(unused.get_by_role("status")).to_contain_text("Your session has ended")


def test_t2_a_page_whose_clock_is_wrong_asks_before_it_leaves(unused: Page):
    with unused.expect_response("**/admin/session/"):
        unused.clock.fast_forward("30:01")
    expect(unused.locator(".session-clock")).to_have_text(re.compile(r"ends in (30|2\d)min"))
    assert unused.url.endswith("/admin/")


def test_t2_tabs_agree(unused: Page):
    other = unused.context.new_page()
    other.goto(unused.url)
    warning = other.get_by_role("alertdialog")
    expect(warning).to_be_hidden()
    unused.clock.fast_forward("28:30")
    expect(warning).to_be_visible()
    unused.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()


def test_t2_without_javascript_the_time_at_loading_is_shown(
    transactional_db, live_server, new_context, staff_client
):
    context = new_context(java_script_enabled=False)
    cookie = staff_client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/security/")
    expect(page.locator(".session-clock")).to_have_text(re.compile(r"ends in (30|2\d)min"))
