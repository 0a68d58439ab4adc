"""A marketer's way through an import in a browser, with a real worker beside it (T11, T32, T34)."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from imports.models import Job
from offers.models import Assignment
from tests.browsers import sign_in
from tests.factories import make_offer, make_staff
from tests.patience import PATIENCE
from tests.processes import MANAGE, environment

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = "Email,Offer ID\n" + "".join(f"customer{n}@example.com,cakes\n" for n in range(3000))
BAD = "nobody,cakes\ncustomer1@example.com,biscuits\n"


@pytest.fixture
def worker(transactional_db, tmp_path: Path) -> Iterator[None]:
    """A worker process on the test's database that reads the test's uploads."""
    process = subprocess.Popen(
        [*MANAGE, "procrastinate", "worker", "--shutdown-graceful-timeout=5"],
        env=environment(tmp_path),
    )
    yield
    process.terminate()
    process.wait(PATIENCE)


@pytest.fixture
def signed_in(transactional_db, live_server, page: Page) -> Iterator[Page]:
    sign_in(page.context, make_staff(is_superuser=True), live_server.url)
    page.set_viewport_size({"width": 1366, "height": 900})
    yield page
    page.goto("about:blank")  # No page asks for progress any more when the database goes away.


def shoot(page: Page, name: str) -> None:
    """Pictures to look at, if somebody wants them."""
    if folder := os.environ.get("SCREENSHOTS"):
        for width in (1366, 360):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1366, "height": 900})


def send(page: Page, rows: str) -> None:
    page.get_by_label("CSV, XLSX or TXT").set_input_files(
        {"name": "spring list.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    page.get_by_role("button", name="Upload and check").click()


def test_from_the_menu_to_the_report_and_back_T32(live_server, signed_in: Page, worker):
    make_offer(name="cakes")
    page = signed_in
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Import", exact=False).first.click()
    expect(page.get_by_role("heading", name="Import", level=1)).to_be_visible()
    page.get_by_role("radio", name="Customer private offer").check()
    shoot(page, "import")
    send(page, ROWS + BAD)

    expect(page.get_by_role("heading", name="Nothing has been changed yet")).to_be_visible()
    assert Assignment.objects.count() == 0
    expect(page.get_by_role("row", name="This is not an e-mail address. 1 3,002")).to_be_visible()
    shoot(page, "ready")
    page.get_by_role("button", name="Import 3,000 rows").click()

    expect(page.get_by_role("heading", name="Imported", exact=True)).to_be_visible()
    assert Assignment.objects.count() == 3000
    shoot(page, "done")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the rejected rows").click()
    rejects = download.value.path().read_text().splitlines()
    assert rejects == [
        "Email,Offer ID,Line,Reason",
        "nobody,cakes,3002,This is not an e-mail address.",
        "customer1@example.com,biscuits,3003,No private offer has this system name.",
    ]

    page.get_by_role("link", name="Undo").click()
    shoot(page, "undo")
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_role("heading", name="Undone. The import")).to_be_visible()
    assert Assignment.objects.count() == 0
    page.get_by_role("link", name="All imports").click()
    expect(page.get_by_role("row", name="spring list.csv")).to_contain_text("Undone")
    shoot(page, "list")


def test_without_javascript_the_page_keeps_up_by_itself_T32(
    live_server, signed_in: Page, new_context, worker
):
    make_offer(name="cakes")
    plain = new_context(java_script_enabled=False)
    plain.add_cookies(signed_in.context.cookies())
    page = plain.new_page()
    page.goto(f"{live_server.url}/admin/imports/job/add/")
    page.get_by_role("radio", name="Customer private offer").check()
    send(page, "Email,Offer ID\nann@example.com,cakes\n")
    page.get_by_role("button", name="Import 1 row").click()
    expect(page.get_by_role("heading", name="Imported", exact=True)).to_be_visible()


def test_a_job_that_no_worker_takes_says_so(live_server, signed_in: Page, settings):
    make_offer(name="cakes")
    page = signed_in
    page.goto(f"{live_server.url}/admin/imports/job/add/?type=private-offer-emails")
    send(page, "Email,Offer ID\nann@example.com,cakes\n")
    expect(page.get_by_role("progressbar")).to_be_visible()
    shoot(page, "checking")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '31 seconds'")
    expect(page.get_by_text("No worker seems to be running")).to_be_visible()
    shoot(page, "waiting")
    assert Job.objects.get().state == "checking"
