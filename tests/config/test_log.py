"""Logs hold no personal data, whatever a caller or a library passes in."""

import io
import json
import logging
import os
import re
import subprocess
import sys

import pytest
import structlog
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction

from config import log
from tests.factories import make_customer

ANN = "ann.lee+offers@example.com"
PHONE = "48600100200"


@pytest.fixture
def lines():
    """What a process in production writes to stderr while the test runs."""
    written = io.StringIO()
    configuration = log.configuration(json=True, level="DEBUG")
    formatter = configuration["formatters"]["structured"]
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter.pop("()")(**formatter))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (ANN, "[email]"),
        (f"Key (email)=({ANN}) already exists.", "Key (email)=([email]) already exists."),
        ("GET /admin/?q=ann%40example.com&p=2", "GET /admin/?q=[email]&p=2"),
        ("GET /api/v1/customers/email:ann@example.com/x", "GET /api/v1/customers/email:[email]/x"),
        (f"phone {PHONE}.", f"phone {PHONE}."),
        (f"phone {PHONE}, and", "phone [phone], and"),
        (f"+{PHONE}", "[phone]"),
        ("+48 600 100 200", "[phone]"),
        (f"GET /x?q=%2B{PHONE}&p=2", "GET /x?q=[phone]&p=2"),
        (f"GET /api/v1/customers/phone:{PHONE}/x", "GET /api/v1/customers/phone:[phone]/x"),
        ("2026-06-15T12:00:00.123456Z", "2026-06-15T12:00:00.123456Z"),
        ("12345678-1234-1234-1234-123456789012", "12345678-1234-1234-1234-123456789012"),
    ],
)
def test_what_is_masked_and_what_is_not(text, masked):
    assert log.mask(text) == masked


def test_masking_goes_into_every_depth_and_kind():
    event = {"rows": [{ANN: {PHONE}}, (ANN,)], "error": ValueError(ANN), "count": 20_000_000}
    assert log.mask(event) == {
        "rows": [{"[email]": ["[phone]"]}, ["[email]"]],
        "error": "[email]",
        "count": 20_000_000,
    }


def test_structured_and_ordinary_loggers_are_masked(lines):
    structlog.get_logger("ours").info("imported", customer=ANN, phone=PHONE)
    logging.getLogger("library").warning("mail to %s bounced", ANN)
    ours, library = lines()
    assert (ours["customer"], ours["phone"]) == ("[email]", "[phone]")
    assert library["event"] == "mail to [email] bounced"


@pytest.mark.django_db
def test_tracebacks_are_masked(lines):
    make_customer(ANN)
    try:
        with transaction.atomic():
            make_customer(ANN)
    except IntegrityError:
        logging.getLogger("library").exception("not saved")
        structlog.get_logger("ours").exception("not saved")
    events = lines()
    for event in events[-2:]:
        assert "IntegrityError" in event["exception"]
        assert "(email)=([email])" in event["exception"]
    assert ANN not in json.dumps(events)


@pytest.mark.django_db
def test_a_sign_in_leaves_no_address_in_the_log(client, lines):
    cache.clear()
    client.post("/account/sign-in/", {"email": ANN}, REMOTE_ADDR="203.0.113.9")
    code = re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE)[0]
    answer = client.post("/account/sign-in/code/", {"code": code}, REMOTE_ADDR="203.0.113.9")
    assert answer["Location"] == "/account/offers/"
    client.get(f"/nowhere/?email={ANN}".replace("@", "%40"))
    events = lines()
    finished = [event["request"] for event in events if event["event"] == "request_finished"]
    assert finished == [
        "POST /account/sign-in/",
        "POST /account/sign-in/code/",
        "GET /nowhere/?email=[email]",
    ]
    whole = json.dumps(events)
    assert [word for word in ("ann.lee", code, "203.0.113.9") if word in whole] == []


REFUSED_REQUEST = f"""
import django
from django.test import Client
django.setup()
print(Client().get("/api/v1/customers/email:{ANN}", SERVER_NAME="localhost").status_code)
"""


def test_django_s_own_handlers_write_no_address_in_development(tmp_path):
    """What a whole process writes: Django sets up handlers of its own before ours."""
    done = subprocess.run(
        [sys.executable, "-c", REFUSED_REQUEST],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEBUG": "1",
            "SECRET_KEY": "for-this-test",
            "STATE_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "401\n"
    assert done.stderr.count("Unauthorized: ") == 1
    assert done.stderr.count("/customers/email:[email]") == 2
    assert ANN not in done.stderr
