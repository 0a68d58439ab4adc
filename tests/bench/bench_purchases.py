"""What tills and apps ask while a shop is open: personal offers, quotes, confirmations.

A million customers, five million items, two thousand live personal offers beside five hundred
discounts, ten million entries in the ledger. Each is asked at its own pace from a second process,
as a crowd does: the next request comes when it comes, not when the last was answered. Beside each
a view without any of our code sends the same statements, as it recorded them.
"""

import json
import random
import uuid
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connection
from django.utils import timezone

from customers.keys import Scope, issue
from customers.models import User
from loyalty.personal.mine import mine_of
from tests.bench import databases, dataset, personal, promotions
from tests.bench.bench_account import select_1
from tests.bench.dataset import HOST, NOW
from tests.bench.harness import Report, medians
from tests.bench.paced import Paced, paced
from tests.bench.processor import Processor
from tests.bench.replay import record
from tests.bench.web import served

settings.ALLOWED_HOSTS = [HOST]

OFFERS = 2_000
DISCOUNTS = 500
LINES = 20
LONGEST = 0.150
"""Seconds, of 95 in 100 answers."""
SECONDS, WARMING = 20, 40
PACES = {"personal offers of a customer": 300, "quotes": 150, "confirmations": 50}
"""Requests a second."""


def run(report: Report) -> None:
    customers = report.scale.customers
    products = 2_000 if report.small else 100_000
    make(customers, products, small=report.small)
    in_process(report, customers)
    first, number = (2, 8) if report.small else (WARMING, None)
    asked = requests(customers, products, number)
    replays = {name: record(texts[0]) for name, texts in asked.items()}
    with served(workers=1 if report.small else 4) as port:
        for texts in asked.values():
            paced(port, texts[1:first], 20, connections=4)  # every process knows the offers
        for name, texts in asked.items():
            pace = 20 if report.small else PACES[name]
            ours = sent(port, texts[first:], pace)
            bare = sent(port, [replay_of(replays[name])] * len(texts), pace)
            tell(report, f"{name} at {pace} a second", ours, bare)


def make(customers: int, products: int, *, small: bool) -> None:
    databases.use_empty()
    dataset.customers(customers)
    promotions.catalogue(products)
    promotions.discounts(50 if small else DISCOUNTS, products, 50)
    offers = 60 if small else OFFERS
    personal.offers(offers, products, personal.people())
    personal.items(customers, offers, products)
    personal.ledger(customers)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def in_process(report: Report, customers: int) -> None:
    drawn = random.Random(5)
    numbers = [drawn.randint(1, customers) for _ in range(50)]
    turn = iter(range(10**9))

    def ours() -> object:
        return mine_of("id", numbers[next(turn) % len(numbers)], NOW)

    found = sum(len(mine_of("id", pk, NOW)[1]) for pk in numbers) / len(numbers)
    times = medians({"ours": ours, "select 1": select_1}, rounds=101, seconds=0.02)
    what = f"one customer's personal offers, {found:.0f} on average"
    report.at_most(1.5, what, times["ours"], "select 1", times["select 1"])


def requests(customers: int, products: int, number: int | None) -> dict[str, list[str]]:
    """Of each kind as many as are sent, each of another customer; a receipt comes once only."""
    drawn = random.Random(3)
    several = {name: number or pace * SECONDS + WARMING for name, pace in PACES.items()}
    mine, quotes, confirmations = several.values()
    return {
        "personal offers of a customer": [
            get(f"/api/v1/customers/id:{drawn.randint(1, customers)}/personal-offers")
            for _ in range(mine)
        ],
        "quotes": [
            post("/api/v1/purchases/calculate?skipped=near", basket(drawn, customers, products))
            for _ in range(quotes)
        ],
        "confirmations": [
            post(
                "/api/v1/purchases",
                {
                    **basket(drawn, customers, products),
                    "receipt": uuid.UUID(int=drawn.getrandbits(128)).hex,
                },
            )
            for _ in range(confirmations)
        ],
    }


def basket(drawn: random.Random, customers: int, products: int) -> dict[str, object]:
    customer = drawn.randint(1, customers)
    # Some of what their own offers are about, as people buy what they are offered.
    own = [1 + (customer * 61 + i * 17) % products for i in range(3)]
    others = [drawn.randint(1, products) for _ in range(LINES - len(own))]
    return {
        "customer": f"id:{customer}",
        "point_of_sale": f"P{drawn.randint(1, promotions.PLACES)}",
        "points_to_spend": "5" if customer % 4 == 0 else "0",
        "lines": [
            {
                "id": str(place),
                "product": f"SKU{product}",
                "quantity": str(drawn.randint(1, 4)),
                "unit_price": f"{drawn.randint(50, 3000) / 100:.2f}",
            }
            for place, product in enumerate(own + others, 1)
        ],
    }


def get(path: str) -> str:
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {secret()}\r\n\r\n"


def post(path: str, body: dict[str, object]) -> str:
    text = json.dumps(body)
    return (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {secret()}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(text)}\r\n\r\n{text}"
    )


def replay_of(number: int) -> str:
    return f"GET /replay/{number}/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n"


@cache
def secret() -> str:
    """Of a key whose maker has no more rights than it takes."""
    maker = User.objects.create_user("till@example.com", is_staff=True)
    rights = ("view_discount", "view_personaloffer", "confirm_purchase")
    maker.user_permissions.set(Permission.objects.filter(codename__in=rights))
    scopes = [Scope.PURCHASES_CALCULATE, Scope.PURCHASES_WRITE, Scope.PERSONAL_OFFERS_READ]
    return issue(name="Till", scopes=scopes, user=maker, at=timezone.now())[1]


@dataclass(frozen=True)
class Sent:
    answers: Paced
    spent: float
    """Seconds of the servers' processors, an answer."""
    stolen: float
    """The share of the machine that others had meanwhile."""


def sent(port: int, texts: list[str], pace: int) -> Sent:
    before = Processor.now()
    answers = paced(port, texts, pace, connections=16)
    spent, stolen = Processor.now().since(before)
    return Sent(answers, spent / len(texts), stolen)


def tell(report: Report, what: str, ours: Sent, bare: Sent) -> None:
    if failures := ours.answers.failures or bare.answers.failures:
        raise RuntimeError(f"{what}: answers were {failures}")
    peer = "the same statements, bare"
    report.limit(LONGEST * 1000, f"{what}: p95", ours.answers.p95 * 1000, "ms")
    report.note(f"{what}: median", ours.answers.median, peer, bare.answers.median)
    report.note(f"{what}: p95", ours.answers.p95, peer, bare.answers.p95)
    report.note(f"{what}: processor of the site, an answer", ours.spent, peer, bare.spent)
    report.share(f"{what}: of the machine others had", ours.stolen, peer, bare.stolen)
