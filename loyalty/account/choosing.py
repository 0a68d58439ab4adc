"""Which of a customer's personal offers a page shows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse

from loyalty.filters import PersonalOfferFilter
from loyalty.models import PersonalOffer
from loyalty.personal.mine import Mine, State
from promotions.models.products import is_id

PAGE = 24
LONGEST_FIND = 100  # characters
CHANNEL = PersonalOffer.Channel.ACCOUNT.value
STATES = (State.PENDING, State.ACCEPTED)
"""To which a page can be narrowed."""


@dataclass(frozen=True)
class Asked:
    """Which offers are wanted; with `offer` the page that has it, whatever its state is by now."""

    state: str = ""
    find: str = ""
    page: str = "1"
    offer: int = 0

    def address(self, item: int = 0) -> str:
        """By which the card of `offer` is come back to, or what it says of a product."""
        asked = {"state": self.state, "find": self.find, "offer": self.offer}
        place = f"#offer-{self.offer}-{item}" if item else f"#offer-{self.offer}"
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{reverse('loyalty:account_personal_offers')}?{query}{place}"


def asked_by(sent: Mapping[str, str], offer: int | None = None) -> Asked:
    """What an address asks, of this offer or of that it names. What is no state is all."""
    state, number = sent.get("state", ""), sent.get("offer", "")
    # No title has what the database can't be asked for.
    find = sent.get("find", "").replace("\0", "").strip()[:LONGEST_FIND]
    return Asked(
        state if state in STATES else "",
        find,
        sent.get("page", "1"),
        offer if offer is not None else int(number) if is_id(number) else 0,
    )


@dataclass(frozen=True)
class Choice:
    """A page of a customer's offers, and how many there are by state."""

    asked: Asked
    total: int
    counts: Mapping[State, int]
    page: Page

    @property
    def asks(self) -> bool:
        """Whether any of them is to be answered, or was."""
        return self.total > self.counts[State.OPEN]

    @property
    def declined(self) -> int:
        return self.counts[State.DECLINED]

    @property
    def waiting(self) -> int:
        return self.counts[State.PENDING]

    @property
    def accepted(self) -> int:
        return self.counts[State.ACCEPTED]

    @property
    def is_long(self) -> bool:
        return self.total > PAGE


def choose(mine: Sequence[Mine], asked: Asked) -> Choice:
    """Of offers in their order. One query, if words are looked for."""
    wanted = [
        each for each in mine if asked.state in ("", each.state) or each.offer.pk == asked.offer
    ]
    found = _with_words(wanted, asked.find)
    numbers = [each.offer.pk for each in found]
    number: str | int = asked.page
    if asked.offer in numbers:
        number = numbers.index(asked.offer) // PAGE + 1
    page = Paginator(found, PAGE).get_page(number)
    return Choice(asked, len(mine), Counter(each.state for each in mine), page)


def _with_words(mine: Sequence[Mine], words: str) -> list[Mine]:
    if not words:
        return list(mine)
    theirs = PersonalOffer.objects.filter(pk__in=[each.offer.pk for each in mine])
    found = set(PersonalOfferFilter({"title": words}, theirs).qs.values_list("pk", flat=True))
    return [each for each in mine if each.offer.pk in found]
