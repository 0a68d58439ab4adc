"""/healthz, /readyz and /metrics; and what everybody sees while the database is away."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client

from tests.config.postgres.servers import ROOT, open_folder

# A process whose own server is another's business, as with DATABASE_URL, and is stopped and
# started again. It knows no session, so that every request with the cookie asks the database.
AWAY_AND_BACK = """
import json, os, sys
from pathlib import Path
from config.postgres import Cluster

cluster = Cluster(Path(sys.argv[1]), durable=False)
cluster.ensure_running()
host = cluster.connection_settings()["HOST"]
os.environ["DATABASE_URL"] = f"postgres://bespoke@/bespoke?host={host}"

import django
django.setup()
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import RequestFactory
from config.wsgi import application

settings.DEBUG = False
with connection.schema_editor() as editor:
    editor.create_model(Session)
requests = RequestFactory(headers={"host": "localhost", "cookie": "sessionid=" + "k" * 32})

def ask(*paths):
    answers = {}
    for path in paths:
        head = {}
        answer = application(
            requests.get(path).environ,
            lambda status, headers: head.update({"status": int(status[:3]), **dict(headers)}),
        )
        body = b"".join(answer).decode()
        answer.close()
        has_policy = "script-src 'self'" in head.get("Content-Security-Policy", "")
        answers[path] = [head["status"], head.get("Retry-After"), has_policy, body]
    print(json.dumps(answers), flush=True)

pages = ["/healthz", "/readyz", "/account/sign-in/", "/account/offers/", "/admin/"]
ask(*pages)
cluster.stop()
ask(*pages)
cluster.ensure_running()
ask(*pages)
"""


@pytest.fixture(scope="module")
def asked() -> list[dict[str, list]]:
    with open_folder() as folder:
        done = subprocess.run(
            [sys.executable, "-c", AWAY_AND_BACK, str(folder / "server")],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "DEBUG": "1",
                "SECRET_KEY": "for-this-test",
                "STATE_DIR": str(folder / "state"),
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_without_a_database_the_process_lives_but_is_not_ready(asked):
    assert [{path: answers[path][:2] for path in ("/healthz", "/readyz")} for answers in asked] == [
        {"/healthz": [200, None], "/readyz": [200, None]},
        {"/healthz": [200, None], "/readyz": [503, "5"]},
        {"/healthz": [200, None], "/readyz": [200, None]},
    ]


def test_pages_say_calmly_that_the_database_is_away_and_recover_by_themselves(asked):
    statuses = [[page[0] for page in list(answers.values())[2:]] for answers in asked]
    assert statuses == [[200, 302, 302], [503, 503, 503], [200, 302, 302]]
    assert [page[1] for page in list(asked[1].values())[2:]] == ["5", "5", "5"]


def test_the_page_of_an_absent_database_has_the_policy_and_tells_nothing(asked):
    _, _, has_policy, body = asked[1]["/account/offers/"]
    assert has_policy
    assert "We will be back in a moment" in body
    told = [word for word in ("postgres", "socket", "Traceback", "Error") if word in body]
    assert told == []


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.parametrize("host", ["10.1.2.3:8000", "nobody.example.org", ""])
def test_balancers_ask_by_any_host_without_tls_or_a_session(db, settings, host, path):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["offers.example.com"]
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "k" * 32
    answer = client.get(path, HTTP_HOST=host)
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_asking_is_not_worth_a_line_in_the_log(client, db, caplog):
    client.get("/healthz")
    client.get("/readyz")
    assert caplog.records == []


def test_the_rest_is_still_refused_to_strange_hosts(client, settings):
    settings.ALLOWED_HOSTS = ["offers.example.com"]
    assert client.get("/account/sign-in/", HTTP_HOST="10.1.2.3").status_code == 400


@pytest.mark.parametrize(
    ("debug", "token", "sent", "status"),
    [
        (False, "", None, 404),
        (False, "", "Bearer ", 404),
        (True, "", None, 200),
        (False, "t0ken", None, 404),
        (False, "t0ken", "Bearer other", 404),
        (False, "t0ken", "Bearer żółw", 404),
        (False, "t0ken", "t0ken", 404),
        (False, "t0ken", "Bearer t0ken", 200),
        (True, "t0ken", None, 404),
    ],
)
def test_metrics_are_for_those_with_the_token(client, db, settings, debug, token, sent, status):
    settings.DEBUG, settings.METRICS_TOKEN = debug, token
    headers = {"Authorization": sent} if sent is not None else {}
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == status
    assert (b"django_http_requests" in answer.content) is (status == 200)
