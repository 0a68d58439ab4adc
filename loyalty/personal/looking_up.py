"""What personal offers ask about one customer, in one statement: less than a till has to ask.

Its time is all of the time of an answer, and goes by how many tables it looks into and how much
it sends back. So what is nested comes as text, which nobody reads if it says what it said before.
"""

import datetime as dt
from typing import Any, NamedTuple

from django.db import connection

from customers.audiences.facts import Facts
from customers.planned import fetch_one
from loyalty.personal.items import parse
from loyalty.personal.rules import ORIGIN
from loyalty.personal.source import Said, Shelf, rows_of, said_by
from promotions.models import EVERYBODY
from promotions.pricing.belonging import compiled_audiences
from promotions.pricing.book import VERSIONS, Book, Version, known_book, latest_book
from promotions.pricing.shoppers import OLDEST, TYPES
from promotions.pricing.standings import Counted

QUESTION = """
    SELECT {versions}, customer.id, ARRAY({rows}){facts}
    FROM customers_customer AS customer
    WHERE customer.{identity} = %s::{type} AND NOT customer.is_prospect
"""
COUNTED = """
        UNION ALL SELECT
            json_build_array(customer_id, offer_id, period, since, used, spent::text)::text
        FROM loyalty_offerusecounter
        WHERE customer_id IN ({everybody}, customer.id) AND offer_id >= {lowest}
        AND (customer_id <> {everybody} {used_up}) AND (period = 'ever' OR since >= %s)
"""
COUNTER = 6
"""Parts that a row of a counter has."""


class Told(NamedTuple):
    """The answer, as it came. What is equal says the same of the same customer."""

    customer: int
    rows: list[str]
    facts: tuple[Any, ...]

    def read(self, book: Book) -> tuple[Said, list[Counted]]:
        """What they have and said, and counters of offers that have limits: the customer's own, and
        of all those used up."""
        rows = [parse(each) for each in self.rows]
        counted = [row for row in rows if len(row) == COUNTER and (ORIGIN, row[1]) in book.limits]
        return said_by(rows), counted

    def known(self, book: Book) -> Facts | None:
        return compiled_audiences(book).asked.facts(self.facts) if self.facts else None


def look_up(identity: str, value: object, at: dt.datetime) -> tuple[Book, Told] | None:
    """The book, and what is known of who has this id, email, phone, external_id or user_id; None:
    nobody.

    One query while nothing changes.
    """
    book = latest_book()
    while found := _ask(book, identity, value, at):
        version, told = found
        if book.holds(version, at):
            return book, told
        book = known_book(version, at)
        if connection.in_atomic_block:
            asked_again = _ask(book, identity, value, at)
            return (book, asked_again[1]) if asked_again else None
    return None


def _ask(book: Book, identity: str, value: object, at: dt.datetime) -> tuple[Version, Told] | None:
    statement = book.drawn.get(("mine", identity))
    if statement is None:
        statement = book.drawn["mine", identity] = _question(book, identity)
    oldest = [at.date() - OLDEST] if ORIGIN in book.limited else []
    row = fetch_one(statement, [*oldest, value])
    if row is None:
        return None
    return Version(*row[:3]), Told(row[3], row[4], row[5:])


def _question(book: Book, identity: str) -> str:
    """Facts are asked for only while some personal offer is aimed at an audience or a group."""
    brought = book.brought.get(ORIGIN)
    asks_facts = brought and (
        brought.asks_audiences or any(rule.groups or rule.audiences for rule in brought.rules)
    )
    return QUESTION.format(
        versions=VERSIONS,
        rows=rows_of(brought.kept if brought else Shelf()) + _counted(book),
        facts=f", {compiled_audiences(book).asked.columns}" if asks_facts else "",
        identity=identity,
        type=TYPES.get(identity, "varchar"),
    )


def _counted(book: Book) -> str:
    """Of everybody together only what may be used up: the rest changes with every purchase, and
    says nothing about who has an offer."""
    if ORIGIN not in book.limited:
        return ""
    limits = {pk: book.limits[ORIGIN, pk] for pk in book.limited[ORIGIN]}
    uses = [each.total for each in limits.values() if each.total is not None]
    budgets = [each.budget for each in limits.values() if each.budget is not None]
    used_up = f"OR used >= {min(uses)} " if uses else ""
    used_up += f"OR spent >= {min(budgets)}" if budgets else ""
    return COUNTED.format(everybody=EVERYBODY, lowest=min(limits), used_up=used_up)
