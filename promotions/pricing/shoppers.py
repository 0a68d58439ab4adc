"""What is known of who buys, as far as rules can ask, and of what, in one statement."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from customers.audiences.facts import COLUMNS, PLACES, Facts
from customers.audiences.fields import GROUPS
from customers.audiences.index import known_audiences
from customers.planned import fetch_one
from promotions.engine import Picks, Shopper
from promotions.models import EVERYBODY
from promotions.pricing.book import VERSIONS, Book, Version, known_book, latest_book
from promotions.pricing.goods import FOUND, PRODUCTS, WIDTH, Found
from promotions.pricing.standings import Counted, standings

TYPES = {"id": "int"}
OLDEST = dt.timedelta(days=33)
"""Before so many days no period began that goes on, wherever it is still yesterday."""
QUESTION = """
    SELECT {versions}, customer.id, customer.employee IS TRUE, ARRAY(
        SELECT ARRAY[promotion_id, product_id, 1] FROM promotions_listedproduct
        WHERE customer_id = customer.id AND promotion_id = ANY({promotions}) AND is_chosen
        AND EXISTS (SELECT FROM promotions_product WHERE id = product_id)
        UNION ALL SELECT ARRAY[promotion_id, product_id, 0]
        FROM unnest({defaulting}, {defaults}) AS asked (promotion_id, product_id)
        JOIN promotions_listedproduct AS listed USING (promotion_id, product_id)
        WHERE listed.customer_id = customer.id
        UNION ALL SELECT ARRAY[promotion_id, NULL, 0]
        FROM unnest({promotions}) AS asked (promotion_id) WHERE EXISTS (
            SELECT FROM promotions_listedproduct AS listed
            WHERE (customer_id, listed.promotion_id) = (customer.id, asked.promotion_id))
    ), ARRAY(
        SELECT json_build_array(customer_id, discount_id, period, since, used, spent::text)
        FROM promotions_usecounter WHERE discount_id = ANY({limited})
        AND customer_id IN ({everybody}, customer.id) AND (period = 'ever' OR since >= %s)
    ), {found}{facts}
    FROM {products} AS goods LEFT JOIN customers_customer AS customer
        ON customer.{identity} = %s::{type} AND NOT customer.is_prospect
"""


def question(book: Book, identity: str) -> str:
    """The statement for this book. The numbers stand in it, since sending them takes time."""
    defaults = book.promotions.defaults
    return QUESTION.format(
        versions=VERSIONS,
        promotions=_array(book.promotions.of_employees),
        defaulting=_array(promotion for promotion, _product in defaults),
        defaults=_array(product for _promotion, product in defaults),
        limited=_array(book.limits),
        everybody=EVERYBODY,
        found=FOUND,
        products=PRODUCTS,
        facts=f", {COLUMNS}" if book.aimed else "",
        identity=identity,
        type=TYPES.get(identity, "varchar"),
    )


def _array(numbers: Iterable[int]) -> str:
    return f"'{{{','.join(map(str, numbers))}}}'::int[]"


@dataclass(frozen=True)
class Known:
    """The answer: about a customer, or about nobody (`customer_id` None), and about goods."""

    customer_id: int | None
    is_employee: bool = False
    listed: Sequence[tuple[int, int | None, int]] = ()
    """Promotion, product, and 1 if it is chosen; without a product, that there is a list."""
    counted: Sequence[Counted] = ()
    found: Found = ((), (), (), ())
    facts: Facts | None = None


def look_up(
    identity: str, value: object, at: dt.datetime, codes: Iterable[str] = ()
) -> tuple[Book, Known]:
    """The book, and what is known of who has this id, email, phone or external_id; None: nobody.

    Also of the products that have the codes. One query while nothing changes; a dozen when
    something did.
    """
    book = latest_book()
    asked = (at.date() - OLDEST, list(set(codes)), value)
    while True:
        version, known = _ask(book, identity, asked)
        if book.holds(version, at):
            return book, known
        book = known_book(version, at)
        if connection.in_atomic_block:
            return book, _ask(book, identity, asked)[1]


def _ask(book: Book, identity: str, asked: Sequence[object]) -> tuple[Version, Known]:
    statement = book.drawn.get(identity)
    if statement is None:
        statement = book.drawn[identity] = question(book, identity)
    row = fetch_one(statement, asked)
    assert row  # noqa: S101 whoever asks, there is one
    rules, categories, audiences, customer, is_employee, listed, counted, *more = row
    found, facts = more[:WIDTH], more[WIDTH:]
    known = Known(customer, is_employee, listed, counted, found, Facts(facts) if facts else None)
    return Version(rules, categories, audiences), known


def shopper_of(book: Book, known: Known, at: dt.datetime) -> Shopper:
    """Who buys `at`, in the zone of the point of sale. No query while no audience changes."""
    groups, audiences = _belonging(book, known, at)
    return Shopper(
        audiences=audiences,
        groups=groups,
        picks=_picks(book, known),
        standings=standings(book.limits, book.fresh, known.counted, known.customer_id, at),
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
    """By promotion of which the customer has a list.

    Lists of employees count for employees only, those of consumers for the others (E6).
    """
    of_employees = book.promotions.of_employees
    chosen: dict[int, set[int]] = defaultdict(set)
    listed: dict[int, set[int]] = defaultdict(set)
    for promotion, product, is_chosen in known.listed:
        if of_employees.get(promotion) != known.is_employee:
            continue
        named = () if product is None else (product,)
        listed[promotion].update(named)
        if is_chosen:
            chosen[promotion].update(named)
    return {
        promotion: Picks(frozenset(chosen[promotion]), frozenset(products))
        for promotion, products in listed.items()
    }
