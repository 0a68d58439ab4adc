"""The site's web server as in production, on a database that it can't start by itself."""

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test import override_settings

from customers.models import User
from tests.faults.site import ROOT, Site, wait_until
from tests.pages import signed_in

SECRET = "of a test that stops the database while people look on"
METRICS = "of a test"
WORKERS, THREADS = 2, 4


def environment(site: Site) -> dict[str, str]:
    """Of a process in production; the database is another's business, as it is on servers."""
    place = site.cluster.connection_settings()
    return os.environ | {
        "DATABASE_URL": f"postgres://{place['USER']}@/{place['NAME']}?host={place['HOST']}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "STATE_DIR": str(site.folder),
        "STATIC_ROOT": str(site.folder / "static"),
        "DEBUG": "0",
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": "127.0.0.1",
        "EMAIL_URL": "dummymail://",
        "SECURE_SSL_REDIRECT": "0",
        "STAFF_MFA_REQUIRED": "0",
        "METRICS_TOKEN": METRICS,
    }


@contextmanager
def served(site: Site) -> Iterator[int]:
    """The port on which gunicorn answers, as docs/deployment.md starts it."""
    known = environment(site)
    manage = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(manage, cwd=ROOT, env=known, check=True)
    log = site.folder / "gunicorn.log"
    command = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", "127.0.0.1:0"),
        *("--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)),
        *("--no-control-socket", "--error-logfile", str(log)),
    ]
    with (site.folder / "processes.log").open("ab") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=known, stdout=said, stderr=said)
    site.processes.append(process)
    try:
        wait_until(lambda: _port(log) is not None, seconds=30)
        port = _port(log)
        assert port
        wait_until(lambda: _answers(port), seconds=30)
        yield port
    finally:
        process.terminate()
        process.wait()


def _port(log: Path) -> int | None:
    text = log.read_text() if log.exists() else ""
    _, found, rest = text.partition("Listening at: http://127.0.0.1:")
    return int(rest.split()[0]) if found and " " in rest else None


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def cookie_of(user: User) -> dict[str, str]:
    """The headers of a browser in which the user is signed in at the site."""
    with override_settings(SECRET_KEY=SECRET):
        return {"Cookie": f"sessionid={signed_in(user).cookies['sessionid'].value}"}
