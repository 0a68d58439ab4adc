"""Whatever is done to a ledger in whatever order, it says what plain arithmetic says (P8, D17)."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from customers.verification import stated, verify
from loyalty.expiry import expire_due
from loyalty.ledger import NotEnough, balances, credit, debit, next_expiry, pending_of
from loyalty.models import Entry, Lot
from loyalty.reversal import undo
from tests.factories import DAY, NOON, make_customer
from tests.loyalty.ledgers import adjusted, assert_adds_up, group_of, posted, undone
from tests.loyalty.plain_ledger import Plain, PlainLot
from tests.loyalty.points import earned, given_back, not_taken, spent

PEOPLE = 3
# Jobs look at the clock, so nothing opens or expires before the test says so.
LATE = NOON + 36_500 * DAY
LEDGER = [each for each in stated() if each.name.startswith("loyalty.ledger-")]
LATER = [None, LATE, LATE + DAY, LATE + 900 * DAY]
OPENS = [None, NOON, LATE - 2 * DAY, LATE - DAY]
TIMES = [NOON, LATE - 2 * DAY, LATE - DAY, LATE, LATE + DAY]

cents = st.integers(1, 3000).map(lambda number: Decimal(number) / 100)
people = st.integers(0, PEOPLE - 1)
purchases = st.sampled_from([0, PEOPLE])  # both of one person, so that they meet
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
    st.tuples(st.just("later"), st.sampled_from(TIMES), st.booleans()),
    st.tuples(st.just("earn"), purchases, cents, st.sampled_from(OPENS), st.sampled_from(LATER)),
    st.tuples(st.just("spend"), purchases, cents),
    st.tuples(st.just("take_back"), purchases, cents),
    st.tuples(st.just("give_back"), purchases, cents, st.sampled_from(LATER)),
)


# Chance seldom finds these: what is its own goes first; what was undone or is over stays so.
OWN_FIRST = [
    ("credit", 0, Decimal(5), LATE),
    ("earn", 0, Decimal(10), NOON, None),
    ("take_back", 0, Decimal(5)),
]
UNDONE_AND_OVER = [
    ("batch", {0}, ("relative", Decimal(20)), False),
    ("credit", 0, Decimal(5), LATE),
    ("spend", 0, Decimal(25)),
    ("undo", 0),
    ("give_back", 0, Decimal(4), None),
    ("later", LATE, False),
    ("give_back", 0, Decimal(21), None),
]


class Ledgers(TestCase):
    @settings(max_examples=40, deadline=None)
    @example(OWN_FIRST, True)
    @example(UNDONE_AND_OVER, True)
    @given(st.lists(deeds, max_size=14), st.booleans())
    def test_any_deeds_whole_groups_or_one_by_one_P1_P8_D17(self, deeds, one_by_one):
        self.plain, self.batches = Plain(PEOPLE), []
        self.now, self.one_by_one = NOON, one_by_one
        self.customers = [make_customer() for _ in range(PEOPLE)]
        for name, *rest in deeds:
            getattr(self, name)(*rest)
            self.check()
        assert_adds_up()
        assert [each.invariant.name for each in verify(LEDGER, at=NOON) if not each.holds] == []

    def check(self) -> None:
        """Balances are the sums of entries and of lots, and no lot is other than expected."""
        ids = [customer.pk for customer in self.customers]
        held = balances(ids, at=self.now)
        entries = Entry.objects.values_list("customer_id", "amount")
        for who, number in enumerate(ids):
            lots = self.plain.lots[who]
            assert held[number] == self.plain.balance(who, self.now)
            assert sum(a for c, a in entries if c == number) == sum(lot.left for lot in lots)
            kept = Lot.objects.filter(customer_id=number).order_by("entry_id")
            assert list(kept.values_list("remaining", "expires_at")) == [
                (lot.left, lot.expires_at) for lot in lots
            ]
            self.check_what_comes(number, [lot for lot in lots if lot.left])

    def check_what_comes(self, number, lots) -> None:
        spendable = [lot for lot in lots if lot.can_be_spent(self.now)]
        assert (next_expiry(number, at=self.now) or (None,))[0] == min(
            (lot.expires_at for lot in spendable if lot.expires_at), default=None
        )
        pending = [lot for lot in lots if lot.is_pending(self.now)]
        found = pending_of(number, at=self.now)
        assert (found.amount if found else 0) == sum(lot.left for lot in pending)
        assert (found.opens_at if found else NOON) == min(
            (lot.opens_at for lot in pending), default=NOON
        )

    def credit(self, who, amount, expires_at) -> None:
        credit(
            customer_id=self.customers[who].pk, amount=amount, expires_at=expires_at, at=self.now
        )
        self.plain.give(who, PlainLot(amount, expires_at))

    def debit(self, who, amount) -> None:
        taken = debit(
            customer_id=self.customers[who].pk, amount=amount, at=self.now, stops_at_zero=True
        ).amount
        assert -taken == min(amount, self.plain.balance(who, self.now))
        self.plain.take(who, amount, self.now)

    def batch(self, group, asked, expires) -> None:
        mode, amount = asked
        expires_at = LATE if expires and amount > 0 and self.now < LATE else None
        members = [self.customers[who] for who in group]
        if self.one_by_one or self.now > NOON:  # jobs look at a clock of their own
            made = [
                adjusted(each, amount, mode, expires_at=expires_at, at=self.now) for each in members
            ]
        else:
            made = [posted(group_of(*members), amount, mode, expires_at=expires_at)]
        before = {who: self.plain.balance(who, self.now) for who in group}
        self.plain.batches.append(
            {who: self.plain.change(who, mode, amount, expires_at, self.now) for who in group}
        )
        assert sum(b.total for b in made) == sum(
            self.plain.balance(who, self.now) - before[who] for who in group
        )
        assert sum(b.members for b in made) == len(group)
        assert Entry.objects.filter(batch_id__in=[b.pk for b in made]).count() == len(group)
        self.batches.append(made)

    def undo(self, number) -> None:
        if number < len(self.batches):
            for batch in self.batches[number]:
                if batch.job and self.now == NOON:
                    undone(batch)
                else:
                    undo(batch=batch, user=None, at=self.now)
            self.plain.undo(number, self.now)

    def later(self, at, sweep) -> None:
        self.now = max(self.now, at)
        if sweep:
            expire_due(self.now)
            self.plain.expire(self.now)

    def earn(self, purchase, amount, opens_at, expires_at) -> None:
        who = purchase % PEOPLE
        earned(
            self.customers[who],
            purchase,
            amount,
            opens_at=opens_at,
            expires_at=expires_at,
            at=self.now,
        )
        self.plain.give(who, PlainLot(amount, expires_at, opens_at, purchase))
        self.plain.bought[purchase].earned += amount

    def spend(self, purchase, amount) -> None:
        who = purchase % PEOPLE
        there = self.plain.balance(who, self.now)
        if amount > there:
            with pytest.raises(NotEnough), transaction.atomic():
                spent(self.customers[who], purchase, amount, at=self.now)
        if amount := min(amount, there):
            spent(self.customers[who], purchase, amount, at=self.now)
            self.plain.spend(who, purchase, amount, self.now)

    def take_back(self, purchase, amount) -> None:
        who = purchase % PEOPLE
        bought = self.plain.bought[purchase]
        before = {"left": bought.earned, "expired": bought.expired, "at": self.now}
        if amount > bought.earned:
            with pytest.raises(ValueError, match="to take back"), transaction.atomic():
                not_taken(self.customers[who], purchase, amount, **before)
        if amount := min(amount, bought.earned):
            told = not_taken(self.customers[who], purchase, amount, **before)
            assert told == self.plain.take_back(who, purchase, amount, self.now)

    def give_back(self, purchase, amount, expires_at) -> None:
        who = purchase % PEOPLE
        left = self.plain.bought[purchase].spent
        if amount > left:
            with pytest.raises(ValueError, match="to give back"), transaction.atomic():
                given_back(self.customers[who], purchase, amount, at=self.now)
        if amount := min(amount, left):
            how = {"at": self.now, "expires_at": expires_at}
            given_back(self.customers[who], purchase, amount, **how)
            self.plain.give_back(who, purchase, amount, expires_at, self.now)
