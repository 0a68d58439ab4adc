"""Whom and what sent items name: customers, offers, and their targets."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Protocol

from django.db import connection
from django.db.models import Model, Q
from django.db.models.functions import Lower

from customers.identity import TRIMMED
from customers.models import Customer
from loyalty.models import PersonalOffer
from loyalty.personal.judging import Sent, Targets
from promotions.catalogue.codes import products_by_code
from promotions.models import Category, Product, ProductGroup

LONGEST_ID = 9  # digits; ids are 32 bits wide
HOLD_OFFERS = (
    "SELECT FROM loyalty_personaloffer WHERE id = ANY(%s) OR lower(name) = ANY(%s)"
    " ORDER BY id FOR SHARE"
)
SMALL = "SELECT given, lower(given) FROM unnest(%s::text[]) AS given"
Offers = dict[str | int, PersonalOffer]


class Named(Protocol):
    @property
    def customer(self) -> tuple[str, Any]: ...
    @property
    def offer(self) -> str | int: ...
    @property
    def items(self) -> Sequence[Sent]: ...


def customers_of(entries: Iterable[Named]) -> dict[tuple[str, Any], int]:
    """One query for each way in which customers are named."""
    values: dict[str, set[Any]] = defaultdict(set)
    for column, value in {entry.customer for entry in entries}:
        values[column].add(value)
    return {
        (column, value): pk
        for column, asked in values.items()
        for value, pk in Customer.objects.listed()
        .filter(**{f"{column}__in": asked})
        .values_list(column, "pk")
    }


def name_of(entry: Named) -> str | int:
    offer = entry.offer
    return offer if isinstance(offer, int) else offer.replace("\0", "").strip(TRIMMED)


def offers_of(entries: Iterable[Named]) -> Offers:
    """By `name_of` and by id. Three queries, two if none is named.

    Nobody changes them meanwhile, and a file that gives items of one of them is waited for.
    """
    named = {name_of(entry) for entry in entries}
    ids = [each for each in named if isinstance(each, int)]
    small = _small({each for each in named if isinstance(each, str)})
    with connection.cursor() as cursor:
        cursor.execute(HOLD_OFFERS, [ids, list(small.values())])
    asked = Q(pk__in=ids) | Q(small__in=small.values())
    found = list(PersonalOffer.objects.annotate(small=Lower("name")).filter(asked))
    by_name = {offer.small: offer for offer in found}
    by_id: Offers = {offer.pk: offer for offer in found}
    return by_id | {name: by_name[each] for name, each in small.items() if each in by_name}


def _small(names: Collection[str]) -> dict[str, str]:
    """Each in small letters, as the database writes it: not each script has Python's. One query."""
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SMALL, [list(names)])
        return dict(cursor.fetchall())


def kind_of(offer: PersonalOffer) -> str:
    return f"{offer.mechanic} {offer.identifiers}"


def targets_of(entries: Iterable[Named], offers: Offers) -> dict[str, Targets]:
    """By `kind_of`, ids by what is named. Two queries at most for each kind."""
    named: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if offer := offers.get(name_of(entry)):
            named[kind_of(offer)].update(item.target.strip(TRIMMED) for item in entry.items)
    return {kind: _ids(kind, names) for kind, names in named.items()}


def _ids(kind: str, names: set[str]) -> Targets:
    mechanic, identifiers = kind.split()
    model = MODELS.get(mechanic)
    if model is None:
        return {}
    if identifiers == PersonalOffer.Identifiers.INTERNAL:
        numbers = {name: int(name) for name in names if _is_id(name)}
        known = set(
            model._default_manager.filter(pk__in=numbers.values()).values_list("pk", flat=True)
        )
        return {name: number for name, number in numbers.items() if number in known}
    return EXTERNAL[mechanic]({name for name in names if "\0" not in name})


def _is_id(name: str) -> bool:
    return name.isascii() and name.isdecimal() and len(name) <= LONGEST_ID


def _products(names: set[str]) -> Targets:
    return {code: product.pk for code, product in products_by_code(names).items()}


def _categories(names: set[str]) -> Targets:
    found = Category.objects.filter(external_id__in=names)
    return dict(found.values_list("external_id", "pk"))


def _groups(names: set[str]) -> Targets:
    small = _small(names)
    found = ProductGroup.objects.annotate(small=Lower("name")).filter(small__in=small.values())
    by_name = dict(found.values_list("small", "pk"))
    return {name: by_name[each] for name, each in small.items() if each in by_name}


MODELS: dict[str, type[Model]] = {
    "products": Product,
    "categories": Category,
    "product_groups": ProductGroup,
}
EXTERNAL: dict[str, Callable[[set[str]], Targets]] = {
    "products": _products,
    "categories": _categories,
    "product_groups": _groups,
}
