"""A point of sale."""

import pytest
from django.db import connection

from customers import references
from promotions.pricing import book, sources
from tests.promotions.factories import make_point_of_sale
from tests.promotions.pricing.gifts import TABLES, Gifts


@pytest.fixture
def place():
    return make_point_of_sale()


@pytest.fixture
def gifts(monkeypatch, db):
    """The only source besides discounts, with tables of its own."""
    monkeypatch.setattr(references, "tables", dict(references.tables))
    monkeypatch.setattr(sources, "_sources", {})
    # Books that have gifts must not outlive their tables.
    monkeypatch.setattr(book, "_known", book._known)
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
    source = Gifts()
    sources.register(source)
    yield source
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE gifts_gift, gifts_use, gifts_counter")
