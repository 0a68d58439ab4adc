"""What else moves points, and time: cashback, its undo, the programme, expiry, and the clock."""

import datetime as dt
import uuid
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from customers.models import Customer, GroupMember
from loyalty.batches import begin
from loyalty.expiry import expire_due
from loyalty.models import Batch
from loyalty.purchases import holding
from loyalty.reversal import undo
from tests.factories import DAY
from tests.imports.runs import applied, undone
from tests.loyalty.ledgers import adjusted
from tests.loyalty.stateful.world import HOUR, World

CHANGES = st.sampled_from(
    [("relative", "5"), ("relative", "-3.33"), ("absolute", "0"), ("absolute", "7.77")]
)


class PointsAndClocks(World):
    @rule(
        target=World.batches, person=World.people, change=CHANGES, days=st.sampled_from([0, 1, 30])
    )
    def adjust(self, person, change, days):
        mode, amount = change
        expires_at = self.now + days * DAY if days and Decimal(amount) > 0 else None
        customer = Customer.objects.get(pk=person.pk)
        batch = adjusted(customer, amount, mode, at=self.now, expires_at=expires_at)
        return self.changed([person], change, expires_at, batch)

    @rule(target=World.batches, change=CHANGES, days=st.sampled_from([0, 1, 30]))
    def credit_or_debit_group_D17(self, change, days):
        mode, amount = change
        expires_at = self.now + days * DAY if days and Decimal(amount) > 0 else None
        ids = set(
            GroupMember.objects.filter(group=self.group).values_list("customer_id", flat=True)
        )
        members = [person for person in self.everybody if person.pk in ids]
        with self.clock():
            job = begin(
                group=self.group,
                mode=mode,
                amount=Decimal(amount),
                comment="Sorry",
                user=None,
                token=uuid.uuid4(),
                at=self.now,
                expires_at=expires_at,
            )
            applied(job)
        return self.changed(members, change, expires_at, Batch.objects.get(job=job))

    def changed(self, members, change, expires_at, batch):
        mode, amount = change
        before = [self.plain.balance(each.number, self.now) for each in members]
        self.plain.batches.append(
            {
                each.number: self.plain.change(
                    each.number, mode, Decimal(amount), expires_at, self.now
                )
                for each in members
            }
        )
        after = [self.plain.balance(each.number, self.now) for each in members]
        assert batch.total == sum(after) - sum(before)
        return batch, len(self.plain.batches) - 1

    @rule(made=World.batches)
    def undo_batch(self, made) -> None:
        """Also again, when nothing happens."""
        batch, number = made
        if batch.job is None:
            undo(batch=batch, user=None, at=self.now)
        elif self.plain.batches[number] or not Batch.objects.filter(undo_of=batch).exists():
            with self.clock():
                undone(batch.job)
        self.plain.undo(number, self.now)

    @rule(days=st.sampled_from([0, 1, 14]), lifetime=st.sampled_from([None, 1, 30]),
          share=st.sampled_from([0, 30, 100]), whole=st.booleans())  # fmt: skip
    def change_programme(self, days, lifetime, share, whole) -> None:
        programme = self.programme
        programme.delay_days, programme.lifetime_days = days, lifetime
        programme.share, programme.whole_points = Decimal(share), whole
        programme.save()

    @rule()
    def expire_P8(self) -> None:
        expire_due(self.now)
        self.plain.expire(self.now)
        self.swept = self.now

    @rule()
    def give_back_expired_quotes(self) -> None:
        over = [hold for hold in self.held if not hold.is_over and hold.until <= self.now]
        assert holding.give_back_expired(self.now) == len(over)
        for hold in over:
            hold.is_over = True

    @rule(by=st.sampled_from([HOUR / 12, HOUR / 6, 7 * HOUR, DAY, 3 * DAY, 40 * DAY]))
    def let_time_pass(self, by: dt.timedelta) -> None:
        """What the worker does every ten minutes, it has done for hours at least."""
        self.now += by
        if self.now - self.swept > 20 * HOUR:
            self.expire_P8()
