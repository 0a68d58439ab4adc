"""What tills do: calculate, hold and confirm, again and again and late."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import multiple, rule

from loyalty.purchases import answers, confirming, holding
from loyalty.purchases.drafts import SUMS, Draft
from loyalty.purchases.orders import Order, price
from promotions.pricing.asked import AskedBasket, AskedLine
from tests.factories import DAY
from tests.loyalty.plain_ledger import PlainLot
from tests.loyalty.purchases.factories import code_or
from tests.loyalty.stateful.plain_shop import (
    PARTS,
    Counted,
    Person,
    PlainHold,
    PlainLine,
    PlainPurchase,
    given,
    lifetime,
    uses_of,
)
from tests.loyalty.stateful.world import HOUR, World

LINES = st.lists(
    st.tuples(
        st.sampled_from(["TEA", "CAKE", "GHOST"]),
        st.sampled_from(["1", "2", "3", "1.333"]),
        st.sampled_from(["10", "3.33", "0.99", "0"]),
    ),
    min_size=1,
    max_size=3,
)
WHEN = st.sampled_from([None, None, None, -HOUR, -2 * DAY, HOUR / 20])
POINTS = st.sampled_from(["0", "0", "0", "1", "2.5", "6"])
PLACES = st.sampled_from(["EUR", "EUR", "EUR", "JPY", "KWD"])
DIGITS = {"EUR": 2, "JPY": 0, "KWD": 3}


class Tills(World):
    def order(self, person, lines, place, points, since) -> Order:
        asked = tuple(
            AskedLine(str(number), code, Decimal(quantity), Decimal(cost))
            for number, (code, quantity, cost) in enumerate(lines, 1)
        )
        whose = ("id", None) if person is None else ("email", person.email)
        at = None if since is None else self.now + since
        return Order(AskedBasket(place, asked, Decimal(points)), whose, at)

    def priced(self, order: Order) -> Draft | str:
        """Or why it can't be."""
        at = order.at or self.now
        draft = code_or(lambda: Draft.of(price(order, at=at, now=self.now), order.basket, at))
        if draft in ("points_balance", "points_of_nobody"):
            assert order.basket.points_to_spend > self.spendable(self.whose(order))
        return draft

    def whose(self, order: Order) -> Person | None:
        alive = (each for each in self.everybody if not each.is_erased)
        return next((each for each in alive if each.email == order.identity[1]), None)

    def spendable(self, person: Person | None) -> Decimal:
        return self.plain.balance(person.number, self.now) if person else Decimal(0)

    @rule(person=st.none() | World.people, lines=LINES, place=PLACES, points=POINTS, since=WHEN)
    def calculate(self, person, lines, place, points, since) -> None:
        """Changes nothing."""
        draft = self.priced(self.order(person, lines, place, points, since))
        if isinstance(draft, Draft):
            total = sum((line.total for line in draft.lines), Decimal(0))
            assert draft.purchase.total == total
            assert min(getattr(draft.purchase, name) for name in SUMS) >= 0

    @rule(target=World.holds, person=st.none() | World.people, lines=LINES, place=PLACES,
          points=POINTS, since=WHEN)  # fmt: skip
    def hold(self, person, lines, place, points, since):
        order = self.order(person, lines, place, points, since)
        draft = self.priced(order)
        held = code_or(lambda: holding.hold(order=order, at=self.now))
        if isinstance(draft, str):
            assert held == draft
            return multiple()
        sums = {name: getattr(draft.purchase, name) for name in SUMS}
        assert {name: getattr(held.priced.quote, name) for name in SUMS} == sums
        uses = list(uses_of(draft.purchase.effects))
        hold = PlainHold(
            held.token, order, person, sums, uses, self.now + 10 * dt.timedelta(minutes=1)
        )
        self.held.append(hold)
        self.count(person, uses, draft.purchase.at, hold=hold)
        return hold

    @rule(target=World.purchases, person=st.none() | World.people, lines=LINES, place=PLACES,
          points=POINTS, since=WHEN)  # fmt: skip
    def confirm(self, person, lines, place, points, since):
        order = self.order(person, lines, place, points, since)
        draft = self.priced(order)
        receipt = f"R{len(self.bought)}"
        done = code_or(lambda: confirming.confirm(receipt=receipt, order=order, at=self.now))
        if isinstance(draft, str):
            assert done == draft
            return multiple()
        sums = {name: getattr(draft.purchase, name) for name in SUMS}
        return self.wrote(receipt, order, person, done, sums)

    @rule(target=World.purchases, hold=World.holds, is_another=st.booleans())
    def confirm_held(self, hold: PlainHold, is_another: bool):
        """At what was shown, while it is held, if the points are still there."""
        order, receipt = hold.order, f"R{len(self.bought)}"
        if is_another:
            order = Order(order.basket, order.identity, self.now - DAY)
        done = code_or(
            lambda: confirming.confirm(receipt=receipt, order=order, quote=hold.token, at=self.now)
        )
        if refused := self.refused(hold, is_another):
            assert done == refused
            return multiple()
        hold.is_over = True
        return self.wrote(receipt, order, hold.person, done, hold.sums, quote=hold)

    def refused(self, hold: PlainHold, is_another: bool) -> str | None:
        if any(each.public_id == hold.token for each in self.bought):
            return "quote_used"
        if hold.is_over or hold.until <= self.now:
            return "quote_expired"
        if is_another:
            return "quote_mismatch"
        if hold.sums["points_spent"] > self.spendable(hold.person):
            return "points_balance"
        return None

    def wrote(self, receipt, order, person, done, sums, quote: PlainHold | None = None):
        """What was confirmed costs what the quote said; it is noted in plain."""
        purchase = done.record.purchase
        assert done.is_new
        assert {name: getattr(purchase, name) for name in SUMS} == sums
        bought = PlainPurchase(
            receipt,
            order,
            person,
            purchase.public_id,
            quote.token if quote else None,
            DIGITS[order.basket.point_of_sale],
            {
                line.line: PlainLine(line.quantity, {name: getattr(line, name) for name in PARTS})
                for line in done.record.lines
            },
            list(uses_of(purchase.effects)),
        )
        self.bought.append(bought)
        bought.told = answers.of_purchase(done.record)
        if quote is None:
            self.count(person, bought.uses, purchase.at, purchase=bought)
        for use in self.counted:
            use.purchase = bought if quote and use.hold is quote else use.purchase
        if person:
            self.pay(bought, person, sums, purchase.at)
        return bought

    def pay(self, bought, person, sums, bought_at) -> None:
        if spent := sums["points_spent"]:
            self.plain.spend(person.number, bought.receipt, spent, self.now)
        if earned := sums["points_earned"]:
            opens_at, expires_at = lifetime(self.programme, bought_at)
            lot = PlainLot(earned, expires_at, opens_at, bought.receipt)
            self.plain.give(person.number, lot)
            self.plain.bought[bought.receipt].earned += earned

    def count(self, person, uses, at, *, purchase=None, hold=None) -> None:
        for kind, offer in given(uses):
            self.counted.append(Counted(kind, offer, person, at, purchase, hold))
            self.stay_within_limits(kind, offer, person)

    @rule(bought=World.purchases)
    def confirm_again(self, bought: PlainPurchase) -> None:
        """It is the same purchase, whatever happened since."""
        done = confirming.confirm(
            receipt=bought.receipt, order=bought.order, quote=bought.quote, at=self.now
        )
        assert not done.is_new
        told = answers.of_purchase(done.record)
        same = [name for name in told if name in (*SUMS, "id", "effects", "confirmed_at", "at")]
        assert [told[name] for name in same] == [bought.told[name] for name in same]

    @rule(bought=World.purchases, lines=LINES)
    def confirm_another_with_the_receipt(self, bought: PlainPurchase, lines) -> None:
        order = self.order(None, [*lines, ("TEA", "77", "1")], "EUR", "0", None)
        assert (
            code_or(lambda: confirming.confirm(receipt=bought.receipt, order=order, at=self.now))
            == "receipt_used"
        )
