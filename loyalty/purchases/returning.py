"""Returning goods: what they cost, what they earned and what was paid for them in points (P1)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from loyalty.models import Event, PurchaseLine, Return, ReturnedLine
from loyalty.purchases import outbox, points, records, uses, writing
from loyalty.purchases.amounts import POINT_DIGITS, amounts
from loyalty.purchases.orders import check_name, check_past, digest, moment, plain, taken_back_at
from loyalty.purchases.records import NOT_TAKEN, PARTS, Record, Returned
from loyalty.purchases.refusals import Refusal
from loyalty.purchases.shares import Step, share
from promotions.models.points_of_sale import digits
from promotions.pricing.asked import MOST_QUANTITY, QUANTITY_DIGITS, is_within


class Asked(NamedTuple):
    """A line of the purchase, by the till's id, and how much of it comes back."""

    line: str
    quantity: Decimal


@dataclass(frozen=True)
class Request:
    """`key` is what the till calls the return; `lines` None is all that is left."""

    key: str
    lines: Sequence[Asked] | None = None
    at: dt.datetime | None = None

    def digest(self) -> bytes:
        """The same however its numbers and moments are written, and whatever the lines' order."""
        lines = self.lines
        asked = None if lines is None else sorted((line, plain(number)) for line, number in lines)
        return digest(at=moment(self.at), lines=asked)


class Taken(NamedTuple):
    record: Record
    """The purchase before it."""
    returned: Returned
    is_new: bool


@transaction.atomic
def take(*, receipt: str, request: Request, at: dt.datetime) -> Taken:
    """Goods come back; the same request again is the same return. Raises Refusal.

    Its moment is not before the purchase (`taken_back_at`); the same request again is not asked.

    Five queries, three more for each kind of offers that gave something, one for points earned,
    one for points at all, one with earlier returns, and what points.take_back says. Never more for
    more lines.
    """
    check_name(request.key, "return_id")
    check_past(request.at, at)
    _check(request.lines)
    record = records.read(records.hold(receipt))
    for each in record.returns:
        if each.row.key == request.key:
            return _again(record, each, request)
    if record.purchase.cancelled_at:
        raise Refusal("cancelled", "The purchase was cancelled: nothing of it can come back.")
    steps = dict(_steps(record, request))
    returned = _draft(record, request, steps, at)
    _take_back(record, returned, steps, at)
    writing.write_return(returned)
    _tell(record, returned.row, at)
    return Taken(record, returned, True)


def _check(lines: Sequence[Asked] | None) -> None:
    """Raises Refusal of what no purchase could have; before it is compared with other returns."""
    if lines is None:
        return
    if not lines:
        raise Refusal("no_lines", "Name at least one line, or null for all that is left.")
    if len({line for line, _ in lines}) < len(lines):
        raise Refusal("repeated_line", "Two lines have the same id: add up what comes back of it.")
    for place, (_, units) in enumerate(lines, 1):
        if not units or not is_within(units, MOST_QUANTITY, QUANTITY_DIGITS):
            raise Refusal(
                "quantity",
                f"Line {place}: it is above 0, up to {MOST_QUANTITY}, with up to three decimals.",
            )


def _again(record: Record, known: Returned, request: Request) -> Taken:
    if bytes(known.row.body_hash) != request.digest():
        raise Refusal(
            "return_used",
            "A return of this id is there, and says something else: ask for its purchase, and name"
            " yours differently only if it is another return.",
        )
    return Taken(record, known, False)


def _steps(record: Record, request: Request) -> Iterator[tuple[int, Step]]:
    """By the lines' numbers."""
    if request.lines is None:
        rest = [(line, record.step(line).left) for line in record.lines]
        if not any(units for _, units in rest):
            raise Refusal("nothing_left", "All of it was returned already.")
        yield from ((line.number, record.step(line, units)) for line, units in rest if units)
        return
    by_id = {line.line: line for line in record.lines}
    for place, asked in enumerate(request.lines, 1):
        line = by_id.get(asked.line)
        if line is None:
            raise Refusal("unknown_line", f"Line {place}: the purchase has no line of this id.")
        step = record.step(line, asked.quantity)
        if step.left < 0:
            left = plain(record.step(line).left)
            raise Refusal("quantity", f"Line {place}: {left} of it are left to return.")
        yield line.number, step


def _draft(record: Record, request: Request, steps: dict[int, Step], at: dt.datetime) -> Returned:
    purchase = record.purchase
    lines = [
        _line(line, steps[line.number], digits(purchase.currency))
        for line in record.lines
        if line.number in steps
    ]
    row = Return(
        customer_id=purchase.customer_id,
        purchase_id=purchase.id,
        key=request.key,
        body_hash=request.digest(),
        at=taken_back_at(request.at, bought_at=purchase.at, at=at),
        is_rest=not any(record.step(line, _now(steps, line)).left for line in record.lines),
        **{name: sum((getattr(line, name) for line in lines), Decimal(0)) for name in PARTS},
    )
    return Returned(row, lines)


def _now(steps: dict[int, Step], line: PurchaseLine) -> Decimal:
    return steps[line.number].now if line.number in steps else Decimal(0)


def _line(line: PurchaseLine, step: Step, money_digits: int) -> ReturnedLine:
    decimals = dict.fromkeys(PARTS, money_digits) | {
        "points_earned": POINT_DIGITS,
        # At a point's worth, as far as the ledger goes.
        "points_spent": min(money_digits, POINT_DIGITS),
    }
    parts = {name: share(getattr(line, name), step, decimals[name]) for name in PARTS}
    return ReturnedLine(
        customer_id=line.customer_id, number=line.number, quantity=step.now, **parts
    )


def _take_back(record: Record, returned: Returned, steps: dict[int, Step], at: dt.datetime) -> None:
    """The customer, uses, points: in the order of locks."""
    purchase, row = record.purchase, returned.row
    is_there = points.hold_whose(purchase)
    if row.is_rest:
        uses.give_back_all(purchase.public_id, purchase.effects)
    else:
        by_id = {line.line: steps[line.number] for line in record.lines if line.number in steps}
        uses.give_back_parts(purchase.public_id, purchase.effects, by_id, purchase.currency)
    row.points_expired, row.points_missing = points.take_back(
        record, is_there=is_there, earned=row.points_earned, spent=row.points_spent, at=at
    )


def _tell(record: Record, row: Return, at: dt.datetime) -> None:
    parts = {name: getattr(row, name) for name in (*PARTS, *NOT_TAKEN)}
    told = amounts(parts, record.purchase.currency)
    told |= {"return": row.key, "returned_at": row.at.isoformat()}
    outbox.tell(Event.Kind.RETURNED, record.purchase, at, **told)
