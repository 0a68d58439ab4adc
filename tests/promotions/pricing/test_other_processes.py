"""A change is live within a second in every process of a web server, however it was made."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from customers.keys import Scope
from promotions.models import Discount
from tests.api_keys import key_of
from tests.factories import NOON, make_staff
from tests.patience import PATIENCE
from tests.processes import MANAGE, environment
from tests.promotions.factories import make_discount, make_point_of_sale

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 3
BY_ANOTHER_PROCESS = (
    "from promotions.models import Discount;"
    " [d.delete() for d in Discount.objects.all()]; print('deleted')"
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a gunicorn with several processes."""
    address = f"127.0.0.1:{free_port()}"
    command = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", address),
        *("--worker-class", "gthread", "--workers", str(WORKERS), "--threads", "2"),
        *("--log-level", "warning", "--no-control-socket"),
    ]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment(tmp_path))
    try:
        _wait_until_it_answers(address)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_until_it_answers(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"http://{address}/healthz", timeout=PATIENCE).close()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        else:
            return


def test_a_change_by_the_orm_by_sql_or_by_another_process_is_live_everywhere(server, tmp_path):
    make_discount(everything=True, value=10)
    place = make_point_of_sale()
    headers = key_of(make_staff("promotions.view_discount"), Scope.PURCHASES_CALCULATE)
    line = {"id": "1", "product": "a", "quantity": "1", "unit_price": "100.00"}
    body = {"point_of_sale": place.key, "at": NOON.isoformat(), "lines": [line]}
    request = urllib.request.Request(  # noqa: S310 our own server
        f"{server}/api/v1/purchases/calculate?skipped=none",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", **headers},
    )

    def discount(_: int) -> str:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            found: str = json.load(answer)["discount"]
        return found

    def everywhere() -> set[str]:
        """What twenty requests, each on a connection of its own, are told."""
        with ThreadPoolExecutor(2 * WORKERS) as pool:
            return set(pool.map(discount, range(20)))

    assert everywhere() == {"10.00"}
    Discount.objects.update(value=20)
    assert everywhere() == {"20.00"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE promotions_discount SET value = 30")
    assert everywhere() == {"30.00"}
    with transaction.atomic():
        Discount.objects.update(value=40)
        assert everywhere() == {"30.00"}
        transaction.set_rollback(True)
    assert everywhere() == {"30.00"}
    command = [*MANAGE, "shell", "-v", "0", "-c", BY_ANOTHER_PROCESS]
    done = subprocess.run(
        command, env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("deleted\n")
    assert everywhere() == {"0.00"}
