"""What is known of who buys, as far as rules can ask, in one statement."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from customers.audiences.facts import COLUMNS, PLACES, Facts
from customers.audiences.fields import GROUPS
from customers.audiences.index import known_audiences
from customers.planned import fetch_one
from promotions.engine import Picks, Shopper
from promotions.models import EVERYBODY
from promotions.pricing.book import VERSIONS, Book, Version, known_book, latest_book
from promotions.pricing.standings import Counted, standings

IDENTITIES = ("id", "email", "phone", "external_id")
TYPES = {"id": "int"}
CHOSEN = """ARRAY(
    SELECT ARRAY[promotion_id, product_id, 1] FROM promotions_listedproduct
    WHERE customer_id = customer.id AND promotion_id = ANY(%s::int[]) AND is_chosen
    UNION ALL SELECT ARRAY[promotion_id, product_id, 0]
    FROM unnest(%s::int[], %s::int[]) AS asked (promotion_id, product_id)
    JOIN promotions_listedproduct AS listed USING (promotion_id, product_id)
    WHERE listed.customer_id = customer.id
)"""
COUNTED = f"""ARRAY(
    SELECT json_build_array(customer_id, discount_id, period, since, used, spent::text)
    FROM promotions_usecounter WHERE discount_id = ANY(%s::int[])
    AND customer_id IN ({EVERYBODY}, customer.id) AND (period = 'ever' OR since >= %s)
)"""
OLDEST = dt.timedelta(days=33)
"""Before so many days no period began that goes on, wherever it is still yesterday."""


def _question(identity: str, *, with_facts: bool) -> str:
    facts = f", {COLUMNS}" if with_facts else ""
    return f"""
        SELECT {VERSIONS}, customer.id, customer.employee IS TRUE, {CHOSEN}, {COUNTED}{facts}
        FROM (VALUES (1)) AS one LEFT JOIN customers_customer AS customer
            ON customer.{identity} = %s::{TYPES.get(identity, "varchar")}
            AND NOT customer.is_prospect
    """


QUESTIONS = {
    (identity, with_facts): _question(identity, with_facts=with_facts)
    for identity in IDENTITIES
    for with_facts in (False, True)
}


@dataclass(frozen=True)
class Known:
    """The answer: about a customer, or about nobody (`customer_id` None)."""

    customer_id: int | None
    is_employee: bool = False
    listed: Sequence[tuple[int, int, int]] = ()
    """Promotion, product, and 1 if it is chosen."""
    counted: Sequence[Counted] = ()
    facts: Facts | None = None


def look_up(identity: str, value: object, at: dt.datetime) -> tuple[Book, Known]:
    """The book and what is known of whom this identity (of IDENTITIES) has; None is nobody.

    One query while nothing changes; a dozen when something did.
    """
    book = latest_book()
    while True:
        version, known = _ask(book, identity, value, at)
        if book.holds(version, at):
            return book, known
        book = known_book(version, at)
        if connection.in_atomic_block:
            return book, _ask(book, identity, value, at)[1]


def _ask(book: Book, identity: str, value: object, at: dt.datetime) -> tuple[Version, Known]:
    defaults = book.promotions.defaults
    parameters = [
        list(book.promotions.of_employees),
        [promotion for promotion, _product in defaults],
        [product for _promotion, product in defaults],
        list(book.limits),
        at.date() - OLDEST,
        value,
    ]
    row = fetch_one(QUESTIONS[identity, bool(book.aimed)], parameters)
    assert row  # noqa: S101 whoever asks, there is one
    rules, categories, audiences, customer, is_employee, listed, counted, *facts = row
    known = Known(customer, is_employee, listed, counted, Facts(facts) if facts else None)
    return Version(rules, categories, audiences), known


def shopper_of(book: Book, known: Known, at: dt.datetime) -> Shopper:
    """Who buys `at`, in the zone of the point of sale. No query while no audience changes."""
    groups, audiences = _belonging(book, known, at)
    return Shopper(
        audiences=audiences,
        groups=groups,
        picks=_picks(book, known),
        standings=standings(book.limits, known.counted, known.customer_id, at),
    )


def _belonging(book: Book, known: Known, at: dt.datetime) -> tuple[frozenset[int], frozenset[int]]:
    """Groups and audiences of both kinds."""
    facts = known.facts
    if facts is None or known.customer_id is None:
        return frozenset(), frozenset()
    audiences = known_audiences(book.version.audiences).holding(facts, at)
    audiences = audiences.union(facts.static_audiences)
    followed = (group for each in audiences for group in book.followers.get(each, ()))
    return frozenset((*facts.row[PLACES[GROUPS]], *followed)), audiences


def _picks(book: Book, known: Known) -> Mapping[int, Picks]:
    """Lists of employees count for employees only, those of consumers for the others (E6)."""
    of_employees = book.promotions.of_employees
    chosen: dict[int, set[int]] = defaultdict(set)
    listed: dict[int, set[int]] = defaultdict(set)
    for promotion, product, is_chosen in known.listed:
        if of_employees.get(promotion) == known.is_employee:
            listed[promotion].add(product)
            if is_chosen:
                chosen[promotion].add(product)
    return {
        promotion: Picks(frozenset(chosen[promotion]), frozenset(products))
        for promotion, products in listed.items()
    }
