"""What customers see now, known to the process, so that a request asks the database once.

Few offers are live, and they are the same for everybody: building them from rows and templates
for each request is what would cost time, not PostgreSQL. So the process keeps those that are
live or scheduled, with what was drawn of them, under the version that the database's triggers
move in the changing transaction (offers/models/showcase.py). A request asks for that version
and for the ids assigned to its customer, in one statement; a change is seen by the next request
of every process, however it was made. Only while some offer is aimed at a group or an audience,
the statement also fetches what is known of the customer, of which the audiences' index says in
the process which hold (customers/audiences/index.py).

The rule is the one of `PrivateOffer.objects.visible_to`, to which a test holds this module.
"""

import datetime as dt
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple, Self

from django.db import connection

from customers.audiences.facts import COLUMNS, VERSION, Facts
from customers.audiences.index import known_audiences
from customers.planned import fetch_one
from offers.models import AltShop, PrivateOffer
from offers.shelves import Shelf, Viewer, stock

# Assignments of ended offers pile up. Ids grow with time, so that the lowest that can be live
# leaves nearly all of them unread; a list of all that can be would double everybody's time.
VERSIONS = f"coalesce((SELECT number FROM offers_showcaseversion), 0), {VERSION}"
ASSIGNED = """
    ARRAY(SELECT offer_id FROM offers_assignment
        WHERE customer_id = customer.id AND offer_id >= %s)
"""
QUESTION = f"""
    SELECT {VERSIONS},
        (SELECT {ASSIGNED} FROM customers_customer AS customer WHERE user_id = %s)
"""
# A join costs what a twentieth of the other question does.
WITH_FACTS = f"""
    SELECT {VERSIONS}, CASE WHEN customer.id IS NOT NULL THEN {ASSIGNED} END, {COLUMNS}
    FROM (VALUES (1)) AS one LEFT JOIN customers_customer AS customer ON customer.user_id = %s
"""


class Version(NamedTuple):
    """Of what is on the shelves, and of what audiences and groups mean."""

    offers: int
    audiences: int


@dataclass(frozen=True)
class Showcase:
    """All that is live or scheduled from the moment `since` on, as of one version.

    Shared by threads and never changed, except that pages keep in `drawn` what they made of it.
    """

    version: Version
    since: dt.datetime
    altshops: tuple[AltShop, ...] = ()
    shelves: dict[int, Shelf] = field(default_factory=dict)
    first_private: int = 0
    is_aimed: bool = False
    drawn: dict[Any, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, version: Version, at: dt.datetime) -> Self:
        """Two queries. What is read may be newer than `version`, never older."""
        shelves: dict[int, Shelf] = defaultdict(Shelf)
        offers = list(stock(at))
        for offer in offers:
            for altshop in offer.altshop_ids:
                shelves[altshop].put(offer)
        first = min((offer.pk for offer in offers if not offer.is_public), default=0)
        aimed = any(shelf.by_group or shelf.by_audience for shelf in shelves.values())
        return cls(version, at, tuple(AltShop.objects.all()), dict(shelves), first, aimed)

    def is_of(self, version: Version) -> bool:
        """Whether it still holds; what audiences mean is nothing to it if no offer is aimed."""
        return self.version == version or (
            self.version.offers == version.offers and not self.is_aimed
        )

    def visible(
        self, viewer: Viewer | None, altshop: AltShop, at: dt.datetime
    ) -> list[PrivateOffer]:
        """What this customer sees; nothing for None, who is nobody.

        `at` is not before `since`.
        """
        shelf = self.shelves.get(altshop.pk)
        if viewer is None or shelf is None:
            return []
        ids = shelf.ids_for(viewer, altshop, at)
        mine = [shelf.private[pk] for pk in ids if pk in shelf.private]
        return sorted(
            (offer for offer in mine + shelf.public if offer.is_live(at)),
            key=attrgetter("sort_order", "id"),
        )


_reading = threading.Lock()
_known = Showcase(version=Version(-1, -1), since=dt.datetime.max.replace(tzinfo=dt.UTC))


def showcase_for(user_id: int | None, at: dt.datetime) -> tuple[Showcase, Viewer | None]:
    """What can be seen, and by whom; None for a user who is no customer.

    One query while nothing changes; four when offers did, seven when audiences did.
    """
    showcase = _known
    while True:
        version, viewer = _ask(user_id, showcase)
        if showcase.is_of(version) and showcase.since <= at:
            return showcase, viewer
        if connection.in_atomic_block:
            # It may be undone and, until then, changes without another version.
            showcase = Showcase.read(version, at)
            return showcase, _ask(user_id, showcase)[1]
        showcase = _renewed(version, at)


def _renewed(version: Version, at: dt.datetime) -> Showcase:
    """The showcase of `version`, read by one thread while the others wait for it."""
    global _known
    with _reading:
        if not _known.is_of(version) or at < _known.since:
            _known = Showcase.read(version, at)
        return _known


def _ask(user_id: int | None, showcase: Showcase) -> tuple[Version, Viewer | None]:
    question = WITH_FACTS if showcase.is_aimed else QUESTION
    row = fetch_one(question, [showcase.first_private, user_id])
    assert row  # noqa: S101 whoever asks, there is one
    offers, audiences, assigned, *known = row
    version = Version(offers, audiences)
    if assigned is None:
        return version, None
    if not known:
        return version, Viewer(assigned)
    return version, Viewer(assigned, Facts(known), known_audiences(version.audiences))
