"""How customers are found by what somebody remembers of them, among millions."""

import re

from django.db.models import Case, CharField, Q, Value, When
from django.db.models.functions import Cast, Collate, Concat, Lower

# All in one text, so that each word of a search is looked up once. It starts with a space, so
# that "beginning of a word" is the same everywhere. Stored: the index of letters only guesses, and
# to compose the text anew for each guess would take longer than all the rest of a search.
WORDS = Lower(
    Concat(
        Value(" "),
        Cast("email", CharField()),
        Value(" "),
        "first_name",
        Value(" "),
        "last_name",
        Value(" "),
        "phone",
        Value(" "),
        "external_id",
    )
)
SEARCHED = Case(When(is_prospect=False, then=WORDS), output_field=CharField())
# E-mail addresses are ASCII: this order is theirs, and serves "begins with" too.
ADDRESS_ORDER = Collate("email", "C")
SHORT_WORD = 3
WHOLE_NUMBER = 11
PHONE = re.compile(r"\s*[+(]?\d[\d\s()./-]*")
NOBODY = Q(pk__in=[])


def conditions(text: str) -> Q:
    """All words of `text`, in `searched` or, as addresses, in `address` (ADDRESS_ORDER).

    A word counts wherever it stands; one of one or two letters only at a beginning; one with an
    @ inside is the beginning of an e-mail address. Short words alone find nobody: the index
    knows letters by threes. A phone number may be written in any way; with as many digits as
    a whole one it is looked for as such, or as a whole external ID.
    """
    if PHONE.fullmatch(text):
        text = re.sub(r"\D", "", text)
        if len(text) >= WHOLE_NUMBER:
            return Q(phone=text) | Q(external_id=text)
    words = text.lower().split()
    if not has_long_word(words):
        return NOBODY
    found = Q()
    for word in words:
        if "@" in word[1:]:
            found &= Q(address__startswith=word)
        else:
            found &= Q(searched__contains=word if len(word) >= SHORT_WORD else f" {word}")
    return found


def has_long_word(words: list[str]) -> bool:
    return any(len(word) >= SHORT_WORD for word in words)
