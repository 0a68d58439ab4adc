"""PostgreSQL or a server's worker dies at once while tills confirm: what was answered is there,
everything else is whole or absent, and what was not answered can be sent again (P1).
"""

import json
import os
import signal
import time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from customers.keys import Scope
from customers.verification import stated, verify
from tests.api_keys import key_of
from tests.factories import make_customer, make_user
from tests.faults.site import wait_until
from tests.faults.visitors import HUNG, Answer, Ask, Visitors, Way
from tests.faults.web import served
from tests.loyalty.factories import make_personal_offer
from tests.promotions.factories import make_discount, make_point_of_sale

pytestmark = pytest.mark.faults

AWAY, DONE = (503, "5"), {(200, None), (201, None)}
STOPS, KILLS = 2, 3
PEOPLE = 4
ALWAYS = {"start": "2020-01-01T00:00Z", "end": "2999-01-01T00:00Z"}


@pytest.fixture
def confirming(site) -> Way:
    """Everybody's receipt is their own; limits and accounts they share."""
    place = make_point_of_sale().key
    people = [make_customer() for _ in range(PEOPLE)]
    make_discount(everything=True, value=10, budget=10**9, currency="EUR", **ALWAYS)
    make_personal_offer(preference="points", value=10, most_a_customer=10**6, **ALWAYS)
    key = key_of(make_user(is_superuser=True), *Scope.values) | {"Content-Type": "application/json"}

    def confirm(number: int) -> Ask:
        lines = [
            {"id": f"{each}", "product": "SKU", "quantity": "2", "unit_price": "10.00"}
            for each in range(3)
        ]
        customer = f"email:{people[number % PEOPLE].email}"
        body = {"receipt": f"R{number}", "customer": customer, "point_of_sale": place}
        return Ask("/api/v1/purchases", "POST", key, json.dumps(body | {"lines": lines}))

    return confirm


WHOLE = """
    SELECT receipt, (
        (SELECT count(*) FROM loyalty_purchaseline AS line
            WHERE (line.customer_id, purchase_id) = (purchase.customer_id, purchase.id)),
        (SELECT count(*) FROM promotions_use AS use WHERE use.purchase = public_id::text),
        (SELECT count(*) FROM loyalty_offeruse AS use WHERE use.purchase = public_id::text),
        (SELECT sum(amount) FROM loyalty_entry AS entry
            WHERE (entry.customer_id, purchase_id) = (purchase.customer_id, purchase.id)),
        (SELECT count(*) FROM loyalty_event AS event
            WHERE (event.customer_id, purchase_id) = (purchase.customer_id, purchase.id))
    )::text FROM loyalty_purchase AS purchase
"""
ALL_OF_IT = "(3,1,1,5.40,1)"
PARTS = (
    "SELECT (SELECT count(*) FROM loyalty_purchaseline), (SELECT count(*) FROM promotions_use),"
    " (SELECT count(*) FROM loyalty_offeruse), (SELECT count(*) FROM loyalty_entry),"
    " (SELECT count(*) FROM loyalty_event)"
)


def assert_whole(answers: list[Answer]) -> None:
    """What was answered is there; nothing is there of what is not whole."""
    connection.close()  # the server that it was open to may have died
    with connection.cursor() as cursor:
        cursor.execute(WHOLE)
        there = dict(cursor.fetchall())
        cursor.execute(PARTS)
        parts = cursor.fetchone()
    done = {f"R{each.number}" for each in answers if said(each) in DONE}
    assert done - set(there) == set()
    assert set(there.values()) == {ALL_OF_IT}
    assert parts == (3 * len(there), *[len(there)] * 4)
    findings = verify(stated(), at=timezone.now())
    assert {f.invariant.name: f.evidence for f in findings if not f.holds} == {}


def said(answer: Answer) -> tuple[int | str, str | None]:
    return answer.status, answer.retry_after


def wait_for_well(visitors: Visitors, number: int = 30) -> None:
    """So many are answered well one after another, from now on."""
    before = len(visitors.answers)

    def is_well() -> bool:
        last = visitors.answers[before:][-number:]
        return len(last) == number and {said(each) for each in last} == {(201, None)}

    wait_until(is_well, seconds=120)


def assert_sent_again(visitors: Visitors) -> None:
    """Each receipt is confirmed now, or was."""
    for each in [*visitors.answers]:
        again = said(visitors.ask("confirm", each.number))
        assert again in DONE if said(each) not in DONE else again == (200, None)


def test_what_was_confirmed_before_the_database_died_is_there_P1(site, confirming):
    with served(site) as port, Visitors(port, {"confirm": confirming}) as visitors:
        for _ in range(STOPS):
            wait_for_well(visitors)
            with site.server_down():
                now = time.monotonic()
                wait_until(lambda now=now: len(visitors.since(now)) >= 20, seconds=60)
                assert {said(each) for each in visitors.since(now)} == {AWAY}
            site.cluster.ensure_running()
        wait_for_well(visitors)
        visitors.leave()
        assert {said(each) for each in visitors.answers} == {AWAY, (201, None)}
        assert_whole(visitors.answers)
        assert_sent_again(visitors)
    assert_whole(visitors.answers)


def workers_of(master: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def test_what_a_killed_worker_of_the_server_confirmed_is_there_P1(site, confirming):
    """Who was just being answered hears nothing, as on a broken line; all others do not notice."""
    with served(site) as port, Visitors(port, {"confirm": confirming}) as visitors:
        for _ in range(KILLS):
            wait_for_well(visitors)
            os.kill(workers_of(site.processes[-1].pid)[0], signal.SIGKILL)
            time.sleep(1)
        wait_for_well(visitors)
        visitors.leave()
        assert {said(each) for each in visitors.answers} <= {(HUNG, None), (201, None)}
        assert sum(each.status == HUNG for each in visitors.answers) <= KILLS * visitors.threads
        assert_whole(visitors.answers)
        assert_sent_again(visitors)
    assert_whole(visitors.answers)
