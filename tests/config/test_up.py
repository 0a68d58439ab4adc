"""`make run` as a real process: from nothing to a site with a worker, and back to nothing."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.postgres import Cluster
from tests.config.postgres.servers import ROOT, is_up, open_folder, server_number
from tests.patience import PATIENCE

# Hands an import over to the worker, and prints what became of it.
IMPORT = """
import time
from django.core.files.base import ContentFile
from imports import jobs
file = ContentFile(b"Email,Offer ID\\nnew@example.com,pizza-friday\\nold,pizza-friday\\n", "a.csv")
job = jobs.start(type="private-offer-emails", user=None, file=file)
for _ in range(600):
    job.refresh_from_db()
    if job.state not in ("checking", "applying"):
        break
    time.sleep(0.2)
print("RESULT", job.state, job.created, job.rejected)
"""
COUNT = "from customers.models import Customer; print('RESULT', Customer.objects.count())"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(happened: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@dataclass
class Site:
    """A `manage.py up` and what else works in its STATE_DIR."""

    folder: Path
    port: int

    @property
    def environment(self) -> dict[str, str]:
        # Set in full, so that no .env of a developer has a say.
        return {
            **{key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
            "STATE_DIR": str(self.folder),
            "DEBUG": "1",
            "SECRET_KEY": "only-for-this-test",
            "DATABASE_URL": "",
            "EMAIL_URL": "consolemail://",
            "ALLOWED_HOSTS": ".localhost,127.0.0.1",
        }

    def start(self) -> None:
        self.log = self.folder / f"up-{time.monotonic_ns()}.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(lambda: "Ctrl-C" in self.said() or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()

    def stop(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def said(self) -> str:
        return self.log.read_text()

    def page(self, path: str, host: str) -> str:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", headers={"Host": f"{host}:{self.port}"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return answer.read().decode()

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def shell(self, code: str) -> str:
        return self.manage("shell", "--verbosity", "0", "-c", code).partition("RESULT ")[2].strip()

    def processes(self) -> dict[int, str]:
        """Everything alive that was started with this STATE_DIR; PostgreSQL as well."""
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                environment = (process / "environ").read_bytes()
                command = (process / "cmdline").read_bytes()
            except OSError:
                continue
            if f"STATE_DIR={self.folder}\0".encode() in environment and command:
                found[int(process.name)] = command.replace(b"\0", b" ").decode()
        return found


@pytest.fixture
def site() -> Iterator[Site]:
    with open_folder() as folder:
        site = Site(folder, free_port())
        yield site
        for number in site.processes():
            os.kill(number, signal.SIGKILL)


def worker_of(site: Site) -> int | None:
    return next((n for n, command in site.processes().items() if "procrastinate" in command), None)


needs_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks into /proc")


def interrupt_while_it_prepares(site: Site) -> None:
    """Start it from nothing, and press Ctrl-C when the database is there and the demo is not."""
    environment = {**site.environment, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "up", "--port", str(site.port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said = []
    with process.stdout:
        for line in process.stdout:
            said.append(line)
            if "Drawing" in line:
                os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    assert process.wait(PATIENCE) == 0
    assert said == ["Preparing the database …\n", "Drawing the pictures of the demo …\n"]
    until(lambda: site.processes() == {})


@needs_proc
def test_site_and_worker_start_from_nothing_work_together_and_leave_nothing_behind(site):
    """An interrupted beginning comes first: it leaves no process, and the next goes on from it."""
    interrupt_while_it_prepares(site)
    site.start()
    assert "Drawing" in site.said()
    assert "Send me a code" in site.page("/account/sign-in/", "harbour.localhost")
    assert 'name="password"' in site.page("/admin/login/", "127.0.0.1")
    for sign_in in ("admin@example.com ", "marketer@example.com ", "anna.nowak@example.com "):
        assert sign_in in site.said()

    # A second process works with the running database, and the worker does what it hands over.
    server = server_number(Cluster(site.folder / "postgres"))
    assert site.shell(IMPORT) == "ready 1 1"
    assert "nothing was changed" in site.manage("demo")
    assert server_number(Cluster(site.folder / "postgres")) == server

    killed = worker_of(site)
    os.kill(killed, signal.SIGKILL)
    until(lambda: worker_of(site) not in (None, killed))
    assert site.shell(IMPORT) == "ready 1 1"

    assert site.stop(signal.SIGINT) == 0
    until(lambda: site.processes() == {})
    assert not is_up(Cluster(site.folder / "postgres"))
    assert "Traceback" not in site.said()

    site.start()
    assert "Drawing" not in site.said()
    assert "marketer@example.com " in site.said()
    assert site.shell(COUNT) == "2000"
    assert site.stop(signal.SIGTERM) == 0
    until(lambda: site.processes() == {})
    assert "Traceback" not in site.said()


def test_a_port_in_use_is_said_and_how_to_take_another(site):
    with socket.socket() as other:
        other.bind(("127.0.0.1", site.port))
        other.listen()
        done = subprocess.run(
            [sys.executable, "manage.py", "up", "--port", str(site.port)],
            cwd=ROOT,
            env=site.environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == (
        f"CommandError: Port {site.port} of 127.0.0.1 cannot be used (Address already in use). "
        "Choose another one: make run PORT=8000\n"
    )
    assert list(site.folder.iterdir()) == []
