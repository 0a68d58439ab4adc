"""What an offer gives on so many units of a line, or on what it covers of the receipt."""

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import Final

from promotions.engine.money import half_up
from promotions.engine.offers import Offer
from promotions.engine.rows import Row
from promotions.engine.rules import Kind

Money = int | Fraction
PERCENTAGE: Final = Kind.PERCENTAGE
AMOUNT: Final = Kind.AMOUNT


class Gains(ABC):
    """Discounts in cents, or points in hundredths."""

    are_of_price: bool
    """The same in every basket for so many units at a price."""

    @abstractmethod
    def on_line(self, offer: Offer, row: Row, units: int) -> int: ...

    @abstractmethod
    def most_on_unit(self, offer: Offer, row: Row) -> int:
        """A whole number that each unit of a line gets at most, with others or without."""

    @abstractmethod
    def least_on_unit(self, offer: Offer, row: Row) -> int:
        """What each unit more gets at least, of an offer that gives all units the same."""

    @abstractmethod
    def on_receipt(self, offer: Offer, covered: Money) -> int: ...

    @abstractmethod
    def receipt_rate(self, offer: Offer) -> tuple[int, int]:
        """Of a percentage on the receipt, what it gives for each cent, as a fraction."""

    @abstractmethod
    def cost(self, left: int, given: int) -> int:
        """What a search makes least, when so much is left to pay and so much was given."""


class Savings(Gains):
    """Discounts in cents, of prices before any."""

    are_of_price = True

    def on_line(self, offer: Offer, row: Row, units: int) -> int:
        if offer.kind is PERCENTAGE:
            by = row.count * offer.denominator
            return (2 * row.price * units * offer.numerator + by) // (2 * by)
        return off_line(offer, row.price * units // row.count, units)

    def most_on_unit(self, offer: Offer, row: Row) -> int:
        if offer.kind is PERCENTAGE:
            if row.count == 1:
                return off_line(offer, row.price, 1)
            return -(-row.price * offer.numerator // (row.count * offer.denominator))
        if offer.kind is AMOUNT:
            return min(row.price // row.count, offer.amount)
        return max(row.price // row.count - offer.amount, 0)

    def least_on_unit(self, offer: Offer, row: Row) -> int:
        if offer.kind is PERCENTAGE:
            return row.price * offer.numerator // (row.count * offer.denominator)
        return self.on_line(offer, row, 1)

    def on_receipt(self, offer: Offer, covered: Money) -> int:
        if offer.kind is PERCENTAGE:
            return half_up(covered * offer.numerator, offer.denominator)
        if offer.kind is AMOUNT:
            return whole(min(covered, offer.amount))
        return whole(max(0, covered - offer.amount))

    def receipt_rate(self, offer: Offer) -> tuple[int, int]:
        return offer.numerator, offer.denominator

    def cost(self, left: int, given: int) -> int:
        return left


class Earnings(Gains):
    """Points in hundredths, on `rows` that have the price that is paid in money.

    `paid` and `payable` are by row, with and without what points paid. Each is less in proportion
    where points were spent; whole points are rounded down.
    """

    are_of_price = False

    def __init__(self, paid: list[int], payable: list[int], digits: int, whole: bool):
        self.paid = paid
        self.payable = payable
        self.cents = 10**digits
        self.round = whole_of if whole else half_up

    def on_line(self, offer: Offer, row: Row, units: int) -> int:
        return self._points(offer, *self._share(offer, row, units))

    def most_on_unit(self, offer: Offer, row: Row) -> int:
        times, by = self._share(offer, row, 1)
        return -(-times * offer.numerator * 100 // (by * offer.denominator)) if times else 0

    def least_on_unit(self, offer: Offer, row: Row) -> int:
        return max(self.on_line(offer, row, 1) - 1, 0)

    def _share(self, offer: Offer, row: Row, units: int) -> tuple[int, int]:
        """How often the offer's value is earned, as a fraction."""
        if offer.kind is PERCENTAGE:
            return row.price * units, row.count * self.cents
        times = self.paid[row.place] * (1 if offer.by_line else units)
        return times, self.payable[row.place]

    def on_receipt(self, offer: Offer, covered: Money) -> int:
        if offer.kind is PERCENTAGE:
            return self._points(offer, covered, self.cents)
        return self._points(offer, sum(self.paid) if covered else 0, sum(self.payable))

    def _points(self, offer: Offer, times: Money, by: int) -> int:
        if not times:
            return 0
        return self.round(times * offer.numerator * 100, by * offer.denominator)

    def receipt_rate(self, offer: Offer) -> tuple[int, int]:
        return offer.numerator * 100, offer.denominator * self.cents

    def cost(self, left: int, given: int) -> int:
        return -given


def whole_of(numerator: Money, denominator: int) -> int:
    """Hundredths of whole points."""
    return numerator // (denominator * 100) * 100


def whole(money: Money) -> int:
    return half_up(money.numerator, money.denominator)


def off_line(offer: Offer, price: int, units: int) -> int:
    """What the offer takes off so many units of a line that cost whole cents together."""
    if offer.kind is PERCENTAGE:
        by = 2 * offer.denominator
        return (2 * price * offer.numerator + offer.denominator) // by
    off_all = offer.amount if offer.by_line else offer.amount * units
    if offer.kind is AMOUNT:
        return min(price, off_all)
    return max(0, price - off_all)
