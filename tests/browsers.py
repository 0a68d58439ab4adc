"""Real browsers: signed in as somebody, and watched for what goes wrong in them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from customers.models import User
from tests.pages import signed_in

WIDE, PHONE = {"width": 1366, "height": 900}, {"width": 360, "height": 780}


def sign_in(context: BrowserContext, user: User, url: str) -> None:
    """Every page of the context is theirs from then on, at the site of this address."""
    name = settings.SESSION_COOKIE_NAME
    session = signed_in(user).cookies[name].value
    context.add_cookies([{"name": name, "value": session, "url": url}])


@contextmanager
def staff_at_work(page: Page, user: User, url: str) -> Iterator[Page]:
    """A wide page on which this user is signed in; errors of scripts fail the test."""
    sign_in(page.context, user, url)
    page.set_viewport_size(WIDE)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    assert problems == []
