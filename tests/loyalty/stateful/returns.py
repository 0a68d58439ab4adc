"""What tills take back: purchases cancelled, and goods returned, again and again."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from loyalty.models import Purchase
from loyalty.purchases import answers, cancelling, records, returning
from tests.loyalty.stateful.plain_shop import (
    PARTS,
    PlainPurchase,
    lifetime,
)
from tests.loyalty.stateful.tills import code_or
from tests.loyalty.stateful.world import World


class Returns(World):
    @rule(bought=World.purchases)
    def cancel(self, bought: PlainPurchase) -> None:
        done = code_or(
            lambda: cancelling.cancel(receipt=bought.receipt, cancelled_at=None, at=self.now)
        )
        if not bought.is_cancelled and bought.returns:
            assert done == "has_returns"
            return
        not_taken = done.points_expired, done.points_missing
        if not bought.is_cancelled:
            bought.is_cancelled = True
            parts = {name: bought.part(name) for name in PARTS}
            bought.returns["cancelled"] = None
            bought.told["not taken"] = self.take_back(bought, parts)
        assert not_taken == bought.told["not taken"]

    @rule(bought=World.purchases, quantities=st.none() | st.lists(
          st.sampled_from(["1", "0", "0.333", "1.333"]), min_size=3, max_size=3))  # fmt: skip
    def return_goods(self, bought: PlainPurchase, quantities) -> None:
        asked = quantities and {
            line: Decimal(each)
            for line, each in zip(bought.lines, quantities, strict=False)
            if Decimal(each)
        }
        key = f"T{len(bought.returns)}"
        done = code_or(lambda: self.take(bought, key, asked))
        if refused := self.refusal(bought, asked):
            assert done == refused
            return
        before = {name: bought.back(name) for name in PARTS}
        for name, line in bought.lines.items():
            line.back += line.quantity - line.back if asked is None else asked.get(name, 0)
        parts = {name: bought.back(name) - before[name] for name in PARTS}
        row = done.returned.row
        assert {name: getattr(row, name) for name in PARTS} == parts
        assert row.is_rest == (not bought.left)
        not_taken = row.points_expired, row.points_missing
        assert not_taken == self.take_back(bought, parts)
        bought.returns[key] = asked

    def refusal(self, bought: PlainPurchase, asked) -> str | None:
        if bought.is_cancelled:
            return "cancelled"
        if asked is None:
            return None if bought.left else "nothing_left"
        if not asked:
            return "no_lines"
        lines = bought.lines
        is_too_much = any(lines[name].back + units > lines[name].quantity
                          for name, units in asked.items())  # fmt: skip
        return "quantity" if is_too_much else None

    def take(self, bought: PlainPurchase, key: str, asked):
        lines = None if asked is None else [returning.Asked(*each) for each in asked.items()]
        request = returning.Request(key, lines)
        return returning.take(receipt=bought.receipt, request=request, at=self.now)

    def take_back(self, bought: PlainPurchase, parts) -> tuple[Decimal, Decimal]:
        """What had expired, and what is missing. Who was erased has no points: none come back."""
        earned, spent, person = parts["points_earned"], parts["points_spent"], bought.person
        if person is None or person.is_erased:
            return Decimal(0), earned
        if spent:
            _, expires_at = lifetime(
                self.programme, self.now - dt.timedelta(days=self.programme.delay_days)
            )
            self.plain.give_back(person.number, bought.receipt, spent, expires_at, self.now)
        if not earned:
            return Decimal(0), earned
        return self.plain.take_back(person.number, bought.receipt, earned, self.now)

    @rule(bought=World.purchases, data=st.data())
    def return_again(self, bought: PlainPurchase, data: st.DataObject) -> None:
        """It is the same return; another one by that key is refused."""
        keys = [key for key in bought.returns if key != "cancelled"]
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        assert not self.take(bought, key, bought.returns[key]).is_new
        assert code_or(lambda: self.take(bought, key, {"1": Decimal(99)})) == "return_used"

    @rule(bought=World.purchases)
    def read_P3(self, bought: PlainPurchase) -> None:
        """Never more came back than was paid, and all of it when everything is back."""
        record = records.read(Purchase.objects.select_related("point_of_sale").get(
            public_id=bought.public_id))  # fmt: skip
        back = answers.of_purchase(record)["returned"]
        for name in PARTS:
            paid = bought.part(name)
            assert Decimal(back[name]) == bought.back(name) <= paid
            assert bought.left or Decimal(back[name]) == paid
