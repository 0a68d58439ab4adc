"""Two hundred uses at the same moment, beside a control without the lock (P14)."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import F

from promotions.limits import DISCOUNTS, Given, LimitReachedError
from promotions.models import EVERYBODY, Discount, Use, UseCounter
from promotions.periods import ALWAYS
from tests.factories import NOON
from tests.patience import PATIENCE
from tests.promotions.factories import make_discount
from tests.promotions.uses import assert_counters_are_uses
from tests.races import at_once, held, on_own_connection, stopped_at, wait_for_waiting

pytestmark = pytest.mark.django_db(transaction=True)

CONNECTIONS, USES = 20, 10


def outcome(purchase, *discounts, customer=1, amount="1.00"):
    """Whether it was claimed, or which limit was reached."""
    given = [Given(each.pk, Decimal(amount)) for each in discounts]
    try:
        DISCOUNTS.claim(purchase=purchase, customer_id=customer, given=given, at=NOON)
    except LimitReachedError as error:
        return error.limit
    return "claimed"


def two_hundred(use):
    """What came of uses 0 to 199 on twenty connections that begin together."""

    def some(first):
        return lambda: [use(number) for number in range(first, first + USES)]

    done = at_once(*(some(USES * number) for number in range(CONNECTIONS)))
    return [each for several in done for each in several]


def test_a_total_never_goes_over_under_two_hundred_uses():
    discount = make_discount(most_uses=37)
    came = two_hundred(lambda number: outcome(f"R{number}", discount, customer=number))
    assert (came.count("claimed"), came.count("total")) == (37, 163)
    assert UseCounter.objects.get().used == Use.objects.count() == 37
    assert_counters_are_uses()


def test_a_control_without_the_lock_goes_over():
    """It looks first and writes then; each has looked before the first writes."""
    discount = make_discount(most_uses=37)
    UseCounter.objects.create(
        customer_id=EVERYBODY, discount=discount, period="ever", since=ALWAYS, used=36
    )
    everybody_has_looked = threading.Barrier(CONNECTIONS)

    def careless():
        with transaction.atomic():
            counter = UseCounter.objects.filter(discount=discount)
            has_room = counter.get().used < 37
            everybody_has_looked.wait()
            if has_room:
                counter.update(used=F("used") + 1)

    at_once(*[careless] * CONNECTIONS)
    assert UseCounter.objects.get().used == 36 + CONNECTIONS


def test_a_budget_and_each_customers_limit_never_go_over():
    discount = make_discount(most_a_day=3, budget="50.00", currency="EUR")
    amounts = [random.Random(7 + number).randint(1, 300) for number in range(200)]
    came = two_hundred(
        lambda number: outcome(
            f"R{number}", discount, customer=1 + number % 25, amount=f"{amounts[number] / 100:.2f}"
        )
    )
    spent = sum(amounts[number] for number, each in enumerate(came) if each == "claimed")
    everybody = UseCounter.objects.get(customer_id=EVERYBODY)
    assert (everybody.used, everybody.spent) == (came.count("claimed"), Decimal(spent) / 100)
    assert everybody.spent <= 50
    assert max(UseCounter.objects.filter(period="day").values_list("used", flat=True)) <= 3
    assert_counters_are_uses()


def test_claims_and_returns_of_several_discounts_never_wait_in_a_circle():
    discounts = [make_discount(most_uses=80, most_a_week=90) for _ in range(4)]

    def use(number):
        chance = random.Random(number)
        some = chance.sample(discounts, 3)
        came = outcome(f"R{number}", *some, customer=1 + number % 3)
        if chance.random() < 0.5:
            parts = {some[0].pk: Decimal("0.25")} if came == "claimed" else None
            DISCOUNTS.give_back(purchase=f"R{number}", parts=parts)
        if chance.random() < 0.3:
            DISCOUNTS.give_back(purchase=f"R{number - number % 3}")
        return came

    came = two_hundred(use)
    assert set(came) <= {"claimed", "total", "week"}
    assert "claimed" in came
    assert_counters_are_uses()


def test_the_same_purchase_confirmed_twice_at_once_is_one_use():
    discount = make_discount(most_uses=5)
    came = at_once(*[lambda: outcome("R1", discount)] * 8)
    assert came == ["claimed"] * 8
    assert (Use.objects.count(), UseCounter.objects.get().used) == (1, 1)


def test_the_same_purchase_cancelled_twice_at_once_gives_back_once():
    discount = make_discount(most_uses=5)
    outcome("R1", discount)
    outcome("R2", discount)
    at_once(*[lambda: DISCOUNTS.give_back(purchase="R1")] * 8)
    assert UseCounter.objects.get().used == 1
    assert_counters_are_uses()


def test_limits_set_while_a_purchase_is_confirmed_count_it():
    """The claim has written its use, and waits before it counts; the limit comes then."""
    discount = make_discount()

    def limit():
        Discount.objects.filter(pk=discount.pk).update(most_uses=1)

    stopped_at(held("promotions_usecounter"), lambda: outcome("R1", discount), limit)
    assert UseCounter.objects.get().used == 1
    assert outcome("R2", discount) == "total"
    assert_counters_are_uses()


def test_a_purchase_confirmed_while_limits_are_set_is_counted():
    discount = make_discount(most_uses=9)
    outcome("R1", discount)
    came = []
    with transaction.atomic():
        Discount.objects.filter(pk=discount.pk).update(most_uses=1)
        claiming = threading.Thread(
            target=on_own_connection, args=[lambda: came.append(outcome("R2", discount))]
        )
        claiming.start()
        wait_for_waiting()
    claiming.join()
    assert came == ["total"]
    assert_counters_are_uses()


def test_a_purchase_cancelled_while_limits_are_set_is_not_counted():
    discount = make_discount(most_uses=9)
    outcome("R1", discount)
    with transaction.atomic():
        Discount.objects.filter(pk=discount.pk).update(most_uses=1)
        cancelling = threading.Thread(
            target=on_own_connection, args=[lambda: DISCOUNTS.give_back(purchase="R1")]
        )
        cancelling.start()
        wait_for_waiting()
    cancelling.join()
    assert UseCounter.objects.get().used == 0
    assert_counters_are_uses()


def test_limits_of_many_set_at_once_and_claims_of_two_never_wait_in_a_circle():
    """The statement meets the second first, as the first was moved behind it in the table."""
    first, second = make_discount(most_a_day=9), make_discount(most_a_day=9)
    Discount.objects.filter(pk=first.pk).update(name="Moved")

    def limit():
        return Discount.objects.update(most_a_day=5)

    def claim_both():
        return outcome("R2", first, second, customer=2)

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            claim_of_first = outcome("R1", first, customer=1)
            limiting = pool.submit(on_own_connection, limit)
            wait_for_waiting()
            # Without the order this waits for who waits for it.
            claim_of_both = pool.submit(on_own_connection, claim_both).result(timeout=PATIENCE)
        assert (claim_of_first, claim_of_both, limiting.result()) == ("claimed", "claimed", 2)
    assert_counters_are_uses()
