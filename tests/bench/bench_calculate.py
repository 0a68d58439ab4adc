"""POST /purchases/calculate under gunicorn, beside a bare view of the same gunicorn.

500 live discounts, baskets of twenty lines of a thousand different customers, with the reasons of
all that did not apply. Both are asked by a process of its own, in turns.
"""

import json
import random
import subprocess
import sys
from functools import cache

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from customers.keys import Scope, issue
from customers.models import User
from promotions.compiled import check_compiled
from tests.bench import databases, dataset, promotions
from tests.bench.databases import ROOT
from tests.bench.dataset import HOST, NOW
from tests.bench.harness import Report
from tests.bench.web import served

settings.ALLOWED_HOSTS = [HOST]

RULES = 500
LINES = 20
BASKETS = 1000
CONNECTIONS = 8
ROUNDS, SECONDS = 5, 4.0
MOST_QUERIES = 4
PATH = "/api/v1/purchases/calculate"
Measured = dict[str, float]


def run(report: Report) -> None:
    print(f"the engine is {'compiled' if check_compiled() else 'interpreted'}", file=sys.stderr)
    products = 2_000 if report.small else 100_000
    rules = 50 if report.small else RULES
    make(report.scale.customers, products, rules, listed=50 if report.small else 1000)
    baskets = [posted(body) for body in bodies(report.scale.customers, products)]
    bare = [f"GET /bare/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n"]
    counted = queries(baskets[0])
    with served(workers=1 if report.small else 4) as port:
        load(port, baskets, 0.2 if report.small else 4)  # every process knows the offers
        ours, theirs = in_turns(port, baskets, bare, hasty=report.small)
    what = f"calculate, {LINES} lines, {rules} live discounts, {report.scale.customers:,} customers"
    report.limit(MOST_QUERIES, f"{what}: statements", counted, "")
    # Seconds an answer takes the server: 0.3 times the requests is 1 / 0.3 times the seconds.
    report.at_most(1 / 0.3, what, 1 / ours["a_second"], "bare view", 1 / theirs["a_second"])
    for name in ("median", "p95"):
        report.note(f"the same, {CONNECTIONS} at once: {name}", ours[name], "bare", theirs[name])


def make(customers: int, products: int, rules: int, *, listed: int) -> None:
    databases.use_empty()
    dataset.customers(customers)
    promotions.catalogue(products)
    promotions.discounts(rules, products, listed)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def bodies(customers: int, products: int) -> list[str]:
    drawn = random.Random(3)
    return [
        json.dumps(
            {
                "customer": f"email:customer{drawn.randint(1, customers)}@example.com",
                "point_of_sale": f"P{drawn.randint(1, promotions.PLACES)}",
                "at": NOW.isoformat(),
                "lines": [
                    {
                        "id": str(line),
                        "product": f"SKU{drawn.randint(1, products)}",
                        "quantity": str(drawn.randint(1, 4)),
                        "unit_price": f"{drawn.randint(50, 3000) / 100:.2f}",
                    }
                    for line in range(LINES)
                ],
            }
        )
        for _ in range(BASKETS)
    ]


def posted(body: str) -> str:
    return (
        f"POST {PATH} HTTP/1.1\r\nHost: {HOST}\r\n"
        f"Authorization: Bearer {secret()}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    )


@cache
def secret() -> str:
    """Of a key whose maker has no more rights than it takes."""
    maker = User.objects.create_user("till@example.com", is_staff=True)
    maker.user_permissions.add(Permission.objects.get(codename="view_discount"))
    return issue(name="Till", scopes=[Scope.PURCHASES_CALCULATE], user=maker, at=timezone.now())[1]


def load(port: int, requests: list[str], seconds: float) -> Measured:
    command = [sys.executable, "-m", "tests.bench.loader", str(port), str(seconds)]
    done = subprocess.run(
        [*command, str(CONNECTIONS)],
        input=json.dumps(requests),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    measured = json.loads(done.stdout)
    if measured["failures"]:
        raise RuntimeError(f"answers were {measured['failures']}")
    return measured


def queries(request: str) -> int:
    """Statements of one request, in this process, when everything is known."""
    head, _, body = request.partition("\r\n\r\n")
    sent = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
    headers = {"host": HOST, "authorization": sent["Authorization"]}
    client = Client(headers=headers)
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(PATH, body, content_type="application/json")
    if answer.status_code != 200:
        raise RuntimeError(f"the answer was {answer.content!r}")
    return len(captured)


def in_turns(
    port: int, ours: list[str], theirs: list[str], *, hasty: bool
) -> tuple[Measured, Measured]:
    """The median round of each."""
    rounds, seconds = (1, 0.2) if hasty else (ROUNDS, SECONDS)
    measured = [(load(port, ours, seconds), load(port, theirs, seconds)) for _ in range(rounds)]
    middle = [
        sorted(each, key=lambda one: one["a_second"])[rounds // 2]
        for each in zip(*measured, strict=True)
    ]
    return middle[0], middle[1]
