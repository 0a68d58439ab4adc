"""What customers see now, known to the process, so that a request asks the database once.

Few offers are live, and they are the same for everybody: building them from rows and templates
for each request is what would cost time, not PostgreSQL. So the process keeps those that are
live or scheduled, with what was drawn of them, under the version that the database's triggers
move in the changing transaction (offers/models/showcase.py). A request asks for that version
and for the ids assigned to its customer, in one statement; a change is seen by the next request
of every process, however it was made.

The rule is the one of `PrivateOffer.objects.visible_to`, to which a test holds this module.
"""

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection

from customers.planned import fetch_one
from offers.models import AltShop, PrivateOffer

# Assignments of ended offers pile up. Ids grow with time, so that the lowest that can be live
# leaves nearly all of them unread; a list of all that can be would double everybody's time.
QUESTION = """
    SELECT coalesce((SELECT number FROM offers_showcaseversion), 0),
        (SELECT array(
            SELECT offer_id FROM offers_assignment
            WHERE customer_id = customer.id AND offer_id >= %s
        ) FROM customers_customer customer WHERE user_id = %s)
"""


@dataclass(frozen=True)
class Shelf:
    """The live and scheduled offers of one altshop."""

    private: dict[int, PrivateOffer] = field(default_factory=dict)
    public: list[PrivateOffer] = field(default_factory=list)


@dataclass(frozen=True)
class Showcase:
    """All that is live or scheduled from the moment `since` on, as of one version.

    Shared by threads and never changed, except that pages keep in `drawn` what they made of it.
    """

    version: int
    since: dt.datetime
    altshops: tuple[AltShop, ...] = ()
    shelves: dict[int, Shelf] = field(default_factory=dict)
    first_private: int = 0
    drawn: dict[Any, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, version: int, at: dt.datetime) -> Self:
        """Two queries. What is read may be newer than `version`, never older."""
        shelves: dict[int, Shelf] = defaultdict(Shelf)
        first = []
        for offer in (
            PrivateOffer.objects.filter(is_active=True, end__gt=at)
            .select_related("picture")
            .annotate(altshop_ids=ArrayAgg("altshops"))
        ):
            for altshop in offer.altshop_ids:
                if offer.is_public:
                    shelves[altshop].public.append(offer)
                else:
                    shelves[altshop].private[offer.pk] = offer
                    first.append(offer.pk)
        altshops = tuple(AltShop.objects.all())
        return cls(version, at, altshops, dict(shelves), min(first, default=0))

    def visible(
        self, assigned: Collection[int] | None, altshop: AltShop, at: dt.datetime
    ) -> list[PrivateOffer]:
        """What the customer with these assigned offers sees; nothing for None, who is nobody.

        `at` is not before `since`.
        """
        shelf = self.shelves.get(altshop.pk)
        if assigned is None or shelf is None:
            return []
        mine = [shelf.private[pk] for pk in assigned if pk in shelf.private]
        return sorted(
            (offer for offer in mine + shelf.public if offer.is_live(at)),
            key=attrgetter("sort_order", "id"),
        )


_reading = threading.Lock()
_known = Showcase(version=-1, since=dt.datetime.max.replace(tzinfo=dt.UTC))


def showcase_for(user_id: int | None, at: dt.datetime) -> tuple[Showcase, list[int] | None]:
    """What can be seen, and the assigned offers in it; None for a user who is no customer.

    One query while nothing changes; four when something did.
    """
    showcase = _known
    while True:
        version, assigned = _ask(user_id, showcase)
        if version == showcase.version and showcase.since <= at:
            return showcase, assigned
        if connection.in_atomic_block:
            # It may be undone and, until then, changes without another version.
            showcase = Showcase.read(version, at)
            return showcase, _ask(user_id, showcase)[1]
        showcase = _renewed(version, at)


def _renewed(version: int, at: dt.datetime) -> Showcase:
    """The showcase of `version`, read by one thread while the others wait for it."""
    global _known
    with _reading:
        if _known.version != version or at < _known.since:
            _known = Showcase.read(version, at)
        return _known


def _ask(user_id: int | None, showcase: Showcase) -> tuple[int, list[int] | None]:
    row = fetch_one(QUESTION, [showcase.first_private, user_id])
    assert row  # noqa: S101 it has no FROM
    return row[0], row[1]
