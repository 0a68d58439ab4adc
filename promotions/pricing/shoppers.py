"""What is known of who buys, as far as rules can ask, and of what, in one statement."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from customers.audiences.facts import Facts
from customers.planned import fetch_one
from promotions.engine import Picks, Shopper
from promotions.models import EVERYBODY
from promotions.pricing.belonging import belonging, compiled_audiences
from promotions.pricing.book import VERSIONS, Book, Version, known_book, latest_book
from promotions.pricing.goods import FOUND, PRODUCTS, WIDTH, Found
from promotions.pricing.sources import NOTHING_OWN, limited_kinds, own_of, sources
from promotions.pricing.standings import Counted, standings

TYPES = {"id": "int", "user_id": "bigint"}
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
    ), {more}{found}{facts}
    FROM {products} AS goods LEFT JOIN customers_customer AS customer
        ON customer.{identity} = %s::{type} AND NOT customer.is_prospect
"""


# By the key from the lowest on: few have counters. For each of some hundred numbers by itself, the
# index would be gone down into; a sum is in no index.
COUNTED = """ARRAY(
        SELECT json_build_array(customer_id, {column}, period, since, used, spent::text)
        FROM {counters} WHERE {column} >= {lowest} AND {column} + 0 = ANY({limited})
        AND customer_id IN ({everybody}, customer.id) AND (period = 'ever' OR since >= %s)
    )"""


def question(book: Book, identity: str) -> str:
    """The statement for this book. The numbers stand in it, since sending them takes time."""
    defaults = book.promotions.defaults
    return QUESTION.format(
        versions=VERSIONS,
        promotions=_array(book.promotions.of_employees),
        defaulting=_array(promotion for promotion, _product in defaults),
        defaults=_array(product for _promotion, product in defaults),
        more="".join(f"{each}, " for each in (*_counters(book), *_of_sources(book))),
        found=FOUND,
        products=PRODUCTS,
        facts=f", {compiled_audiences(book).asked.columns}" if book.asks_audiences else "",
        identity=identity,
        type=TYPES.get(identity, "varchar"),
    )


def _counters(book: Book) -> Iterator[str]:
    return (counters_of(book, origin) for origin in book.limited)


def counters_of(book: Book, origin: str) -> str:
    """SQL of the counters of a kind of offers that has limits; takes the day of OLDEST."""
    names, limited = limited_kinds()[origin]._asdict(), book.limited[origin]
    array = _array(limited)
    return COUNTED.format(**names, limited=array, lowest=min(limited), everybody=EVERYBODY)


def _of_sources(book: Book) -> Iterator[str]:
    return (
        f"({source.question(book.brought[source.origin])})"
        for source in sources()
        if source.origin in book.brought
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
    counted: Mapping[str, Sequence[Counted]] = field(default_factory=dict)
    """By the offers' origin."""
    answered: Mapping[str, Any] = field(default_factory=dict)
    """What the questions of the book's sources found, by origin."""
    found: Found = ((), (), (), ())
    facts: Facts | None = None
    """Of a customer, if rules ask for them."""


def look_up(
    identity: str, value: object, at: dt.datetime, codes: Iterable[str] = ()
) -> tuple[Book, Known]:
    """The book, and what is known of who has this id, email, phone or external_id; None: nobody.

    Also of the products that have the codes. One query while nothing changes; a dozen when
    something did.
    """
    book, wanted = latest_book(), list(set(codes))
    oldest = at.date() - OLDEST
    while True:
        version, known = _ask(book, identity, value, oldest, wanted)
        if book.holds(version, at):
            return book, known
        book = known_book(version, at)
        if connection.in_atomic_block:
            return book, _ask(book, identity, value, oldest, wanted)[1]


def _ask(
    book: Book, identity: str, value: object, oldest: dt.date, codes: list[str]
) -> tuple[Version, Known]:
    statement = book.drawn.get(identity)
    if statement is None:
        statement = book.drawn[identity] = question(book, identity)
    row = fetch_one(statement, [*[oldest] * len(book.limited), codes, value])
    assert row  # noqa: S101 whoever asks, there is one
    rules, categories, audiences, customer, is_employee, listed, *more = row
    counted, answered, found, facts = _parted(more, book)
    known = Known(
        customer,
        is_employee,
        listed,
        dict(zip(book.limited, counted, strict=True)),
        dict(zip(book.brought, answered, strict=True)),
        found,
        compiled_audiences(book).asked.facts(facts) if facts and customer else None,
    )
    return Version(rules, categories, audiences), known


def _parted(cells: list[Any], book: Book) -> Iterator[list[Any]]:
    """Into counters, what the sources asked, goods, and facts."""
    for width in (len(book.limited), len(book.brought), WIDTH):
        yield cells[:width]
        cells = cells[width:]
    yield cells


def shopper_of(book: Book, known: Known, at: dt.datetime) -> Shopper:
    """Who buys `at`, in the zone of the point of sale. No query while no audience changes."""
    groups, audiences = belonging(book, known.facts, at)
    is_known = known.customer_id is not None
    own = own_of(book.brought, known.answered, at) if is_known else NOTHING_OWN
    return Shopper(
        audiences=audiences,
        groups=groups,
        picks=_picks(book, known),
        standings=standings(book.limits, book.fresh, known.counted, known.customer_id, at),
        is_known=is_known,
        answers=own.answers,
        rules=own.rules,
    )


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
