"""Whatever is done to a ledger in whatever order, it says what plain arithmetic says (P8, D17)."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from loyalty.expiry import expire_due
from loyalty.ledger import balances, credit, debit, next_expiry
from loyalty.models import Entry, Lot
from loyalty.reversal import undo
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.ledgers import adjusted, assert_adds_up, group_of, posted, undone

PEOPLE = 3
# Jobs look at the clock, so nothing expires before the test says so.
LATE = NOON + 36_500 * DAY
LATER = [None, LATE, LATE + DAY, LATE + 900 * DAY]

cents = st.integers(1, 3000).map(lambda number: Decimal(number) / 100)
people = st.integers(0, PEOPLE - 1)
change = st.one_of(
    st.tuples(st.just("relative"), cents),
    st.tuples(st.just("relative"), cents.map(lambda amount: -amount)),
    st.tuples(st.just("absolute"), st.one_of(st.just(Decimal(0)), cents)),
)
deeds = st.one_of(
    st.tuples(st.just("credit"), people, cents, st.sampled_from(LATER)),
    st.tuples(st.just("debit"), people, cents),
    st.tuples(st.just("batch"), st.sets(people, min_size=1), change, st.booleans()),
    st.tuples(st.just("undo"), st.integers(0, 9)),
    st.tuples(st.just("expire"), st.sampled_from([NOON, LATE, LATE + DAY])),
)


@dataclass
class Plain:
    """The ledger on the back of an envelope: each person's lots as [left, expiry]."""

    lots: list[list[list]] = field(default_factory=lambda: [[] for _ in range(PEOPLE)])
    batches: list[dict[int, tuple]] = field(default_factory=list)
    taken_back: list[list] = field(default_factory=list)

    def balance(self, who: int) -> Decimal:
        return sum((left for left, _ in self.lots[who]), Decimal(0))

    def give(self, who: int, amount: Decimal, expires_at: dt.datetime | None) -> list:
        self.lots[who].append([amount, expires_at])
        return self.lots[who][-1]

    def take(self, who: int, amount: Decimal) -> list[tuple[list, Decimal]]:
        """From whom it was taken: (lot, how much)."""
        taken = []
        far = LATE + 1000 * DAY
        for lot in sorted(self.lots[who], key=lambda lot: lot[1] or far):
            part = min(lot[0], amount)
            lot[0] -= part
            amount -= part
            taken += [(lot, part)] if part else []
        return taken

    def change(self, who: int, mode: str, amount: Decimal, expires_at) -> tuple:
        """What an undo needs: the lot that was made, or where it was taken from."""
        by = amount if mode == "relative" else amount - self.balance(who)
        if by > 0:
            return self.give(who, by, expires_at), []
        return None, self.take(who, -by)

    def undo(self, batch: dict[int, tuple]) -> None:
        for made, taken in batch.values():
            if made:
                made[0] = Decimal(0)
                self.taken_back.append(made)
            for lot, part in taken:
                lot[0] += 0 if any(lot is gone for gone in self.taken_back) else part

    def expire(self, at: dt.datetime) -> None:
        for lot in (lot for lots in self.lots for lot in lots):
            if lot[1] and lot[1] <= at:
                lot[0] = Decimal(0)


class Ledgers(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(st.lists(deeds, max_size=12), st.booleans())
    def test_any_deeds_whole_groups_or_one_by_one_P8_D17(self, deeds, one_by_one):
        self.plain, self.batches = Plain(), []
        self.customers = [make_customer() for _ in range(PEOPLE)]
        for name, *rest in deeds:
            getattr(self, name)(*rest) if name != "batch" else self.batch(*rest, one_by_one)
            self.check()
        assert_adds_up()

    def check(self) -> None:
        """Balances are the sums of entries and of lots, and no lot is other than expected."""
        ids = [customer.pk for customer in self.customers]
        expected = [self.plain.balance(who) for who in range(PEOPLE)]
        entries = Entry.objects.values_list("customer_id", "amount")
        held = balances(ids, at=NOON)
        assert [held[number] for number in ids] == expected
        assert [sum(a for c, a in entries if c == number) for number in ids] == expected
        for number, lots in zip(ids, self.plain.lots, strict=True):
            open_lots = Lot.objects.filter(customer_id=number).order_by("entry_id")
            assert list(open_lots.values_list("remaining", "expires_at")) == [
                tuple(lot) for lot in lots
            ]
            assert (next_expiry(number, at=NOON) or (None,))[0] == min(
                (lot[1] for lot in lots if lot[0] and lot[1]), default=None
            )

    def credit(self, who, amount, expires_at) -> None:
        credit(customer_id=self.customers[who].pk, amount=amount, expires_at=expires_at, at=NOON)
        self.plain.give(who, amount, expires_at)

    def debit(self, who, amount) -> None:
        taken = debit(
            customer_id=self.customers[who].pk, amount=amount, at=NOON, stops_at_zero=True
        ).amount
        assert -taken == min(amount, self.plain.balance(who))
        self.plain.take(who, amount)

    def batch(self, group, asked, expires, one_by_one) -> None:
        mode, amount = asked
        expires_at = LATE if expires and amount > 0 else None
        members = [self.customers[who] for who in group]
        if one_by_one:
            made = [adjusted(each, amount, mode, expires_at=expires_at) for each in members]
        else:
            made = [self.posted_for(members, amount, mode, expires_at)]
        before = {who: self.plain.balance(who) for who in group}
        self.plain.batches.append(
            {who: self.plain.change(who, mode, amount, expires_at) for who in group}
        )
        assert sum(b.total for b in made) == sum(
            self.plain.balance(who) - before[who] for who in group
        )
        assert sum(b.members for b in made) == len(group)
        assert Entry.objects.filter(batch_id__in=[b.pk for b in made]).count() == len(group)
        self.batches.append(made)

    def posted_for(self, members, amount, mode, expires_at):
        return posted(group_of(*members), amount, mode, expires_at=expires_at)

    def undo(self, number) -> None:
        if number < len(self.batches):
            for batch in self.batches[number]:
                if batch.job:
                    undone(batch)
                else:
                    undo(batch=batch, user=None, at=NOON)
            self.plain.undo(self.plain.batches[number])
            self.plain.batches[number] = {}

    def expire(self, at) -> None:
        expire_due(at)
        self.plain.expire(at)
