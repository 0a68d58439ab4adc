"""PostgreSQL stops at once while many use the site: 503 meanwhile, then as if nothing had been."""

import json
import time
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from customers.keys import Scope
from customers.models import Customer
from loyalty.models import Purchase
from tests.api_keys import key_of
from tests.factories import DAY, make_altshop, make_customer, make_user
from tests.faults.site import wait_until
from tests.faults.visitors import Answer, Ask, Visitors
from tests.faults.web import METRICS, cookie_of, served
from tests.loyalty.purchases.factories import give_points
from tests.promotions.factories import make_discount, make_point_of_sale

pytestmark = pytest.mark.faults

NOW = timezone.now()
AWAY = (503, "5")
UNTOUCHED = ("sign-in", "alive", "metrics")  # they need no database
SAME = "c" * 32  # in the cookie and in the form: it was the site's own page
STOPS = 3


def email(number: int) -> str:
    return f"new{number}@example.com"


def receipt(number: int) -> str:
    return f"R{number}"


@pytest.fixture
def ways(site):
    """Every way into the site, by what it is answered in good times."""
    make_altshop(is_default=True)
    give_points(make_customer("ann@example.com"), 1_000)
    make_discount(start=NOW - DAY, end=NOW + DAY, everything=True, most_uses=1_000_000)
    place = make_point_of_sale().key
    customer = cookie_of(make_user("ann@example.com"))
    staff = cookie_of(make_user("root@example.com", is_staff=True, is_superuser=True))
    key = key_of(make_user(is_superuser=True), *Scope.values) | {"Content-Type": "application/json"}
    line = {"id": "1", "product": "SKU", "quantity": "1", "unit_price": "10.00"}
    basket = {"customer": "email:ann@example.com", "point_of_sale": place, "lines": [line]}

    def buy(number: int) -> Ask:
        body = basket | {"receipt": receipt(number), "points_to_spend": "0.01"}
        return Ask("/api/v1/purchases", "POST", key, json.dumps(body))

    def write(number: int) -> Ask:
        body = json.dumps({"email": email(number)})
        return Ask("/api/v1/customers", "POST", key | {"Idempotency-Key": f"{number}"}, body)

    return {
        "account": lambda _: Ask("/account/offers/", headers=customer),
        "sign-in": lambda _: Ask("/account/sign-in/"),
        "code": lambda number: Ask(
            "/account/sign-in/",
            "POST",
            {"Cookie": f"csrftoken={SAME}", "Content-Type": "application/x-www-form-urlencoded"},
            urlencode({"email": f"x{number}@example.com", "csrfmiddlewaretoken": SAME}),
        ),
        "back-office": lambda _: Ask("/admin/", headers=staff),
        "list": lambda _: Ask("/admin/customers/customer/", headers=staff),
        "api": lambda _: Ask("/api/v1/customers/email:ann@example.com", headers=key),
        "till": lambda _: Ask("/api/v1/purchases/calculate", "POST", key, json.dumps(basket)),
        "purchase": buy,
        "write": write,
        "ready": lambda _: Ask("/readyz"),
        "alive": lambda _: Ask("/healthz"),
        "metrics": lambda _: Ask("/metrics", headers={"Authorization": f"Bearer {METRICS}"}),
    }


PLAIN = ("account", "sign-in", "back-office", "list", "api", "till", "ready", "alive", "metrics")
GOOD = {
    **{way: {(200, None)} for way in PLAIN},
    "write": {(201, None)},
    "purchase": {(201, None)},
    "code": {(302, None), (429, None)},  # so many from one address are too many
}


def unlike(expected: dict[str, set], answers: list[Answer]) -> dict[str, set]:
    """What was answered otherwise, by way."""
    others: dict[str, set] = {}
    for each in answers:
        if (said := (each.status, each.retry_after)) not in expected[each.way]:
            others.setdefault(each.way, set()).add(said)
    return others


def all_ways_well(visitors: Visitors) -> None:
    """Every way is answered well, each of ten times, from now on."""
    now = time.monotonic()
    wait_until(lambda: len(visitors.since(now)) >= 10 * len(GOOD), seconds=60)
    assert unlike(GOOD, visitors.since(now)) == {}


def all_ways_away(visitors: Visitors) -> None:
    """Every way is told to come later."""
    now = time.monotonic()
    wait_until(lambda: len(visitors.since(now)) >= 10 * len(GOOD), seconds=60)
    away = {way: GOOD[way] if way in UNTOUCHED else {AWAY} for way in GOOD}
    assert unlike(away, visitors.since(now)) == {}


def test_the_site_says_that_it_is_away_and_recovers_by_itself(site, ways):
    """Nobody is told of an error or waits in vain; what was confirmed is there afterwards."""
    with served(site) as port, Visitors(port, ways) as visitors:
        all_ways_well(visitors)
        for _ in range(STOPS):
            with site.server_down():
                all_ways_away(visitors)
            site.cluster.ensure_running()
            all_ways_well(visitors)
    either = {way: good | {AWAY} for way, good in GOOD.items()}
    assert unlike(either, visitors.answers) == {}
    connection.close()  # ours broke, too
    written = {email(number) for number in visitors.confirmed("write")}
    assert written - set(Customer.objects.values_list("email", flat=True)) == set()
    bought = {receipt(number) for number in visitors.confirmed("purchase")}
    assert bought - set(Purchase.objects.values_list("receipt", flat=True)) == set()
    call_command("verify")
