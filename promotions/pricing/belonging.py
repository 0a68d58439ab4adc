"""In which groups and audiences a shopper is, as far as a book knows them."""

import datetime as dt

from customers.audiences.facts import PLACES, Facts
from customers.audiences.fields import GROUPS
from customers.audiences.index import CompiledAudiences, known_audiences
from promotions.pricing.book import Book


def compiled_audiences(book: Book) -> CompiledAudiences:
    """As of the book's version or newer. No query but the first time.

    The same ones as long as the book serves: a statement brings what these ask, and no more.
    """
    found: CompiledAudiences | None = book.drawn.get(CompiledAudiences)
    if found is None:
        found = known_audiences(book.version.audiences)
        found = book.drawn.setdefault(CompiledAudiences, found)
    return found


def belonging(
    book: Book, facts: Facts | None, at: dt.datetime
) -> tuple[frozenset[int], frozenset[int]]:
    """The groups and the audiences of both kinds; none of somebody of whom nothing is known."""
    if facts is None:
        return frozenset(), frozenset()
    audiences = compiled_audiences(book).holding(facts, at).union(facts.static_audiences)
    followed = (group for each in audiences for group in book.followers.get(each, ()))
    return frozenset((*facts.row[PLACES[GROUPS]], *followed)), audiences
