"""Whatever customers, marketers and tills do in whatever order, every invariant holds after each
step, and the shop says what plain arithmetic says (P1, P3, P8, P14, L14, D17).

`STEPS=10000` runs so many, each time others; the suite has a few hundred, always the same.
"""

import os

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.loyalty.stateful.items_and_answers import ItemsAndAnswers
from tests.loyalty.stateful.offers import Offers
from tests.loyalty.stateful.people import People
from tests.loyalty.stateful.points_and_clocks import PointsAndClocks
from tests.loyalty.stateful.returns import Returns
from tests.loyalty.stateful.tills import Tills
from tests.loyalty.stateful.world import World, broken

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = int(os.environ.get("STEPS", "0"))
BOUND, AT_ONCE = 400, 50


class Shop(People, Offers, ItemsAndAnswers, Tills, Returns, PointsAndClocks):
    """All of it."""


def test_after_every_step_every_invariant_holds():
    World.steps = 0
    drive(STEPS or BOUND)
    while World.steps < STEPS:  # some examples end before they have as many
        drive(STEPS - World.steps)
    print(f"{World.steps} steps")


def drive(steps: int) -> None:
    run_state_machine_as_test(
        Shop,
        settings=settings(
            max_examples=-(-steps // AT_ONCE),
            stateful_step_count=AT_ONCE,
            derandomize=not STEPS,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_what_is_broken_is_found():
    """The control: of a purchase that was all right, one sum after another is made wrong."""
    shop = Shop()
    ann = shop.add_customer()
    shop.make_offer(
        mechanic="audience",
        preference="points",
        size=("percentage", 10),
        stacking="combines",
        limits={"most_uses": 3},
        days=3,
        needs_acceptance=False,
        whom="everybody",
    )
    bought = shop.confirm(ann, [("TEA", "2", "10")], "EUR", "0", None)
    assert broken(shop.now) == {}
    for change, name in (
        ("loyalty_lot SET remaining = 1", "loyalty.ledger-balance"),
        ("loyalty_offerusecounter SET used = 0", "loyalty.offer-use-counters"),
        ("loyalty_offeruse SET amount = 1", "loyalty.purchase-uses-of-personal-offers"),
    ):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {change}")
            assert name in broken(shop.now)
            transaction.set_rollback(True)
    bought.lines["1"].parts["payable"] += 1
    with pytest.raises(AssertionError):
        shop.return_goods(bought, None)
